"""Volume and issue as deduplication compares them: numbers, wherever an export put them."""

import re
from typing import NamedTuple

from screening.identification.forms.pages import is_pages

_LEADING = re.compile(r"^(?:vol(?:ume|\.)?\s*)?(\d{1,6})", re.IGNORECASE)
_TRAILING = re.compile(r"[.\s](\d{1,6})$")
_ISSUE_IN_VOLUME = re.compile(r"^\d+\s*\((\d{1,4})\b")
_NUMBER = re.compile(r"\d{1,6}")
_CLOCK = re.compile(r"\d:\d\d")

UNKNOWN = -1

LONGEST = 6
"""Digits of a volume's or an issue's number, at the most."""


class VolumeForm(NamedTuple):
    """Volume and issue as numbers or UNKNOWN, and whether they are a supplement's."""

    volume: int
    issue: int
    supplement: bool


def volume_form(volume: str | None, issue: str | None) -> VolumeForm:
    """Return the form of volume and issue of one record."""
    if _is_number(volume) and (not issue or _is_number(issue)):
        return VolumeForm(int(volume or 0), int(issue or UNKNOWN), supplement=False)
    return VolumeForm(_volume(volume), _issue(issue, volume), _is_supplement(volume, issue))


def _is_number(text: str | None) -> bool:
    return text is not None and text.isdecimal() and len(text) <= LONGEST


def _volume(volume: str | None) -> int:
    text = (volume or "").strip()
    # What is left of a broken field ("1)" of "61 (Suppl. 1)") says nothing.
    if not text or text.count("(") != text.count(")"):
        return UNKNOWN
    if leading := _LEADING.match(text):
        return int(leading.group(1))
    if text.startswith("(") or text.lower().startswith("suppl"):
        return UNKNOWN
    # A section's name may stand before it: "Heart and circulatory physiology. 296".
    trailing = _TRAILING.search(text)
    return int(trailing.group(1)) if trailing else UNKNOWN


def _issue(issue: str | None, volume: str | None) -> int:
    text = (issue or "").strip()
    if not text and volume and (inside := _ISSUE_IN_VOLUME.match(volume.strip())):
        return int(inside.group(1))
    if is_pages(text) or _CLOCK.search(text):
        return UNKNOWN
    number = _NUMBER.search(text)
    return int(number.group()) if number else UNKNOWN


def _is_supplement(volume: str | None, issue: str | None) -> bool:
    text = f"{volume or ''} {issue or ''}".lower()
    return "sup" in text or "meeting" in text or "abstr" in text
