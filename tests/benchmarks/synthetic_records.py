"""Records of invented publications as several databases would export them, with truth and near misses.

Seeded: the same seed and number give the same records on every machine. Noise follows what exports
do: capitals, abbreviated journals, initials, shortened page ranges, missing fields, year of online
publication, misspelt titles. Near misses are publications that look alike and are not the same: replies,
errata, second parts, follow-ups, meeting abstracts, yearly reports, other articles of one team.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from screening.identification.matching.groups import Item
from screening.records import Fields

COPIES = (1, 1, 1, 1, 1, 2, 2, 3, 4)
"""Records per publication: a third of all records is surplus, as in the labelled reviews."""

NEAR_MISSES = 0.08
"""Share of publications that get a near miss beside them."""

_SYLLABLES = [
    "an",
    "ar",
    "ba",
    "be",
    "bi",
    "ca",
    "ce",
    "co",
    "da",
    "de",
    "di",
    "do",
    "el",
    "en",
    "er",
    "fa",
    "fe",
    "fi",
    "ga",
    "ge",
    "go",
    "ha",
    "he",
    "ho",
    "in",
    "ka",
    "ke",
    "ki",
    "la",
    "le",
    "li",
    "lo",
    "ma",
    "me",
    "mi",
    "mo",
    "na",
    "ne",
    "ni",
    "no",
    "or",
    "pa",
    "pe",
    "pi",
    "po",
    "ra",
    "re",
    "ri",
    "ro",
    "sa",
    "se",
    "si",
    "so",
    "ta",
    "te",
    "ti",
    "to",
    "un",
    "va",
    "ve",
    "vi",
    "wa",
    "we",
    "yo",
    "za",
]
_OPENINGS = (
    "Effects of", "A randomised controlled trial of", "Prevalence of", "Association between",
    "A systematic review of", "Long-term outcomes of", "Mechanisms of", "The role of",
)  # fmt: skip
_ENDINGS = (
    "", "", ": a systematic review and meta-analysis", ": a cohort study", " in adults",
    " in children", " in primary care", ": results of a multicentre trial",
)  # fmt: skip
_FIELDS = ("Psychiatry", "Nursing", "Medicine", "Surgery", "Oncology", "Education", "Cardiology",
           "Neurology", "Nutrition", "Rehabilitation")  # fmt: skip
_FORMS = (
    ("Journal of {} {}", "J {} {}"), ("International Journal of {} {}", "Int J {} {}"),
    ("European Review of {} {}", "Eur Rev {} {}"), ("Annals of {} {}", "Ann {} {}"),
)  # fmt: skip
_TEAM = 5  # publications that one team of authors writes, on average


@dataclass(frozen=True)
class Synthetic:
    """Items in random order and, for each key, the number of its publication."""

    items: list[Item]
    truth: dict[str, int]


def synthetic(records: int, seed: int = 1) -> Synthetic:
    """Return about `records` records of invented publications."""
    random = Random(seed)
    words, families = _vocabulary()
    journals = [_journal(random, words) for _ in range(3_000)]
    fields: list[tuple[int, Fields]] = []
    publication = 0
    team: list[str] = []
    while len(fields) < records:
        if publication % _TEAM == 0:
            team = _team(random, families)
        full, short = random.choice(journals)
        original = _publication(random, words, team, full)
        copies = range(random.choice(COPIES))
        fields += [(publication, _exported(random, original, short, copy)) for copy in copies]
        publication += 1
        if random.random() < NEAR_MISSES:
            for like in _near_misses(random, original, full):
                fields.append((publication, _exported(random, like, short, 0)))
                publication += 1
    del fields[records:]
    random.shuffle(fields)
    keys = [f"s{number:07d}" for number in range(len(fields))]
    return Synthetic(
        [Item(key, one) for key, (_, one) in zip(keys, fields, strict=True)],
        {key: number for key, (number, _) in zip(keys, fields, strict=True)},
    )


@cache
def _vocabulary() -> tuple[list[str], list[str]]:
    """Return the words of titles and the names of authors, the same for every seed."""
    random = Random(0)
    words = [_word(random, 2 + n % 3) for n in range(20_000)]
    return words, [_word(random, 2 + n % 2).capitalize() for n in range(30_000)]


def _word(random: Random, syllables: int) -> str:
    return "".join(random.choice(_SYLLABLES) for _ in range(syllables))


def _journal(random: Random, words: list[str]) -> tuple[str, str]:
    full, short = random.choice(_FORMS)
    field, topic = random.choice(_FIELDS), random.choice(words).capitalize()
    return full.format(field, topic), short.format(field[:5], topic[:4])


def _team(random: Random, families: list[str]) -> list[str]:
    return [
        f"{random.choice(families)}, {random.choice(families)} {random.choice('ABCDEFGH')}."
        for _ in range(random.randint(1, 8))
    ]


def _publication(random: Random, words: list[str], team: list[str], journal: str) -> Fields:
    start = random.randint(1, 1500)
    topic = " ".join(random.choice(words) for _ in range(random.randint(4, 9)))
    year = random.randint(1985, 2024)
    number = random.randint(10_000, 99_999_999)
    return Fields(
        title=f"{random.choice(_OPENINGS)} {topic}{random.choice(_ENDINGS)}",
        authors=tuple(team[: random.randint(1, len(team))]),
        year=year,
        journal=journal,
        volume=str(year - 1960),
        issue=str(random.randint(1, 12)),
        pages=f"{start}-{start + random.randint(4, 14)}",
        doi=f"10.{random.randint(1000, 1999)}/x.{number}" if random.random() < 0.8 else None,
        abstract=" ".join(random.choice(words) for _ in range(60))
        if random.random() < 0.7
        else None,
    )


def _exported(random: Random, fields: Fields, short: str, copy: int) -> Fields:
    """Return the record as one of the databases prints it; the first is the publisher's own."""
    if not copy:
        return fields
    changed: dict[str, object] = {}
    if random.random() < 0.6:
        changed["journal"] = short
    if random.random() < 0.6:
        changed["authors"] = tuple(_initials(name) for name in fields.authors)
    if random.random() < 0.5 and fields.pages:
        changed["pages"] = _shortened(fields.pages)
    if random.random() < 0.2:
        changed["title"] = (fields.title or "").upper()
    elif random.random() < 0.1:
        changed["title"] = _misspelt(random, fields.title or "")
    for name, chance in (("doi", 0.4), ("abstract", 0.3), ("issue", 0.2), ("pages", 0.05)):
        if random.random() < chance:
            changed[name] = None
    if random.random() < 0.04 and fields.year:
        changed["year"] = fields.year - 1
    return replace(fields, **changed)  # type: ignore[arg-type]


def _initials(name: str) -> str:
    family, _, given = name.partition(", ")
    return f"{family}, {'. '.join(word[0] for word in given.split())}."


def _shortened(pages: str) -> str:
    start, _, end = pages.partition("-")
    same = 0
    while len(start) == len(end) and same < len(end) - 1 and start[same] == end[same]:
        same += 1
    return f"{start}-{end[same:]}"


def _misspelt(random: Random, title: str) -> str:
    place = random.randrange(1, len(title) - 1)
    return title[:place] + title[place + 1 :]


def _near_misses(random: Random, fields: Fields, journal: str) -> Iterator[Fields]:
    title, year = fields.title or "", fields.year or 2000
    page = random.randint(1600, 1900)
    elsewhere = {"doi": None, "pages": f"{page}-{page + 1}"}
    kind = random.randrange(7)
    if kind == 0:
        yield replace(fields, title=f"Reply to: {title}", authors=fields.authors[:1], **elsewhere)
    elif kind == 1:
        yield replace(fields, title=f"Erratum: {title}", abstract=None, **elsewhere)
    elif kind == 2:
        later = {"doi": None, "pages": f"{page}-{page + 9}"}
        yield replace(fields, title=f"{title}. Part II", abstract=None, **later)
    elif kind == 3:
        yield replace(
            fields, year=year + 1, volume=str(year - 1959), title=f"{title}: follow-up", **elsewhere
        )
    elif kind == 4:
        yield replace(
            fields, journal=f"{journal} Meetings", volume="3", issue="Suppl 1", **elsewhere
        )
    elif kind == 5:
        yield replace(fields, year=year + 1, volume=str(year - 1959), abstract=None, **elsewhere)
    else:
        words = title.split()
        words[len(words) // 2] = "contrary"
        yield replace(fields, title=" ".join(words), abstract=None, **elsewhere)
