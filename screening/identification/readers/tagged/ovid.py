"""Ovid's own export: tags, or whole labels, under a number in angle brackets."""

import re
from collections.abc import Iterator

from screening.identification.maps.fields import Tags
from screening.identification.maps.identifiers import add_pmid_of_medline
from screening.identification.maps.mapping import fields_from
from screening.identification.maps.tagged import OVID
from screening.identification.readers.context import Context, Found
from screening.identification.readers.pieces import Pieces
from screening.identification.readers.tagged.syntax import Syntax, Tokens, by_tag, read_tagged
from screening.records import Fields

_SYNTAX = Syntax(
    name="ovid_tagged",
    start=re.compile(r"<\d{1,7}\.? ?>"),
    count=re.compile(r"\n *<\d{1,7}\.? ?>"),
    token=re.compile(r"\n {0,4}([A-Z][A-Z0-9]{1,4}) {1,3}-(?: |(?=\n)|\Z)"),
    indent=" ",
    wrapped=True,
    listing=frozenset({"IN"}),
)
_LABEL = re.compile(r"\n([A-Z][A-Za-z/() -]{2,40})\n(?=[ \t]+\S)")
# What the labelled form calls the tags.
_LABELS = {
    "unique identifier": "UI", "accession number": "AN", "title": "TI", "original title": "OT", "source": "SO",
    "authors": "AU", "author": "AU", "authors full name": "FA", "author name": "AU", "abstract": "AB",
    "publication type": "PT", "document type": "PT", "language": "LG", "issn": "IS", "issn print": "IS",
    "issn electronic": "IS", "isbn": "IB", "digital object identifier": "DO", "doi number": "DO",
    "year of publication": "YR", "publication year": "YR", "date of publication": "DP", "keywords": "KW",
    "keyword heading": "KW", "subject headings": "MH", "mesh subject headings": "MH", "heading words": "HW",
    "key concepts": "ID", "journal": "JN", "journal name": "JN", "volume": "VO", "issue": "IP", "page": "PG",
    "pubmed id": "PM", "author keywords": "KW", "status": "ST", "link to the ovid full text or citation": "XL", "url": "UR", "database": "DB", "correction": "NT", "comments": "NT",
}  # fmt: skip

# Source lines, as the databases on Ovid print them.
_SOURCES = (
    re.compile(
        r"(?P<journal>[^;]{2,200}); (?P<year>\d{4})\. (?P<volume>\d[\w-]{0,9})?"
        r"(?:\((?P<issue>[^()]{1,40})\))?(?::\s?(?P<pages>\w[\w.-]{0,30}\w))?"
    ),
    re.compile(
        r"(?P<journal>.+?)\.? Vol\.? ?(?P<volume>[\w-]+)(?:\((?P<issue>[^()]*(?:\([^()]*\))?[^()]*)\))?,.*?"
        r"(?:pp\.? (?P<pages>[\w.-]+)|Article (?P<article>[\w.-]+)|\Z)",
        re.DOTALL,
    ),
    re.compile(  # Embase
        r"(?P<journal>.{2,300}?)(?:\. Conference: .{2,300}?)?[.,]? (?P<volume>\d+[A-Za-z]?)(?:\s?\((?!no pag|pp )(?P<issue>[^()]{1,40})\))?"
        r"\s?\((?:no pagination|pp? (?P<pages>[\w.-]{1,40})[^()]{0,40})\)"
        r"(?:.{0,200}?\bArticle Number: (?P<article>[\w.-]{0,40}\w))?",
        re.DOTALL,
    ),
    re.compile(
        r"(?P<journal>.+?)[.,]? (?P<volume>\d+[A-Za-z]?)\s?\((?P<issue>[^()]{1,40})\)\s?[:;,]?\s?"
        r"(?:\(pp )?(?P<pages>[A-Za-z]?\d+(?:-[A-Za-z]?\d+)?)?",
        re.DOTALL,
    ),
    re.compile(
        r"(?P<journal>.+?) (?:[A-Z][A-Za-z/]+ )?(?:\d{1,2},? )?(?P<year>\d{4});(?P<volume>[\w-]+)(?:\((?P<issue>[^()]*)\))?"
        r":(?P<pages>[\w.-]+)",
        re.DOTALL,
    ),
    re.compile(
        r"(?P<journal>.+?),? (?P<volume>\d+)(?:\((?P<issue>[^()]*)\))?, [^:\d]{0,30}\d{4}:\s?(?P<pages>[\w.-]+\w)",
        re.DOTALL,
    ),
    re.compile(r"(?P<journal>.+?)\. (?P<volume>\d+)\s?:\s?(?P<pages>[A-Za-z]?\d+(?:-\w+)?)", re.DOTALL),
    re.compile(r"(?P<journal>[^\d;:()]{2,200}?)\.?\s{0,9}\Z"),  # ahead of print
)  # fmt: skip
_LONGEST_SOURCE = 600
_LONGEST_NAME = 400
_TRIMS = {
    "TI": re.compile(
        r"(?<!\s)\s*\[(?:References|Article|Miscellaneous|Review|Editorial|Letter|[A-Z][a-z]+ Article)\]\.?$"
    ),
    "AN": re.compile(r"^[A-Z][A-Za-z ]+: (?=\d)|\.$"),
    "LG": re.compile(r"\.$"),
}
_DEGREES = re.compile(
    r"(?:,? (?:Ph\.?D|M\.?D|M\.?Sc|F[A-Z]{3,4}|R\.?N|M\.?P\.?H)\b\.?|\s[\d,+*]+)+\s*$"
)
# The full stop behind a name ends it, but not where each initial has one ("Roe J.A.", as Embase writes them).
_FINAL_STOP = re.compile(r"(?<!\.[A-Z])\.+$")


def read_ovid(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every entry of an Ovid text; each begins with its number in angle brackets."""
    return read_tagged(pieces, context, _SYNTAX, _fields)


# Tags of which Ovid's tables hold all values in one cell, a line each.
_LISTS = frozenset({"AU", "FA", "AF", "CA", "ED", "MH", "KW", "SH", "DE", "ID", "IS", "IB"})


def fields_of_columns(tags: Tags, text: str) -> Fields:
    """Return the fields of a row of a table whose columns are called as Ovid's tags are."""
    for tag in _LISTS.intersection(tags):
        tags[tag] = [line for cell in tags[tag] for line in cell.split("\n") if line]
    return _fields(tags, text, False)  # noqa: FBT003 - as for the others


def _fields(tags: Tags, text: str, _tidy: bool) -> Fields:  # noqa: FBT001 - called by `read_tagged`
    if len(tags) < 2:
        tags = by_tag(_labelled(text))
    if "AU" in tags:
        tags["AU"] = [
            _FINAL_STOP.sub("", _DEGREES.sub("", name)) if 3 < len(name) < _LONGEST_NAME else name
            for name in tags["AU"]
        ]
    for tag, trim in _TRIMS.items():
        if tag in tags:
            tags[tag] = [trim.sub("", value) for value in tags[tag]]
    for source in tags.get("SO", ())[:1]:
        for part, value in _source(source).items():
            tags.setdefault(f"SO {part}", []).append(value)
    add_pmid_of_medline(tags, "UI" if "UI" in tags else "AN")
    return fields_from(tags, OVID, text)


def _labelled(text: str) -> Tokens:
    parts = _LABEL.split("\n" + text.replace("\r\n", "\n"))
    found = []
    for label, value in zip(parts[1::2], parts[2::2], strict=True):
        tag = _LABELS.get(label.strip().lower(), label.strip())
        lines = [line.strip() for line in value.split("\n") if line.strip()]
        if tag in ("AU", "FA"):
            found += [
                (tag, name.rstrip("."))
                for line in lines
                for name in re.split(r"\.\s{2,}|(?<=[.\w])\. (?=[A-Z])|;\s*", line)
            ]
        elif tag == "MH":
            found += [(tag, line) for line in lines]
        else:
            joined = " ".join(lines)
            found.append((tag, joined.rstrip(".") if tag == "KW" else joined))
    return found


def _source(text: str) -> dict[str, str]:
    """Return the parts of a source line that is printed in one of the known forms."""
    for form in _SOURCES:
        found = form.match(text[:_LONGEST_SOURCE])
        if found:
            return {part: value for part, value in found.groupdict().items() if value}
    return {}
