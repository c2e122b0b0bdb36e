"""Invented publications, plausible for a broad search on parent-infant psychotherapy."""

import re
from collections.abc import Iterator, Sequence
from random import Random

from tests.example import phrases, words
from tests.example.publication import Author, Publication
from tests.example.titles import TITLES

_SLOT = re.compile(r"\{(\w+)\}")

# A title whose words overlap more than this with an earlier one is drawn again: look-alikes enter the
# example on purpose only (near_misses.py), never by chance.
_TOO_ALIKE = 0.6


def fill(pattern: str, rng: Random) -> str:
    """Replace each {slot} by a word of its list, never the same one twice in one pattern."""
    used: set[str] = set()

    def word(match: re.Match[str]) -> str:
        slot = match[1]
        if slot == "n":
            return str(rng.randrange(8, 240))
        if slot == "m":
            return str(rng.randrange(3, 37))
        choice = rng.choice([w for w in phrases.WORDS[slot] if w not in used])
        used.add(choice)
        return choice

    return _SLOT.sub(word, pattern)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def abstract(rng: Random) -> str:
    parts = [rng.choice(phrases.SENTENCES["start"]), rng.choice(phrases.SENTENCES["aim"])]
    parts += [rng.choice(phrases.SENTENCES["method"])]
    parts += rng.sample(phrases.SENTENCES["result"], rng.choice((1, 2, 2)))
    parts += [rng.choice(phrases.SENTENCES["end"])]
    return " ".join(capital(fill(part, rng)) for part in parts)


def authors(rng: Random, number: int) -> tuple[Author, ...]:
    families = rng.sample(words.FAMILIES, number)
    given = [rng.choice(words.GIVEN) for _ in families]
    middle = [
        f" {rng.choice('ABCDEFGHJKLMNPRSTW')}." if rng.random() < 0.4 else "" for _ in families
    ]
    return tuple(
        Author(f.replace("-den-", " den "), g + m)
        for f, g, m in zip(families, given, middle, strict=True)
    )


class Press:
    """Makes publications one after another, each unlike all that it made or was told of before."""

    def __init__(self, rng: Random, known_titles: Sequence[str]) -> None:
        self._rng = rng
        self._seen = [_words(title) for title in known_titles]
        self._made = 0

    def publication(self, theme: str, kind: str) -> Publication:
        rng = self._rng
        title, subtitle = self._title(theme)
        self._made += 1
        number = self._made
        year = 2022 - min(int(rng.expovariate(0.09)), 52)
        common = {
            "id": f"s{number:04d}", "theme": theme, "kind": kind, "title": title, "subtitle": subtitle,
            "authors": authors(rng, 1 if theme == "essay" or kind == "thesis" else rng.choice((1, 2, 2, 3, 3, 4, 5, 7))),
            "year": year, "keywords": tuple(rng.sample(phrases.KEYWORDS, rng.randrange(3, 7))),
            "abstract": abstract(rng) if rng.random() < 0.82 else "", "popularity": rng.choice((1, 1, 1, 2, 2, 4, 8)),
        }  # fmt: skip
        return Publication(**(common | self._imprint(theme, kind, year, number)))

    def _imprint(self, theme: str, kind: str, year: int, number: int) -> dict[str, object]:
        rng = self._rng
        if kind == "thesis":
            return {"publisher": rng.choice(words.UNIVERSITIES)}
        if kind == "report":
            return {"publisher": rng.choice(words.ORGANISATIONS)}
        if kind == "book":
            return {"publisher": rng.choice(words.PUBLISHERS)}
        first = rng.randrange(1, 880)
        pages = {"first_page": str(first), "last_page": str(first + rng.randrange(5, 24))}
        if kind == "chapter":
            return {"publisher": rng.choice(words.PUBLISHERS), **pages}
        journal = rng.choice(words.journals_for(theme))
        month = rng.randrange(1, 13)
        if year == 2022:
            month = 1 + month % 4  # the search was run in April
        place = {
            "journal": journal, "month": month, "volume": str(year - 1962 + int(journal.issn[5:7])),
            "issue": str((month + 2) // 3), "doi": f"10.5555/win.{year}.{number:04d}" if year >= 1999 else "",
        }  # fmt: skip
        if year >= 2014 and rng.random() < 0.15:
            return {**place, "article_number": f"e{rng.randrange(1000, 99999)}"}
        return {**place, **pages}

    def _title(self, theme: str) -> tuple[str, str]:
        while True:
            drawn = fill(self._rng.choice(TITLES[theme]), self._rng)
            title, _, subtitle = (capital(part.strip()) for part in drawn.partition("|"))
            found = _words(f"{title} {subtitle}")
            if all(len(found & other) <= _TOO_ALIKE * len(found | other) for other in self._seen):
                self._seen.append(found)
                return title, subtitle


def _words(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", title.lower()))


def press_run(
    rng: Random, press: Press, plan: Sequence[tuple[str, int, Sequence[str]]]
) -> Iterator[Publication]:
    """Make for each (kind, number, themes) that many publications, themes drawn evenly."""
    for kind, number, themes in plan:
        for _ in range(number):
            yield press.publication(rng.choice(themes), kind)
