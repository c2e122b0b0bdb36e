"""XML exports cut into their entries and read one by one, so that a damaged entry harms no other.

Only the entry's own text is looked at: a document type with its entities never is, which leaves entity
bombs and external entities without effect.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from screening.identification.maps.fields import FieldMap, Tags
from screening.identification.maps.mapping import fields_from
from screening.identification.readers.context import Context, Found
from screening.identification.readers.pieces import Pieces, lines_in
from screening.identification.readers.xml.elements import Elements, is_plain, mended
from screening.identification.readers.xml.glance import Element
from screening.problems import warning
from screening.records import Fields

_LONGEST_TAG = 64
_TOGETHER = 16
# XML's white space is ASCII only: a no-break space does not end a name.
BEHIND_NAME = (">", " ", "\n", "\t", "\r")
_TAG_END = re.compile(r"[ \t\r\n>]")


class XmlSyntax(NamedTuple):
    """Which elements are entries, which of the elements in them are wanted, and the tags these become.

    `tags` takes the elements found and the text they were found in. `lists`, where there are any worth it, takes an
    entry's text and returns it without them, and their tags; None where they must be looked at closely.
    """

    name: str
    entries: tuple[str, ...]
    elements: Elements
    tags: Callable[[list[Element], str], Tags]
    fields: FieldMap
    lists: Callable[[str], tuple[str, Tags] | None] | None = None


class Cut(NamedTuple):
    """One entry's text, its first line, and whether its end was found."""

    text: str
    line: int
    whole: bool


def read_xml(pieces: Pieces, context: Context, syntax: XmlSyntax) -> Iterator[Found]:
    """Yield every entry element of an XML text; one that the file's end cuts off is read as far as it goes."""
    begun = [f"<{name}" for name in syntax.entries]
    rest = ""

    def count(piece: str) -> None:
        nonlocal rest
        text = rest + piece
        for tag in begun:
            behind = text.split(tag)[1:]
            context.started += sum(part.startswith(BEHIND_NAME) for part in behind)
        rest = _unfinished_tag(text)

    pieces.watch = count
    entries = cuts(pieces, syntax.entries)
    # One step for several entries and then the next takes a fifth less time than all steps for each.
    while together := list(islice(entries, _TOGETHER)):
        glanced = _at_a_glance([each.text for each in together], syntax)
        tagged = [
            _closely(each, syntax, context) if tags is None or not each.whole else tags
            for tags, each in zip(glanced, together, strict=True)
        ]
        made = [_fields(tags, syntax) for tags in tagged]
        for fields, (text, line, _) in zip(made, together, strict=True):
            if fields:
                yield (fields, text, line, syntax.name, context.provider)


def _fields(tags: Tags | None, syntax: XmlSyntax) -> Fields | None:
    if tags is None:
        return None
    return fields_from(tags, syntax.fields, "\n".join(chain.from_iterable(tags.values())))


def _at_a_glance(texts: list[str], syntax: XmlSyntax) -> list[Tags | None]:
    """Return the tags of each entry that is written as nearly all are, None for others."""
    lists = syntax.lists
    parted = list(map(lists, texts)) if lists else [(text, {}) for text in texts]
    found = syntax.elements.at_a_glance([each[0] if each else "" for each in parted])
    return [
        None if each is None or elements is None else syntax.tags(elements, each[0]) | each[1]
        for each, elements in zip(parted, found, strict=True)
    ]


def _closely(entry: Cut, syntax: XmlSyntax, context: Context) -> Tags | None:
    """Return the tags of an entry in any state, None where nothing of it can be read, which is then reported."""
    text, line, whole = entry
    if not whole:
        message = "This record is not closed; what there is of it was kept."
        context.warn(line, message, "truncated")
    essence = syntax.elements.essence(text)
    found = syntax.elements.found_in(essence) if whole and is_plain(essence) else None
    if found is None:
        written = mended(text)
        if written is None:
            context.unread += 1
            message = "This record is no well-formed XML and could not be read; export it again."
            context.problems.append(warning(context.at(line), message, "unreadable"))
            return None
        essence = syntax.elements.essence(written)
        found = syntax.elements.found_in(essence, leniently=True) or []
    return syntax.tags(found, essence)


def cuts(pieces: Pieces, entries: tuple[str, ...]) -> Iterator[Cut]:
    """Cut the text at the entry elements; one that is not closed ends where the next begins.

    Each sign is looked at a bounded number of times, however long an entry is.
    """
    names = re.compile(rf"(?:{'|'.join(entries)})(?=[ \t\r\n>])")
    held: list[str] = []  # the open entry so far
    border = ""
    is_open = False
    line = pieces.line
    for piece in pieces:
        text = border + piece
        begin = 0
        for start, end, opens in _marks(text, names):
            if opens:
                before = [*held, text[begin:start]]
                if is_open:
                    yield Cut("".join(before), line, whole=False)
                line += sum(map(lines_in, before))
                held, begin, is_open = [], start, True
            elif is_open:
                entry = "".join([*held, text[begin:end]])
                yield Cut(entry, line, whole=True)
                line += lines_in(entry)
                held, begin, is_open = [], end, False
        border = _unfinished_tag(text)
        rest = text[begin : len(text) - len(border)]
        if is_open:
            held.append(rest)
        else:
            line += lines_in(rest)
    if is_open:
        yield Cut("".join([*held, border]), line, whole=False)


def _marks(text: str, names: re.Pattern[str]) -> Iterator[tuple[int, int, bool]]:
    """Yield where start and end tags of entries begin and end, and which of the two each is.

    Bare names are looked for, both at once, since what is the same in all matches is found fastest.
    """
    for match in names.finditer(text):
        begin, end = match.span()
        if text.startswith("<", begin - 1):
            yield begin - 1, end + 1, True
        elif text.startswith("</", begin - 2):
            blank = text[end : end + _LONGEST_TAG]
            end += len(blank) - len(blank.lstrip())
            if text.startswith(">", end):
                yield begin - 2, end + 1, False


def _unfinished_tag(text: str) -> str:
    """Return the beginning of a tag that the end of a piece cuts off, "" where there is none."""
    place = text.rfind("<")
    last = text[place:] if place >= 0 else ""
    return "" if len(last) > _LONGEST_TAG or _TAG_END.search(last) else last
