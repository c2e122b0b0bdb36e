"""Scopus' plain text: lines of known order, then labels, and its name at the end of each record."""

import re
from collections.abc import Iterator
from itertools import pairwise

from screening.identification.maps.fields import Tags
from screening.identification.maps.mapping import fields_from
from screening.identification.maps.tables import TABLE, column_name
from screening.identification.readers.context import Context, Found
from screening.identification.readers.parts import foreign_part
from screening.identification.readers.pieces import Pieces, entries, lines_in, with_line_feeds
from screening.records import Fields

_END = re.compile(r"SOURCE: Scopus")
# Every record has one line with its address.
_COUNT = re.compile(r"\nhttps?://www\.scopus\.com/")
_FRAME = re.compile(
    r"(?:SOURCE: Scopus[^\r\n]*)?\s*(?:(?:# ?)?Scopus[ \t]*[\r\n]{1,4}(?:# ?)?EXPORT DATE:[^\r\n]*)?\s*"
)
_VOLUME = r"\d[\w./-]{0,15}(?: [A-Z]{1,8})?|[A-Z]{1,4}-?\d{1,6}|(?:Part|PART|Suppl\.?|SUPPL\.?) [\w.-]{1,9}"
# As in: (2015) Journal of Tests, 20 (1), art. no. 10502, pp. 7 - 9, Cited 31 times.
_PLACE = re.compile(
    rf"^\((?P<year>\d{{4}})\) (?P<journal>.{{1,400}}?)(?:, (?P<volume>{_VOLUME})?(?: ?\((?P<issue>[^()\n]{{1,40}})\))?)?"
    r"(?:, art\. no\. (?P<article>[^\s,]{1,40}?))?(?:, pp?\. (?P<first>[^\s,-]{1,20}?)(?: ?- ?(?P<last>[^\s,]{1,20}?))?)?"
    r"[.,]{0,2}(?: \.)?(?: Cited \d{1,6} times?\.?)?[ \t]*$",
    re.MULTILINE,
)
_COLUMNS = {
    "year": "year",
    "journal": "source title",
    "volume": "volume",
    "issue": "issue",
    "article": "art no",
    "first": "page start",
    "last": "page end",
}
_LABEL = re.compile(r"\n([A-Z][A-Z0-9 ]{1,40}):(?: |(?=\n)|\Z)")
_LINK = re.compile(r"(?:\A|[\r\n])(https?://www\.scopus\.com/)")
_BLANK = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)")
_ADDRESS = re.compile(r"^https?://www\.scopus\.com/\S*", re.MULTILINE)
_FULL_NAMES = "AUTHOR FULL NAMES: "
_NUMBERS = re.compile(r"[\d; ]+")


def read_scopus_text(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every record; each ends with the line that names Scopus as its source."""

    def count(piece: str) -> None:
        context.started += len(_COUNT.findall("\n" + piece.replace("\r", "\n")))

    pieces.watch = count
    for together in entries(pieces, _END):
        for entry in together:
            found = _FRAME.match(entry.text)
            begin = found.end() if found else 0
            whole = entry.text.rstrip()[begin:]
            cut = foreign_part(whole, "scopus_text")
            own = whole if cut is None else whole[:cut]
            line = entry.line + lines_in(entry.text[:begin])
            records = _records(own)
            for start, end in records:
                text = own[start:end].rstrip()
                at = line + lines_in(own[:start])
                fields = _fields(with_line_feeds(text))
                yield (fields, text, at, "scopus_text", context.provider)
            for start, text in ((0, "" if records else own), (len(own), whole[len(own) :])):
                if text.strip():
                    context.started -= len(_COUNT.findall(text.replace("\r", "\n")))
                    at = line + lines_in(whole[:start])
                    yield from context.read_part(text, at, "scopus_text")


def _records(text: str) -> list[tuple[int, int]]:
    """Return where each record begins and ends: one, or more where the line between them is missing."""
    links = list(_LINK.finditer(text))
    if not links:
        return []
    bounds = [0]
    for link, following in pairwise(links):
        blanks = list(_BLANK.finditer(text, link.end(), following.start()))
        bounds.append(blanks[-1].end() if blanks else following.start(1))
    return list(pairwise([*bounds, len(text)]))


def _fields(text: str) -> Fields:
    address = _ADDRESS.search(text)
    tags: Tags = {"link": [address[0]]} if address else {}
    place = _PLACE.search(text)
    above = text[: place.start()] if place else text[: address.start()] if address else text
    _add_names_and_title(
        tags, [stripped for line in above.split("\n") if (stripped := line.strip())]
    )
    if place:
        for part, value in place.groupdict().items():
            if value:
                tags[_COLUMNS[part]] = [value]
    parts = _LABEL.split(text[place.end() if place else len(above) :])
    for label, value in zip(parts[1::2], parts[2::2], strict=True):
        tags.setdefault(column_name(label), []).append(value.strip())
    return fields_from(tags, TABLE, text)


def _add_names_and_title(tags: Tags, lines: list[str]) -> None:
    """Add what the first lines hold: names, full names, their numbers, and in the last the title."""
    if lines:
        tags["title"] = [lines.pop()]
    full = [line.removeprefix(_FULL_NAMES) for line in lines if line.startswith(_FULL_NAMES)]
    short = [line for line in lines if not _NUMBERS.fullmatch(line)]
    tags["authors"] = full or short[:1]
