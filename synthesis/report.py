"""The report as a value: sections of prose, tables, figures and places for the authors' own text.

Two writers turn it into one Word file and one HTML file. Tables and figures are numbered in the
order in which they stand, and every reference to one takes its number from there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from synthesis.sentences import Piece, Sentence
from synthesis.tables.table import Table


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of generated or of the authors' own prose; `item` makes it a point of a list."""

    sentence: Sentence
    item: bool = False


@dataclass(frozen=True, slots=True)
class WordPicture:
    """A picture as a Word file carries it: `svg` with its text as shapes, since Word lacks the font.

    `png` is for programs that draw no SVG.
    """

    svg: str
    png: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A finished picture with the title of its caption and its alternative text.

    `svg` has its text as text. `for_word` draws the picture for a Word file, which takes a while and
    is done only when one is written.
    """

    id: str
    title: str
    alt: str
    svg: str
    for_word: Callable[[], WordPicture]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A named place for the authors' own text, with what belongs there; `written` is what they wrote.

    An empty place is shown with its prompt while the report is being made.
    """

    id: str
    prompt: str
    written: tuple[Paragraph, ...] = ()


Block = Paragraph | Table | Figure | Place


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it; sections of level 2 belong to the one of level 1 above."""

    id: str
    heading: str
    level: int
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole report in reading order."""

    title: str
    authors: tuple[str, ...]
    sections: tuple[Section, ...]
    provisional: bool

    def blocks(self) -> Iterator[Block]:
        """Yield everything that stands in the report, in order."""
        for section in self.sections:
            yield from section.blocks

    def tables(self) -> dict[str, int]:
        """Return the number of each table by id, counted from 1."""
        ids = (block.id for block in self.blocks() if isinstance(block, Table))
        return {item: number for number, item in enumerate(dict.fromkeys(ids), start=1)}

    def figures(self) -> dict[str, int]:
        """Return the number of each figure by id, counted from 1."""
        ids = (block.id for block in self.blocks() if isinstance(block, Figure))
        return {item: number for number, item in enumerate(dict.fromkeys(ids), start=1)}

    def names(self) -> dict[str, str]:
        """Return what each is called in the text, a table by its id and a figure by "figure:" and id."""
        tables = {item: f"Table {number}" for item, number in self.tables().items()}
        figures = {f"figure:{item}": f"Figure {n}" for item, n in self.figures().items()}
        return tables | figures


def with_references(report: Report) -> Report:
    """Return the report with the text of each reference filled in ("Table 3").

    Raises ValueError for a reference to what the report does not hold: a composer's mistake.
    """
    names = report.names()

    def filled(piece: Piece) -> Piece:
        if not piece.refers:
            return piece
        if piece.refers not in names:
            raise ValueError(f"The report refers to {piece.refers}, which it does not hold.")
        return replace(piece, text=names[piece.refers])

    def block(each: Block) -> Block:
        if not isinstance(each, Paragraph):
            return each
        return replace(each, sentence=Sentence(tuple(map(filled, each.sentence.pieces))))

    sections = tuple(
        replace(section, blocks=tuple(map(block, section.blocks))) for section in report.sections
    )
    return replace(report, sections=sections)
