"""What a record itself says of a retraction, a correction or an expression of concern.

PubMed links a report to its notices: RIN, EIN, ECI, CRI and RRI lines in its tagged format, and
CommentsCorrections elements in its XML (National Library of Medicine, MEDLINE/PubMed Data Element
Descriptions). Every database also marks retracted reports in type or title.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import unescape

from screening.records import Record


class NoticeStatus(StrEnum):
    """Where a report stands, the gravest first."""

    RETRACTED = "retracted"
    CONCERN = "expression of concern"
    CORRECTED = "corrected"
    NONE = "none found"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice that a record names; `text` cites it as the record does, empty where it does not."""

    status: NoticeStatus
    text: str = ""


_LINKS = {
    "RIN": NoticeStatus.RETRACTED,
    "RetractionIn": NoticeStatus.RETRACTED,
    "RRI": NoticeStatus.RETRACTED,
    "RetractedandRepublishedIn": NoticeStatus.RETRACTED,
    "ECI": NoticeStatus.CONCERN,
    "ExpressionOfConcernIn": NoticeStatus.CONCERN,
    "EIN": NoticeStatus.CORRECTED,
    "ErratumIn": NoticeStatus.CORRECTED,
    "CRI": NoticeStatus.CORRECTED,
    "CorrectedandRepublishedIn": NoticeStatus.CORRECTED,
}
_TAGGED = re.compile(r"^(RIN|RRI|ECI|EIN|CRI) *- (.*(?:\r?\n {6}.*)*)", re.MULTILINE)
_ELEMENT = re.compile(
    r'<CommentsCorrections\b[^>]*\bRefType="(\w+)"[^>]*>(.*?)</CommentsCorrections>', re.DOTALL
)
_CITED = re.compile(r"<RefSource\b[^>]*>(.*?)</RefSource>", re.DOTALL)
_MARKED = re.compile(r"\s*\W?retracted\b(?: (?:article|paper))?\s*[:\]\-–—]", re.IGNORECASE)


def notices_in(record: Record) -> Iterator[Notice]:
    """Yield each notice that the record links its report to, and the mark of a retracted report."""
    for tag, text in _TAGGED.findall(record.raw):
        yield Notice(_LINKS[tag], " ".join(text.split()))
    for kind, inside in _ELEMENT.findall(record.raw):
        if kind in _LINKS:
            cited = _CITED.search(inside)
            yield Notice(_LINKS[kind], " ".join(unescape(cited[1]).split()) if cited else "")
    said = record.fields
    if _MARKED.match(said.title or "") or "retracted publication" in (said.type or "").casefold():
        yield Notice(NoticeStatus.RETRACTED)


def gravest(notices: list[Notice]) -> NoticeStatus:
    """Return the status that a report's notices give it together."""
    found = {notice.status for notice in notices}
    return next((status for status in NoticeStatus if status in found), NoticeStatus.NONE)
