"""The list behind a number of the flow: its references or records, or the numbers it adds up."""

from dataclasses import dataclass

from synthesis import trace
from synthesis.sentences import series
from synthesis.tables.table import Cell, Column, Kind, Row, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedLine:
    """One thing that a number counts: what it is, where it stands, and why where a reason is known."""

    key: str
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    where: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedPart:
    """A number that is part of another."""

    count: str
    words: str
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedList:
    """A number of the flow with its words, and the lines or the parts behind it."""

    count: str
    words: str
    n: int
    lines: tuple[CountedLine, ...] = ()
    parts: tuple[CountedPart, ...] = ()


def counted_table(found: CountedList) -> Table:
    """Return the list behind one number: its parts where these add up to it, else each line."""
    if found.parts and sum(part.n for part in found.parts) == found.n:
        return _parts(found)
    rows = tuple(
        Row(
            (
                Cell(line.key, source=trace.of_report(line.key)),
                Cell(line.title or "No title"),
                Cell(series(_some(line.authors))),
                Cell("" if line.year is None else str(line.year)),
                Cell(line.where),
                Cell(line.why),
            ),
            key=line.key,
        )
        for line in found.lines
    )
    return Table(
        id=f"count-{found.count}",
        title=_title(found),
        columns=(
            Column("key", "Key"),
            Column("title", "Title", width=4),
            Column("authors", "Authors", width=2, optional=True),
            Column("year", "Year", Kind.NUMBER, optional=True),
            Column("where", "Where", width=1.5, optional=True),
            Column("why", "Why", width=2, optional=True),
        ),
        rows=rows,
        unit="reference",
    )


def _parts(found: CountedList) -> Table:
    return Table(
        id=f"count-{found.count}",
        title=_title(found),
        columns=(Column("part", "Made up of", width=3), Column("n", "n", Kind.NUMBER)),
        rows=tuple(
            Row((Cell(part.words), Cell(f"{part.n:,}", source=trace.of_count(part.count))))
            for part in found.parts
        ),
        unit="count",
    )


def _title(found: CountedList) -> str:
    return f"{found.words} (n = {found.n:,})"


def _some(authors: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first three authors: the list is for finding a reference, not for citing it."""
    return authors if len(authors) <= 3 else (*authors[:3], "others")
