"""What records say of a retraction, a correction or an expression of concern: of their own, or of another.

PubMed links a report to its notices: RIN, EIN, ECI, CRI and RRI lines in its tagged format, and
CommentsCorrections elements in its XML (National Library of Medicine, MEDLINE/PubMed Data Element
Descriptions). Every database also marks retracted reports in type or title.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import unescape

from screening.identification.forms.folding import fold, plain
from screening.records import Fields, Record


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
# A notice has a record of its own, which links to the report it is on.
_LINKS_BACK = {
    "ROF": NoticeStatus.RETRACTED,
    "RetractionOf": NoticeStatus.RETRACTED,
    "ECF": NoticeStatus.CONCERN,
    "ExpressionOfConcernFor": NoticeStatus.CONCERN,
    "EFR": NoticeStatus.CORRECTED,
    "ErratumFor": NoticeStatus.CORRECTED,
    "CRF": NoticeStatus.CORRECTED,
    "CorrectedandRepublishedFrom": NoticeStatus.CORRECTED,
}
_TAGGED_BACK = re.compile(r"^(ROF|ECF|EFR|CRF) *- (.*(?:\r?\n {6}.*)*)", re.MULTILINE)
_PMID = re.compile(r"PMID:? *(\d{1,9})\b")
_PMID_ELEMENT = re.compile(r"<PMID\b[^>]*>\s*(\d{1,9})\s*</PMID>")
BEGINNINGS = (
    "author correction", "correction", "corrigendum", "editorial expression of concern", "errata", "erratum",
    "expression of concern", "notice of retraction", "partial retraction", "publisher correction", "retract",
    "statement of concern", "statement of retraction", "withdraw",
)  # fmt: skip
"""How the titles of notices begin, in folded words."""
_ANNOUNCED = re.compile(
    r"(?:(?P<retracted>(?:(?:notice|statement) of |partial )?retract(?:ion|ed)|withdraw(?:al|n))"
    r"|(?P<concern>(?:editorial )?(?:expression|statement) of concern)"
    r"|(?:author |publisher )?(?:correction|corrigendum|erratum|errata))\b(?P<rest>.*)"
)
_FEWEST_WORDS = 4  # of a title that a longer one is said to repeat
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


def notice_on(record: Record, report: Fields) -> NoticeStatus | None:
    """Return what `record` says of a report if it looks like a notice on that report, else None.

    It does where its title begins as notices do ("Retraction: ...", "Erratum to ...") and repeats the
    report's, or where PubMed links it to the report's DOI or PMID. That is a guess: two reports may
    share a title, and a person has to read the notice.
    """
    announced = _ANNOUNCED.match(fold(plain(record.fields.title or "")))
    if announced is None:
        return None
    for tag, text in _links_back(record.raw):
        if _names(text, report):
            return _LINKS_BACK[tag]
    title = fold(plain(report.title or ""))
    if title.count(" ") + 1 < _FEWEST_WORDS or f" {title} " not in f"{announced['rest']} ":
        return None
    if announced["retracted"]:
        return NoticeStatus.RETRACTED
    return NoticeStatus.CONCERN if announced["concern"] else NoticeStatus.CORRECTED


def _links_back(raw: str) -> Iterator[tuple[str, str]]:
    for tag, text in _TAGGED_BACK.findall(raw):
        yield tag, " ".join(text.split())
    for kind, inside in _ELEMENT.findall(raw):
        if kind in _LINKS_BACK:
            cited = " ".join(unescape(each) for each in _CITED.findall(inside))
            numbers = "".join(f" PMID: {each}" for each in _PMID_ELEMENT.findall(inside))
            yield kind, cited + numbers


def _names(text: str, report: Fields) -> bool:
    if report.pmid and report.pmid in _PMID.findall(text):
        return True
    words = [word.rstrip(".,;") for word in text.lower().split()]
    return bool(report.doi) and report.doi in words


def gravest(notices: list[Notice]) -> NoticeStatus:
    """Return the status that a report's notices give it together."""
    found = {notice.status for notice in notices}
    return next((status for status in NoticeStatus if status in found), NoticeStatus.NONE)
