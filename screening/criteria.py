"""Inclusion and exclusion criteria as data, with the exceptions that were made to them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pydantic import Field

from screening.section import Section, unwritten


class Highlight(Section):
    """Terms to mark in titles and abstracts; a trailing * stands for any word ending."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class Exemption(Section):
    """One report that was let through a criterion, with the reason and who decided it."""

    report: str
    because: str
    value: float | None = None
    unit: str = ""
    by: str = ""


class Criterion(Section):
    """One rule of eligibility.

    `include` and `all_of` must all hold, one of `at_least_one_of` must hold, none of `exclude` may.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    label: str = ""
    include: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    at_least_one_of: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    highlight: Highlight = unwritten()
    exceptions: tuple[Exemption, ...] = ()

    @property
    def name(self) -> str:
        """Return the label, or the id made readable."""
        return self.label or self.id.replace("-", " ").replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text, plain or marked as speaking for inclusion or exclusion."""

    text: str
    kind: Literal["", "include", "exclude"] = ""


def mark_terms(text: str, criteria: Sequence[Criterion]) -> list[Mark]:
    """Cut a text into plain and highlighted stretches; joined together they are the text again.

    Terms match whole words without regard to case; where terms overlap the earliest, then the
    longest, wins.
    """
    pattern = _pattern(criteria)
    if pattern is None:
        return [Mark(text=text)] if text else []
    marks: list[Mark] = []
    end = 0
    for found in pattern.finditer(text):
        if found.start() > end:
            marks.append(Mark(text=text[end : found.start()]))
        kind: Literal["include", "exclude"] = "include" if found["include"] else "exclude"
        marks.append(Mark(text=found[0], kind=kind))
        end = found.end()
    if end < len(text):
        marks.append(Mark(text=text[end:]))
    return marks


def _pattern(criteria: Sequence[Criterion]) -> re.Pattern[str] | None:
    return _pattern_of(
        tuple(term for criterion in criteria for term in criterion.highlight.include),
        tuple(term for criterion in criteria for term in criterion.highlight.exclude),
    )


@lru_cache(maxsize=8)
def _pattern_of(include: tuple[str, ...], exclude: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return the pattern of some terms, put together once: every title and abstract asks for it."""
    parts = []
    for name, among in (("include", include), ("exclude", exclude)):
        terms = sorted({term for term in among if term.strip("* ")}, key=lambda t: (-len(t), t))
        body = "|".join(re.escape(term).replace(r"\*", r"\w*") for term in terms)
        parts.append(f"(?P<{name}>{body or '(?!)'})")
    if not include and not exclude:
        return None
    return re.compile(rf"\b(?:{'|'.join(parts)})\b", re.IGNORECASE)
