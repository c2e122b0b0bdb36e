"""XML exports cut into their entries and parsed one by one, so that a damaged entry harms no other.

Only the entry's own text reaches the parser: a document type with its entities never does, which
leaves entity bombs and external entities without effect.
"""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from screening.identification.field_maps import FieldMap, Tags
from screening.identification.mapping import fields_from
from screening.identification.readers.context import Context, Found
from screening.identification.readers.pieces import Pieces, lines_in
from screening.problems import warning

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")


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

    def count(piece: str) -> None:
        context.started += len(counted.findall(piece))

    pieces.watch = count
    for text, line, whole in cuts(pieces, syntax.elements):
        if not whole:
            context.warn(
                line, "The file ends inside a record; what there is of it was kept.", "truncated"
            )
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
    """Cut the text at the entry elements; each sign is looked at a bounded number of times."""
    start = re.compile(rf"<({'|'.join(elements)})[\s>]")
    held: list[str] = []
    closing, line = "", pieces.line
    for piece in pieces:
        text, place, begin = piece, 0, 0
        if held and closing:
            # An end tag may lie across the border between two pieces.
            border = held[-1][-len(closing) :]
            found = (border + piece).find(closing)
            if found < 0:
                held.append(piece)
                continue
            place = found + len(closing) - len(border)
            held.append(piece[:place])
            yield Cut("".join(held), line, whole=True)
            line += sum(map(lines_in, held))
            held, closing, begin = [], "", place
        elif held:
            text = held.pop() + piece
        while opening := start.search(text, place):
            line += lines_in(text[begin : opening.start()])
            closing = f"</{opening.group(1)}>"
            end = text.find(closing, opening.end())
            begin = opening.start()
            if end < 0:
                held = [text[begin:]]
                break
            place = end + len(closing)
            yield Cut(text[begin:place], line, whole=True)
            line += lines_in(text[begin:place])
            begin, closing = place, ""
        else:
            rest = text[begin:]
            cut = rest.rfind("<")
            tail = rest[cut:] if cut >= 0 and len(rest) - cut < 200 else ""
            line += lines_in(rest[: len(rest) - len(tail)])
            held = [tail] if tail else []
    if held and closing:
        yield Cut("".join(held), line, whole=False)
