"""XML exports cut into their entries and parsed one by one, so that a damaged entry harms no other.

Only the entry's own text reaches the parser: a document type with its entities never does, which
leaves entity bombs and external entities without effect.
"""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from screening.identification.maps.fields import FieldMap, Tags
from screening.identification.maps.mapping import fields_from
from screening.identification.readers.context import Context, Found
from screening.identification.readers.pieces import Pieces, lines_in
from screening.problems import warning

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")


_LONGEST_TAG = 64
_TAG_END = re.compile(r"[\s>]")


class XmlSyntax(NamedTuple):
    """Which elements are entries, and how one of them becomes tags."""

    name: str
    elements: tuple[str, ...]
    tags: "Callable[[Element], Tags]"
    fields: FieldMap


def text_in(element: "Element") -> str:
    """Return the whole text of an element, its inline children included."""
    if not len(element):
        return element.text or ""
    return "".join(str(part) for part in element.itertext())


class Cut(NamedTuple):
    """One entry's text, its first line, and whether its end was found."""

    text: str
    line: int
    whole: bool


def read_xml(pieces: Pieces, context: Context, syntax: XmlSyntax) -> Iterator[Found]:
    """Yield every entry element of an XML text; one that the file's end cuts off is read as far as it goes."""
    from lxml import etree  # noqa: PLC0415  # heavy, and only XML needs it

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
        huge_tree=True,
        remove_comments=True,
    )
    names = "|".join(syntax.elements)
    counted = re.compile(rf"<(?:{names})[\s>]")

    rest = ""

    def count(piece: str) -> None:
        nonlocal rest
        text = rest + piece
        context.started += len(counted.findall(text))
        rest = _unfinished_tag(text)

    pieces.watch = count
    for text, line, whole in cuts(pieces, syntax.elements):
        if not whole:
            message = "This record is not closed; what there is of it was kept."
            context.warn(line, message, "truncated")
        try:
            element = etree.fromstring(_ENTITY.sub("&amp;", text), parser)
        except (etree.XMLSyntaxError, ValueError):
            element = None
        if element is None:
            context.unread += 1
            message = "This record is no well-formed XML and could not be read; export it again."
            context.problems.append(warning(context.at(line), message, "unreadable"))
            continue
        fields = fields_from(syntax.tags(element), syntax.fields, text)
        yield Found(fields, text, line, syntax.name, context.provider)


def cuts(pieces: Pieces, elements: tuple[str, ...]) -> Iterator[Cut]:
    """Cut the text at the entry elements; one that is not closed ends where the next begins.

    Each sign is looked at a bounded number of times, however long an entry is.
    """
    names = "|".join(elements)
    tags = re.compile(rf"<(?:({names})[\s>]|/(?:{names})\s*>)")
    held: list[str] = []  # the open entry so far
    border = ""
    is_open = False
    line = pieces.line
    for piece in pieces:
        text = border + piece
        begin = 0
        for tag in tags.finditer(text):
            if tag.group(1):
                before = [*held, text[begin : tag.start()]]
                if is_open:
                    yield Cut("".join(before), line, whole=False)
                line += sum(map(lines_in, before))
                held, begin, is_open = [], tag.start(), True
            elif is_open:
                entry = "".join([*held, text[begin : tag.end()]])
                yield Cut(entry, line, whole=True)
                line += lines_in(entry)
                held, begin, is_open = [], tag.end(), False
        border = _unfinished_tag(text)
        rest = text[begin : len(text) - len(border)]
        if is_open:
            held.append(rest)
        else:
            line += lines_in(rest)
    if is_open:
        yield Cut("".join([*held, border]), line, whole=False)


def _unfinished_tag(text: str) -> str:
    """Return the beginning of a tag that the end of a piece cuts off, "" where there is none."""
    place = text.rfind("<")
    last = text[place:] if place >= 0 else ""
    return "" if len(last) > _LONGEST_TAG or _TAG_END.search(last) else last
