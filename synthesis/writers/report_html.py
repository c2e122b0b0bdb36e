"""The report as one HTML file that needs nothing from elsewhere."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from synthesis.report import Block, Figure, Paragraph, Place, Report
from synthesis.sentences import Piece, Sentence
from synthesis.tables.table import PROVISIONAL, Table
from synthesis.writers import html
from synthesis.writers.html import Link, no_link

_PROLOGUE = re.compile(r"^\s*(<\?xml[^>]*\?>|<!DOCTYPE[^>]*>|\s)*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class RenderedSection:
    """A section as the template shows it: its heading one level below the title, its blocks as HTML."""

    id: str
    heading: str
    level: int
    heading_level: int
    blocks: tuple[Markup, ...]


def write(report: Report, *, template: str, style: str, link: Link = no_link) -> bytes:
    """Return the report as HTML.

    `template` and `style` are the texts of report.html and style.css in templates/report. `link` gives
    the address of what stands behind a number; without it numbers are plain.
    """
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    page = environment.from_string(template).render(
        title=report.title,
        authors=", ".join(report.authors),
        provisional=PROVISIONAL if report.provisional else "",
        sections=list(_sections(report, link)),
        style=Markup(style),  # noqa: S704 - the program's own style sheet
    )
    return page.encode()


def _sections(report: Report, link: Link) -> Iterator[RenderedSection]:
    for section in report.sections:
        blocks = tuple(_blocks(section.blocks, report, link))
        yield RenderedSection(section.id, section.heading, section.level, section.level + 1, blocks)


def _blocks(blocks: Iterable[Block], report: Report, link: Link) -> Iterator[Markup]:
    points: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.item:
            points.append(block)
            continue
        yield from _list(points, report, link)
        points = []
        yield _block(block, report, link)
    yield from _list(points, report, link)


def _block(block: Block, report: Report, link: Link) -> Markup:
    match block:
        case Paragraph():
            return Markup("<p>{}</p>\n").format(_prose(block.sentence, report, link))
        case Table():
            return Markup(html.fragment(block, report.tables()[block.id], link=link))  # noqa: S704 - escaped there
        case Figure():
            return _figure(block, report.figures()[block.id])
        case Place():
            return _place(block, report, link)


def _list(points: Iterable[Paragraph], report: Report, link: Link) -> Iterator[Markup]:
    items = Markup().join(
        Markup("<li>{}</li>\n").format(_prose(point.sentence, report, link)) for point in points
    )
    if items:
        yield Markup("<ul>\n{}</ul>\n").format(items)


def _prose(sentence: Sentence, report: Report, link: Link) -> Markup:
    return Markup().join(_piece(piece, report, link) for piece in sentence.pieces)


def _anchor(item: str, report: Report) -> str:
    """Return where on the page a table or figure stands, by the name that references give it."""
    slugs = {block.id: block.slug for block in report.blocks() if isinstance(block, Table)}
    return f"table-{slugs[item]}" if item in slugs else item.replace(":", "-")


def _piece(piece: Piece, report: Report, link: Link) -> Markup:
    text = Markup("<em>{}</em>").format(piece.text) if piece.italic else escape(piece.text)
    if piece.refers:
        return Markup('<a href="#{}">{}</a>').format(_anchor(piece.refers, report), text)
    if piece.source:
        address = link(piece.source)
        if address:
            return Markup('<a href="{}" data-source="{}">{}</a>').format(
                address, piece.source, text
            )
        return Markup('<span data-source="{}">{}</span>').format(piece.source, text)
    return text


def _figure(figure: Figure, number: int) -> Markup:
    note = Markup("<p><em>Note.</em> {}</p>").format(figure.note) if figure.note else ""
    return Markup(
        '<figure id="figure-{}">\n<figcaption><span class="number">Figure {}</span> '
        '<span class="title">{}</span></figcaption>\n'
        '<div class="picture"{}>{}</div>\n{}</figure>\n'
    ).format(
        figure.id,
        number,
        figure.title,
        _spoken(figure),
        Markup(_PROLOGUE.sub("", figure.svg)),  # noqa: S704 - drawn by the program from escaped text
        note,
    )


def _spoken(figure: Figure) -> Markup:
    """Return how a picture is told to those who cannot see it.

    One whose numbers are links is no single image: it carries its own title and description.
    """
    if "<a " in figure.svg:
        return Markup()
    return Markup(' role="img" aria-label="{}"').format(figure.alt)


def _place(place: Place, report: Report, link: Link) -> Markup:
    if not place.written:
        return Markup('<p class="place" id="place-{}">[{}]</p>\n').format(place.id, place.prompt)
    return Markup('<div id="place-{}">\n{}</div>\n').format(
        place.id, Markup().join(_blocks(place.written, report, link))
    )
