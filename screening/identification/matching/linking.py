"""Suggestions which references report one study: never automatic, for a person to accept or not."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from screening.identification.forms.authors import author_form
from screening.identification.forms.titles import title_form
from screening.records import Fields

_FOLLOWS = re.compile(
    r"\b(?:follow[- ]?up|secondary analys[ei]s|post[- ]hoc|re-?analysis|ancillary|sub-?study|"
    r"long[- ]term (?:results|outcomes|effects)|further results|extension|protocol|"
    r"interim|moderat\w+|mediat\w+|cost[- ]effectiveness)\b",
    re.IGNORECASE,
)
_SAMPLE = re.compile(
    r"(?:\b[nN]\s*=\s*(\d{2,5})\b|\b(\d{2,5})\s+(?:\w+\s+){0,2}"
    r"(?:patients|participants|children|infants|mothers|dyads|families|women|men|adults|subjects|"
    r"people|students|couples)\b)"
)

_LARGEST_TEAM = 40
"""Reports of a first author beyond which sharing that author says nothing about a study."""

_SHARED_AUTHORS = 0.5
"""Share of the smaller author list that two reports of one study have in common as a rule."""

_WEIGHTS = {"registration": 0.9, "sample": 0.3, "follows": 0.3, "authors": 0.2, "title": 0.2}
"""How much each sign adds to a suggestion's score; an order to look in, not a probability."""

_LEAST = 0.5
"""A registration alone suffices; of the weaker signs it takes two or three."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two references that may report one study, how likely, and the signs that say so."""

    a: str
    b: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Signs:
    registrations: frozenset[str]
    authors: frozenset[str]
    first: str
    samples: frozenset[int]
    title: frozenset[str]
    follows: bool


def suggest_links(references: Sequence[tuple[str, Fields]]) -> list[Suggestion]:
    """Return pairs of references that may be reports of one study, the likeliest first.

    `references` are (key, fields). Signs are a shared registration number, half of the authors
    together with the same sample size, words such as "follow-up" or "secondary analysis", and like titles.
    A registration shared by a pair suffices; otherwise at least two other signs must meet.
    """
    signs = {key: _signs(fields) for key, fields in references}
    found = []
    for a, b in sorted(_candidates(signs)):
        reasons, score = _compare(signs[a], signs[b])
        if score >= _LEAST:
            found.append(Suggestion(a, b, round(min(score, 1.0), 2), tuple(reasons)))
    return sorted(found, key=lambda suggestion: (-suggestion.score, suggestion.a, suggestion.b))


def _signs(fields: Fields) -> _Signs:
    author = author_form(fields.authors)
    text = f"{fields.title or ''} {fields.abstract or ''}"
    title = title_form(fields.title)
    return _Signs(
        registrations=frozenset(number.strip().upper() for number in fields.registrations),
        authors=frozenset(_families(fields.authors)),
        first=author.first,
        samples=frozenset(int(one or other) for one, other in _SAMPLE.findall(text)),
        title=frozenset(word for word in title.words.split() if len(word) > 3),
        follows=bool(_FOLLOWS.search(text)),
    )


def _families(authors: Iterable[str]) -> Iterator[str]:
    for name in authors:
        if family := author_form((name,)).first:
            yield family


def _candidates(signs: dict[str, _Signs]) -> set[tuple[str, str]]:
    by_sign: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, sign in signs.items():
        for number in sign.registrations:
            by_sign["registration", number].append(key)
        for author in sign.authors:
            by_sign["author", author].append(key)
    pairs: Counter[tuple[str, str]] = Counter()
    certain: set[tuple[str, str]] = set()
    for (kind, _), keys in by_sign.items():
        if kind == "registration":
            certain.update(combinations(sorted(keys), 2))
        elif len(keys) <= _LARGEST_TEAM:
            pairs.update(combinations(sorted(keys), 2))
    # One common family name is chance: the likes of "wang" stand in every review.
    return certain | {pair for pair, shared in pairs.items() if shared > 1}


def _compare(one: _Signs, other: _Signs) -> tuple[list[str], float]:
    reasons, score = [], 0.0
    if shared := sorted(one.registrations & other.registrations):
        reasons.append(f"same registration {', '.join(shared)}")
        score += _WEIGHTS["registration"]
    fewest = min(len(one.authors), len(other.authors))
    common = len(one.authors & other.authors)
    if fewest and common / fewest >= _SHARED_AUTHORS and common > 1:
        reasons.append(f"{common} authors in common")
        score += _WEIGHTS["authors"]
        if sizes := sorted(one.samples & other.samples):
            reasons.append(f"same sample of {sizes[-1]}")
            score += _WEIGHTS["sample"]
        if one.follows != other.follows:
            reasons.append("one reads as a follow-up or secondary analysis")
            score += _WEIGHTS["follows"]
        words = min(len(one.title), len(other.title))
        if words and len(one.title & other.title) / words >= _SHARED_AUTHORS:
            reasons.append("titles alike")
            score += _WEIGHTS["title"]
    return reasons, score
