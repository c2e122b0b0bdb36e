"""Which database holds which publication: 1741 records of 1070 publications in eight exports.

How the published review's 1741 records were spread over its databases is not stated, so these sizes are
illustrative.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from random import Random

from tests.example import real
from tests.example.publication import Publication

SIZES = {
    "psycinfo": 486,
    "psycarticles": 74,
    "cinahl": 198,
    "erc": 96,
    "medline": 342,
    "scopus": 421,
    "sco": 83,
    "ethos": 41,
}
DUPLICATES = 671

# How many publications each database is the first to hold; what is left of its size are duplicates.
_FIRST = {
    "psycinfo": 420,
    "medline": 180,
    "scopus": 190,
    "cinahl": 110,
    "erc": 70,
    "sco": 62,
    "ethos": 38,
}

# Databases sometimes hold one publication twice, as it came out ahead of print and as it was printed.
_TWICE = {"psycinfo": 5, "scopus": 5}

Holdings = dict[str, list[Publication]]


def place(publications: Sequence[Publication], rng: Random) -> Holdings:
    """Return for each database the publications it holds, a repeated one appearing twice."""
    holdings: Holdings = {database: [] for database in SIZES}
    for publication in publications:
        for database in real.FOUND_IN.get(publication.id, ()):
            holdings[database].append(publication)
    first_held = Counter(real.FOUND_IN[p.id][0] for p in publications if p.id in real.FOUND_IN)
    rest = [p for p in publications if p.id not in real.FOUND_IN]
    rng.shuffle(rest)
    for database in ("ethos", "sco", "erc", "cinahl", "medline", "scopus", "psycinfo"):
        suited = _SUITED[database]
        rest.sort(key=lambda p: -suited(p))  # stable: the shuffled order holds among equals
        number = _FIRST[database] - first_held[database]
        holdings[database] += rest[:number]
        del rest[:number]
    for database in (
        "psycarticles",
        "ethos",
        "sco",
        "erc",
        "cinahl",
        "psycinfo",
        "medline",
        "scopus",
    ):
        _fill(holdings, database, publications, rng)
    for held in holdings.values():
        rng.shuffle(held)
    return holdings


def _fill(
    holdings: Holdings, database: str, publications: Sequence[Publication], rng: Random
) -> None:
    """Fill a database up to its size with publications that another one already holds."""
    held = {p.id for p in holdings[database]}
    twice = [
        p
        for p in holdings[database]
        if p.kind == "article" and p.synthetic and not p.dated and p.year >= 2008
    ]
    holdings[database] += rng.sample(twice, _TWICE.get(database, 0))
    suited = _SUITED[database]
    tickets = [
        p
        for p in publications
        if p.synthetic and p.id not in held and suited(p)
        for _ in range(p.popularity)
    ]
    rng.shuffle(tickets)
    for publication in tickets:
        if len(holdings[database]) == SIZES[database]:
            return
        if publication.id not in held:
            held.add(publication.id)
            holdings[database].append(publication)
    missing = SIZES[database] - len(holdings[database])
    raise ValueError(f"{database} lacks {missing} records")


def _in_journal_covered_by(database: str) -> Callable[[Publication], bool]:
    return lambda p: (
        p.kind in ("article", "conference")
        and p.journal is not None
        and database in p.journal.covers
    )


# How well a publication suits a database: 0 hardly, 1 well, 2 best.
_SUITED: dict[str, Callable[[Publication], int]] = {
    "psycinfo": lambda p: (
        p.kind in ("chapter", "book") or _in_journal_covered_by("psycinfo")(p) or p.kind == "thesis"
    ),
    "psycarticles": _in_journal_covered_by("psycarticles"),
    "cinahl": _in_journal_covered_by("cinahl"),
    "erc": _in_journal_covered_by("erc"),
    "medline": lambda p: _in_journal_covered_by("medline")(p) and p.kind == "article",
    "scopus": lambda p: (
        _in_journal_covered_by("scopus")(p) or (p.kind == "chapter" and p.year >= 2005)
    ),
    "sco": lambda p: (
        0
        if p.theme == "assessed"
        else 2
        if p.kind == "report"
        else int(_in_journal_covered_by("sco")(p))
    ),
    "ethos": lambda p: p.kind == "thesis" and p.year >= 1990,
}
