"""Text for people to read, a label before each value, as ProQuest, CNKI and library catalogues save it."""

import re
from collections.abc import Iterator

from screening.identification.maps.fields import Tags
from screening.identification.maps.mapping import fields_from
from screening.identification.maps.tables import TABLE, column_name
from screening.identification.readers.context import Context, Found
from screening.identification.readers.pieces import Pieces, entries

_START = re.compile(r"Title(?:-题名)?: ?(?=\S)")
_COUNT = re.compile(r"\nTitle(?:-题名)?: ?(?=\S)")
# A report of ProQuest, in which the number begins an entry and the title stands below it without a label.
_REPORT = re.compile(
    r"(?:\A|(?<=[\r\n]))Document \d+ of \d+[ \t]*(?:\r\n?+|\n)\s{1,20}(?!Title: )\S"
)
_NUMBER = re.compile(r"Document \d+ of \d+[ \t]*(?=[\r\n])")
_COUNT_NUMBERS = re.compile(r"\nDocument \d+ of \d+[ \t]*(?=\n)")
_TITLE = re.compile(r"\nDocument \d+ of \d+\s+(\S.*?)\s*(?:\n[ \t]*\n|\Z)", re.DOTALL)
_TOKEN = re.compile(r"\n([A-Z][A-Za-z/() -]{1,40})(?:-[^\W\x00-\u052f]{1,12})?:(?: |(?=\n)|\Z)")
# The line between two documents and their number, which belong to neither.
_BETWEEN = re.compile(
    r"\n\s*(?:[_=-]{10,}|Document \d+ of \d+|\d{1,6}\.)\s*(?:\n|\Z)|\n\s*\n(?=SrcDatabase-|DataType: )"
)
# ProQuest numbers authors by their addresses, which it writes behind them all.
_ADDRESSES = re.compile(r"\s1\s+(?=[^\W\d_]).*", re.DOTALL)
_ROLE = re.compile(r"(?<=[^\s\d])\s*\d+(?=\s*(?:;|$))")

# What CNKI calls the columns of tables; its number of pages is often their range.
_CNKI = {
    "keyword": "keywords",
    "roll": "volume",
    "period": "issue",
    "page": "pages",
    "pubtime": "publication date",
}


def read_labelled(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every entry; each begins with its title, or with its number in a report of ProQuest."""
    numbered = bool(_REPORT.search(pieces.peek_text()))
    start, counted = (_NUMBER, _COUNT_NUMBERS) if numbered else (_START, _COUNT)

    def count(piece: str) -> None:
        text = piece.replace("\r\n", "\n").replace("\r", "\n")
        context.started += len(counted.findall("\n" + text))

    pieces.watch = count
    for together in entries(pieces, start):
        for entry in together:
            if entry.started:
                cut = _BETWEEN.search(entry.plain)
                own = entry.plain[: cut.start()] if cut else entry.plain
                fields = fields_from(_tags(own), TABLE, own)
                yield (fields, entry.text, entry.line, "labelled", context.provider)


def _tags(text: str) -> Tags:
    parts = _TOKEN.split("\n" + text)
    tags: Tags = {}
    for label, text_of in zip(parts[1::2], parts[2::2], strict=True):
        name = column_name(label)
        name = _CNKI.get(name, name)
        value = text_of.strip()
        if name == "identifier keyword":
            name, value = "keywords", value.replace(", ", ";")
        if name == "pagecount" and "-" in value:
            name = "pages"
        if name in TABLE.authors:
            value, _, behind = value.partition("\n\n")
            if behind.startswith("http"):
                tags.setdefault("url", []).append(behind.strip())
            value = _ROLE.sub("", _ADDRESSES.sub("", value))
        tags.setdefault(name, []).append(value)
    unlabelled = _TITLE.search(parts[0]) if "title" not in tags else None
    if unlabelled:
        tags["title"] = [unlabelled[1]]
    return tags
