"""PubMed's "Summary (text)" and "Abstract (text)", which people take for an export.

They are made for reading: numbered citations without tags. What is told for certain is read from them.
"""

import re
from collections.abc import Iterator

from screening.identification.maps.fields import Tags
from screening.identification.maps.mapping import fields_from
from screening.identification.maps.tagged import PUBMED_TEXT
from screening.identification.readers.context import Context, Found
from screening.identification.readers.pieces import (
    Entry,
    Pieces,
    entries,
    with_line_feeds,
)

_START = re.compile(r"\d{1,6}[.:] (?=\S)")
_NUMBER = re.compile(r"(\d+)")
_COUNTED = re.compile(r"(?:\A|\n)\s{0,9}\n(\d{1,6})[.:] \S")
_BLANK = re.compile(r"\n\s*\n")
_BLANK_END = re.compile(r"\n\s{0,9}\n\Z")
_LONGEST_BLANK = 11
_CITED = re.compile(
    r"(?P<journal>[^.]+(?:\.[^.]+)??)\. (?P<year>(?:1[89]|20)\d\d)\b[^;:.]{0,30}"
    r"(?:;(?P<volume>[\w ]{1,20})?(?:\((?P<issue>[^()]{1,40})\))?)?(?::(?P<pages>[\w.-]{1,30}?))?\.(?=\s|\Z)"
)
# "Smith AB, Jones C. A title. J Test. 2020 Feb;..."
_AUTHORS = re.compile(
    r"(?P<authors>(?:[^\s.,][^.,]{0,60} [A-Z]{1,4}(?: (?:Jr|Sr|2nd|3rd))?(?:, |(?=\.)))+)\.\s"
)
_TITLE = re.compile(
    r"(?P<title>.{3,1500}?[.?!\]])\s(?=[A-Z][^.]{1,120}(?:\.[^.]{1,60}){0,2}\. (?:1[89]|20)\d\d\b)"
)
_ADDRESS_NUMBERS = re.compile(r"\(\d+\)")
_DOI = re.compile(r"\bdoi:\s(\S+)", re.IGNORECASE)
# As in: Tests. 2019 Feb 22;8(2). pii: E193. doi: 10.1000/1.
_ARTICLE = re.compile(r"\.\s+pii: (?=[^\s.]{0,9}\d)([A-Za-z]{0,2}\d{1,8})\.\s")
_PMID = re.compile(r"\bPMID: (\d{1,9})\b")
# Paragraphs that are neither title nor abstract.
_OTHER = re.compile(
    r"(?:Author information|Comment|Update|Erratum|Republished|Retract|Collaborators|Conflict of interest|DOI:|PMID:"
    r"|PMCID:|Copyright|\u00a9|\[(?:Article|Indexed))"
)  # fmt: skip


def read_pubmed_text(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every citation; each begins with its number, one more than the one before, at a line's start."""
    message = (
        "{n} citations were read from PubMed's text for reading, which lacks fields; "
        "export again with the format PubMed (.nbib)."
    )
    expected = 1
    before = "\n\n"

    def count(piece: str) -> None:
        nonlocal expected, before
        text = before + with_line_feeds(piece)
        for found in _COUNTED.finditer(text):
            if int(found.group(1)) == expected:
                expected += 1
                context.started += 1
        before = text[-_LONGEST_BLANK:]

    pieces.watch = count
    for entry in _citations(pieces):
        context.tally("text", entry.line, message, doubtful=True)
        fields = fields_from(_tags(entry.plain), PUBMED_TEXT, entry.plain)
        yield (fields, entry.text, entry.line, "pubmed_text", "PubMed")


def _citations(pieces: Pieces) -> Iterator[Entry]:
    """Yield the entries whose number is the next one, with what only looks like entries inside them."""
    held: list[Entry] = []
    expected = 1
    for together in entries(pieces, _START):
        for entry in together:
            begun = _NUMBER.match(entry.text) if entry.started else None
            opens = begun and int(begun.group()) == expected
            if opens and (not held or _BLANK_END.search(held[-1].plain[-_LONGEST_BLANK:])):
                if held:
                    yield _joined(held)
                held, expected = [entry], expected + 1
            elif held:
                held.append(entry)
    if held:
        yield _joined(held)


def _joined(held: list[Entry]) -> Entry:
    text = "".join(each.text for each in held)
    plain = "".join(each.plain for each in held)
    return held[0]._replace(text=text, plain=plain)


def _tags(text: str) -> Tags:
    paragraphs = [" ".join(part.split()) for part in _BLANK.split(text.strip())]
    first = _START.sub("", paragraphs[0], count=1)
    found: dict[str, str] = {}
    if len(paragraphs) > 2:
        title, *rest = [part for part in paragraphs[1:] if not _OTHER.match(part)] or [""]
        found = {
            "title": title,
            "authors": _ADDRESS_NUMBERS.sub("", rest[0]).rstrip(".") if rest else "",
        }
        found["abstract"] = "\n".join(rest[1:])
        cited = _CITED.match(first)
    else:
        authors = _AUTHORS.match(first)
        behind = first[authors.end() :] if authors else first
        title_of = _TITLE.match(behind)
        cited = _CITED.match(behind[title_of.end() :]) if title_of else None
        found = {
            "authors": authors.group("authors") if authors else "",
            "title": title_of.group("title") if title_of else behind,
        }
    if cited:
        found |= {name: value for name, value in cited.groupdict().items() if value}
    for name, sign in (("doi", _DOI), ("pmid", _PMID), ("article", _ARTICLE)):
        named = sign.search(text)
        if named:
            found[name] = named.group(1)
    return {name: [value] for name, value in found.items() if value}
