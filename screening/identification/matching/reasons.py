"""Why a pair was merged or queued, in the words of a reviewer."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from screening.identification.matching.evidence import (
    SCORED,
    Abstract,
    Authors,
    Journal,
    Levels,
    Number,
    Pages,
    Title,
    Year,
)
from screening.identification.matching.printed import SHOWN, Shown
from screening.identification.matching.rules import RULES

_FINDINGS: dict[str, dict[int, str]] = {
    "title": {
        Title.SAME: "same",
        Title.SHORT: "same, but short",
        Title.MISSPELT: "same but for spelling",
        Title.SIMILAR: "similar",
        Title.WITHIN: "one contains the other",
        Title.LOOSE: "alike in part",
        Title.DIFFERENT: "different",
    },
    "authors": {
        Authors.SAME: "same",
        Authors.SIMILAR: "similar",
        Authors.FIRST: "same first author",
        Authors.DIFFERENT: "different",
    },
    "year": {Year.SAME: "same", Year.ONE_APART: "one apart", Year.APART: "different"},
    "journal": {
        Journal.SAME: "same",
        Journal.ALIKE: "alike",
        Journal.DIFFERENT: "different",
    },
    "volume": {Number.SAME: "same", Number.DIFFERENT: "different"},
    "issue": {Number.SAME: "same", Number.DIFFERENT: "different"},
    "pages": {
        Pages.SAME: "same",
        Pages.SAME_LONG: "same",
        Pages.SAME_ARTICLE: "same article number",
        Pages.SAME_EDGE: "same first or last page",
        Pages.WITHIN: "one range within the other",
        Pages.DIFFERENT: "different",
        Pages.DIFFERENT_LONG: "different",
        Pages.DIFFERENT_SHORT: "different",
    },
    "doi": {Number.SAME: "same", Number.DIFFERENT: "different"},
    "pmid": {Number.SAME: "same", Number.DIFFERENT: "different"},
    "abstract": {
        Abstract.SAME: "same",
        Abstract.SIMILAR: "similar",
        Abstract.LOOSE: "alike in part",
        Abstract.DIFFERENT: "different",
    },
}
_NAMES = {"doi": "DOI", "pmid": "PubMed number"}
_STRONGEST_FIRST = ("doi", "pmid", "title", "authors", "journal", "volume", "pages", "abstract")
_MANY = 1 << 14
"""Combinations of levels kept in mind: millions of pairs show a few thousand."""


@lru_cache(maxsize=_MANY)
def findings(levels: tuple[int, ...]) -> tuple[tuple[str, str], ...]:
    """Return (field, finding) for every field that both records of a pair have.

    `levels` are those of the fields of `SCORED`, in that order.
    """
    return tuple(
        (field, _FINDINGS[field][level])
        for field, level in zip(SCORED, levels, strict=True)
        if level in _FINDINGS[field]
    )


def reasons(
    levels: Levels, rules: NDArray[np.int8], shown: Shown, pairs: NDArray[np.int64]
) -> list[str]:
    """Return the sentence for each pair: what is the same, what differs and how, what casts doubt.

    `levels` has a row for each pair and a column for each of SCORED; `rules` are the numbers of the rules
    that doubt them or -1; of the records of each pair it says what is `shown`.
    """
    # Few levels go together, each less than 16.
    together = rules.astype(np.int64) + 1
    for column in levels.T:
        together = together * 16 + column
    _, first, which = np.unique(together, return_index=True, return_inverse=True)
    templates = [
        _template(tuple(levels[pair].tolist()), int(rules[pair])) for pair in first.tolist()
    ]
    found = []
    for number, (a, b) in zip(which.tolist(), pairs.tolist(), strict=True):
        sentence, fields = templates[number]
        if fields:
            told = [shown.of(row, field) for field in fields for row in (a, b)]
            found.append(sentence.format(*told))
        else:
            found.append(sentence)
    return found


@lru_cache(maxsize=_MANY)
def _template(levels: tuple[int, ...], rule: int) -> tuple[str, tuple[str, ...]]:
    """Return the sentence, and the fields for whose two values each it has gaps."""
    found = dict(findings(levels))
    same = [_NAMES.get(field, field) for field in _STRONGEST_FIRST if _is_same(found.get(field))]
    parts = [(f"same {_listed(same)}", "")] if same else []
    for field, finding in found.items():
        if _is_same(finding) or field == "issue":
            continue
        if field == "year" and finding == "one apart":
            parts.append(("year {} and {} (online first, or print)", field))
        elif field in SHOWN and finding != "alike":
            parts.append((f"{_NAMES.get(field, field)} {{}} and {{}}", field))
        elif field in ("title", "authors") or finding == "different":
            parts.append((f"{_NAMES.get(field, field)} {finding}", ""))
    if rule >= 0:
        parts.append((f"doubtful because {RULES[rule].sentence}", ""))
    return "; ".join(text for text, _ in parts), tuple(field for _, field in parts if field)


def _is_same(finding: str | None) -> bool:
    return finding is not None and finding.startswith("same") and "first" not in finding


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
