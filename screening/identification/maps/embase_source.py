"""The one column in which Embase.com writes where and when a record appeared."""

import re
from collections.abc import Iterator

_SOURCE = re.compile(
    r"(?P<journal>\S.{0,300}?) \((?P<year>(?:1[5-9]|20)\d\d)\)"
    r"(?: (?P<volume>[^\s:(]{1,20})?(?::(?P<issue>[^\s(]{1,40}))?)?"
    r"(?: \((?P<pages>[^()]{1,40})\))?"
    r"(?:[.,]? Article Number: (?P<article>[^\s.]{1,40}))?\.? Date of Publication: ",
    re.IGNORECASE,
)
_COLUMNS = {
    "journal": "source title",
    "year": "publication year",
    "volume": "volume",
    "issue": "issue",
    "pages": "pages",
    "article": "article number",
}


def source_parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of "Cancer (2004) 102:4 (253-258). Date of Publication: 25 Aug 2004" by their columns' names.

    Yields nothing where a text is not written so.
    """
    found = _SOURCE.match(text)
    if found:
        yield from ((_COLUMNS[name], part) for name, part in found.groupdict().items() if part)
