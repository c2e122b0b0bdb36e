"""Why a pair was merged or queued, in the words of a reviewer."""

from collections.abc import Callable

from screening.identification.matching.evidence import (
    Abstract,
    Authors,
    Evidence,
    Journal,
    Number,
    Pages,
    Title,
    Year,
)
from screening.identification.matching.rules import RULES
from screening.records import Fields

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
_SHOWN: dict[str, Callable[[Fields], str]] = {
    "year": lambda fields: str(fields.year or ""),
    "journal": lambda fields: fields.journal or fields.journal_abbreviation or "",
    "volume": lambda fields: fields.volume or "",
    "pages": lambda fields: fields.pages or fields.article_number or "",
    "doi": lambda fields: fields.doi or "",
}


def findings(evidence: Evidence, row: int) -> tuple[tuple[str, str], ...]:
    """Return (field, finding) for every field that both records of the pair have."""
    return tuple(
        (field, words[level])
        for field, words in _FINDINGS.items()
        if (level := int(getattr(evidence, field)[row])) in words
    )


def reason(evidence: Evidence, row: int, rule: int, a: Fields, b: Fields) -> str:
    """Return the sentence for a pair: what is the same, what differs and how, what casts doubt."""
    found = dict(findings(evidence, row))
    same = [_NAMES.get(field, field) for field in _STRONGEST_FIRST if _is_same(found.get(field))]
    parts = [f"same {_listed(same)}"] if same else []
    for field, finding in found.items():
        if _is_same(finding) or field == "issue":
            continue
        if field == "year" and finding == "one apart":
            parts.append(f"year {a.year} and {b.year} (online first, or print)")
        elif field in _SHOWN and finding != "alike":
            parts.append(f"{_NAMES.get(field, field)} {_SHOWN[field](a)} and {_SHOWN[field](b)}")
        elif field in ("title", "authors") or finding == "different":
            parts.append(f"{_NAMES.get(field, field)} {finding}")
    if rule >= 0:
        parts.append(f"doubtful because {RULES[rule].sentence}")
    return "; ".join(parts)


def _is_same(finding: str | None) -> bool:
    return finding is not None and finding.startswith("same") and "first" not in finding


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
