"""Pages as deduplication compares them: first and last as numbers, however the range is printed."""

import re
from typing import NamedTuple

_MONTHS = {
    name: n
    for n, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_DATE = re.compile(r"^(?:(\d{1,2})-([a-z]{3})|([a-z]{3})-(\d{1,2}))$")
_RANGE = re.compile(r"([a-z]{0,4})(\d{1,12})([a-z]{0,2})(?:\s*-+\s*([a-z]{0,4})(\d{1,12}))?")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_SEVERAL = re.compile(r"[,;+ &]")
_LOST_START = re.compile(r"^(?:[a-z]{2,}|t)\.?\s*-\s*\d+$")
"""What some exports leave of "45 Suppl:S417-29" and of "14(11 Pt 1):2665-8": "Suppl-29" and "t-8"."""

_PAGES_IN_ISSUE = re.compile(r"^pp?\.?\s+\w*\d", re.IGNORECASE)
_PREFIXED = re.compile(r"([a-z]*)(\d*)-(\d+)-+\1\2-(\d+)")


class PageForm(NamedTuple):
    """`first` and `last` page (-1 where unknown), the letters printed with them, and what they are.

    `letters` tells supplement pages ("S12", "12s") from ordinary ones. `damaged` pages were turned
    into a date by a spreadsheet: the two numbers are known, their order is not. An `article` number
    is no page but names the article within its journal ("e56122", "CD003816").
    """

    first: int
    last: int
    letters: str
    damaged: bool = False
    article: bool = False


EMPTY = PageForm(-1, -1, "")

ARTICLE_DIGITS = 5
"""So many digits without a range are an article number: no volume has 10,000 pages."""

_WHOLE_NUMBER_DIGITS = 9
"""More digits come from a spreadsheet that took an article number for a quantity."""

_ARTICLE_IN_ISSUE = re.compile(r"^[a-z]{1,2}\d{4,}$", re.IGNORECASE)


def page_form(pages: str | None, article_number: str | None, issue: str | None) -> PageForm:
    """Return the form of a page range ("244-58" is 244 to 258), else of an article number.

    Some exports put the article number or the pages ("pp 21-38") in the issue's place.
    """
    form = _form(pages) if pages else EMPTY
    if form.first < 0 and article_number:
        form = _form(article_number)
    if form.first < 0 and issue:
        text = issue.strip()
        if _ARTICLE_IN_ISSUE.match(text) or is_pages(text):
            form = _form(issue)
    return form


def is_pages(issue: str) -> bool:
    """Return whether what stands in the issue's place are pages ("pp 21-38")."""
    return issue[:1] in "pP" and bool(_PAGES_IN_ISSUE.match(issue))


def plain_range(pages: str) -> tuple[int, int] | None:
    """Return first and last page where they are two numbers with a dash between, as most are."""
    start, _, end = pages.partition("-")
    if start.isdecimal() and end.isdecimal():
        lengths = len(start), len(end)
        if max(lengths) <= _WHOLE_NUMBER_DIGITS:
            return int(start), int(
                start[: lengths[0] - lengths[1]] + end if lengths[1] < lengths[0] else end
            )
    return None


def _form(pages: str) -> PageForm:
    if plain := plain_range(pages):
        return PageForm(*plain, "")
    text = pages.strip().lower().translate(_DASHES)
    if date := _DATE.match(text):
        return _undated(date)
    if _LOST_START.match(text):
        return EMPTY
    # "S4-76-S4-101": pages 76 to 101 of supplement 4
    if prefixed := _PREFIXED.fullmatch(text):
        text = f"{prefixed[1]}{prefixed[3]}-{prefixed[1]}{prefixed[4]}"
    if _SEVERAL.search(text) and len(ranges := _ranges(text)) > 1:
        return min(ranges, key=lambda form: (form.first, form.last))
    found = _RANGE.search(text)
    if not found or len(found[2]) > _WHOLE_NUMBER_DIGITS:
        return EMPTY
    return _of_range(found)


def _ranges(text: str) -> list[PageForm]:
    """Return the ranges of an article that is printed in pieces or languages ("230-5, 246-51").

    Exports list them in any order: the first in the issue stands for all.
    """
    return [_of_range(found) for found in _RANGE.finditer(text) if found[5]]


def _of_range(found: re.Match[str]) -> PageForm:
    prefix, start, suffix, _, end = found.groups()
    first = int(start)
    last = _expanded(start, end) if end else first
    article = not end and len(start) >= ARTICLE_DIGITS
    return PageForm(first, last, prefix[:1] or suffix[:1], article=article)


def _expanded(start: str, end: str) -> int:
    return int(start[: len(start) - len(end)] + end) if len(end) < len(start) else int(end)


def _undated(date: re.Match[str]) -> PageForm:
    day, month, month_first, year = date.groups()
    number = int(day or year)
    month_number = _MONTHS.get(month or month_first)
    if month_number is None:
        return EMPTY
    low, high = sorted((number, month_number))
    return PageForm(low, high, "", damaged=True)
