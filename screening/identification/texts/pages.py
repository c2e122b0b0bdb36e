"""Page ranges as printed, whatever tags they were spread over."""

import re

_NOT_GIVEN = re.compile(
    r"(?:n\.?\s?pag\.?|no(?:\.|ne)?|specified|no pagination(?: specified)?|no specified|not specified|no-specified|n/?a|null|-+|\?)",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[0-9][A-Za-z0-9]*(?:-[A-Za-z]?[0-9]+)?")
_DASHES = re.compile(r"\s*[\u2010-\u2015\u2212\uff0d-]+\s*")
_DOI = re.compile(
    r"[\s,;.(]*(?:https?://(?:dx\.)?doi\.org/|\bdoi:?\s*|\b)10\.\d{4,9}/.*", re.IGNORECASE
)
_LONGEST_PAGES = 12
_LABEL = re.compile(r"^(?:pages?|pp?|s|seiten?)\s*[.:]\s*(?=\S*\d)", re.IGNORECASE)


def page_range(first: str | None, last: str | None = None) -> str | None:
    """Return "first-last" as printed, the whole range that `first` may hold already, or None.

    Placeholders ("N.PAG", "No Specified") are no pages; a dash of any kind becomes a hyphen.
    """
    if first and last and first.isdigit() and last.isdigit() and first != last:
        return f"{first}-{last}"
    start = _clean(first)
    end = _clean(last)
    if not start:
        return end
    if not end or end == start or "-" in start:
        return start
    return end if "-" in end and end.startswith(start) else f"{start}-{end}"


def last_page(first: str, count: str) -> str | None:
    """Return the last of `count` pages, which is how EBSCOhost tells where an article ends, where both are numbers."""
    if first.isdecimal() and count.isdecimal() and len(first + count) < _LONGEST_PAGES:
        return str(int(first) + int(count) - 1)
    return None


def _clean(text: str | None) -> str | None:
    if not text:
        return None
    if _PLAIN.fullmatch(text):
        return text
    text = _LABEL.sub("", text.strip())
    if "10." in text:
        text = _DOI.sub("", text)
    text = _DASHES.sub("-", text).strip("- ;.")
    if not text or _NOT_GIVEN.fullmatch(text):
        return None
    return text
