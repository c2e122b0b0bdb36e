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
_TOKEN = re.compile(r"\n([A-Z][A-Za-z/() -]{1,40})(?:-[\u4e00-\u9fff]{1,12})?:(?: |(?=\n)|\Z)")
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
    """Yield every entry; each begins with its title."""

    def count(piece: str) -> None:
        context.started += len(_COUNT.findall("\n" + piece.replace("\r", "\n")))

    pieces.watch = count
    for together in entries(pieces, _START):
        for entry in together:
            if entry.started:
                cut = _BETWEEN.search(entry.plain)
                own = entry.plain[: cut.start()] if cut else entry.plain
                fields = fields_from(_tags(own), TABLE, own)
                yield Found(fields, entry.text, entry.line, "labelled", context.provider)


def _tags(text: str) -> Tags:
    parts = _TOKEN.split("\n" + text)
    tags: Tags = {}
    for label, text_of in zip(parts[1::2], parts[2::2], strict=True):
        name = column_name(label)
        name = _CNKI.get(name, name)
        value = text_of.strip()
        if name == "pagecount" and "-" in value:
            name = "pages"
        if name in TABLE.authors:
            value = _ROLE.sub("", _ADDRESSES.sub("", value))
        tags.setdefault(name, []).append(value)
    return tags
