"""A worksheet as plain cells, and how rows are read from it with every mistake named by its cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Generic, TypeVar

from screening.mistakes import nearest
from screening.problems import Problem, error, has_errors

CellValue = str | int | float | bool | date | time | timedelta | None
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one worksheet or CSV file, row by row, the header first.

    `sheet` is empty for a CSV file. `choices` are the allowed texts of a column, by its position, for
    a drop-down list in the spreadsheet. `widths` are column widths in characters. `notes` stand beside
    headings, by position, where the format can hold them; they are never read back.
    """

    sheet: str
    rows: tuple[tuple[CellValue, ...], ...]
    file: str = ""
    choices: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    widths: tuple[int, ...] = ()
    notes: Mapping[int, str] = field(default_factory=dict)

    def place(self, row: int, column: int | None = None) -> str:
        """Return where a cell is, counted from 0, as a person finds it: "a.xlsx, sheet CCAT, cell D7"."""
        cell = f"row {row + 1}" if column is None else f"cell {column_letters(column)}{row + 1}"
        sheet = f"sheet {self.sheet}" if self.sheet else ""
        return ", ".join(part for part in (self.file, sheet, cell) if part)

    def cell(self, row: int, column: int) -> CellValue:
        """Return a cell's value, None beyond the end of its row."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None


@dataclass(frozen=True, slots=True)
class Column:
    """A column as a sheet expects it: its id, its heading, and whether a sheet may lack it."""

    id: str
    title: str
    needed: bool = True
    choices: tuple[str, ...] = ()
    width: int = 14
    note: str = ""


@dataclass(frozen=True, slots=True)
class Imported(Generic[T]):
    """What a sheet held. Where there is any error there are no rows: a wrong file changes nothing."""

    rows: tuple[T, ...]
    problems: tuple[Problem, ...]

    @classmethod
    def unless_wrong(cls, rows: Sequence[T], problems: Sequence[Problem]) -> "Imported[T]":
        """Return the rows, or none of them where a problem is an error."""
        return cls(() if has_errors(problems) else tuple(rows), tuple(problems))


@dataclass(frozen=True, slots=True)
class Line:
    """One filled row of a grid: its position and the texts of its filled cells by column id."""

    row: int
    texts: Mapping[str, str]


@dataclass(slots=True)
class Sheet:
    """A grid matched with the columns it should have; problems gather as it is read."""

    grid: Grid
    columns: Sequence[Column]
    problems: list[Problem] = field(default_factory=list)
    _positions: dict[str, int] = field(default_factory=dict)

    def lines(self) -> Iterator[Line]:
        """Yield the filled rows under the header; nothing where the header cannot be read."""
        if not self._read_header():
            return
        for row in range(1, len(self.grid.rows)):
            texts = {}
            for column_id, position in self._positions.items():
                text = self._text(row, position)
                if text:
                    texts[column_id] = text
            self._note_strays(row)
            if texts:
                yield Line(row, texts)

    def has(self, column_id: str) -> bool:
        """Return whether the sheet has this column; known once its lines were read."""
        return column_id in self._positions

    def mistake(self, line: Line, column_id: str | None, sentence: str) -> None:
        """Add an error at the cell of a line, or at its row where no column is to blame."""
        position = self._positions.get(column_id) if column_id else None
        self.problems.append(error(self.grid.place(line.row, position), sentence, column_id or ""))

    def _read_header(self) -> bool:
        known = {}
        for column in self.columns:
            known[column.title.casefold()] = column.id
            known[column.id.casefold()] = column.id
        header = self.grid.rows[0] if self.grid.rows else ()
        for position, cell in enumerate(header):
            heading = "" if cell is None else str(cell).strip()
            if not heading:
                continue
            column_id = known.get(heading.casefold())
            place = self.grid.place(0, position)
            if column_id is None:
                hint = nearest(heading, [column.title for column in self.columns])
                self.problems.append(error(place, f"The column {heading} is not known here.{hint}"))
            elif column_id in self._positions:
                self.problems.append(error(place, f"The column {heading} is there twice."))
            else:
                self._positions[column_id] = position
        lacking = [c.title for c in self.columns if c.needed and c.id not in self._positions]
        if lacking:
            self.problems.append(
                error(
                    self.grid.place(0),
                    f"The heading {', '.join(lacking)} is missing. Begin from the template, and keep "
                    "its first row.",
                )
            )
        return not self.problems

    def _text(self, row: int, position: int) -> str:
        value = self.grid.cell(row, position)
        if isinstance(value, date | time | timedelta):
            self.problems.append(
                error(
                    self.grid.place(row, position),
                    f"The spreadsheet turned this into the date or time {value}. Format the cell as "
                    "text and write it again.",
                )
            )
            return ""
        return cell_text(value)

    def _note_strays(self, row: int) -> None:
        headed = set(self._positions.values())
        for position in range(len(self.grid.rows[row])):
            if position not in headed and cell_text(self.grid.cell(row, position)):
                self.problems.append(
                    error(
                        self.grid.place(row, position),
                        "This stands in a column without a heading; move it or remove it.",
                    )
                )


def cell_text(value: CellValue) -> str:
    """Return a cell as text: whole numbers without a point, booleans as yes and no, empty as ""."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()


def column_letters(position: int) -> str:
    """Return the letters of a column counted from 0: A, B ... Z, AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def grid_of(
    sheet: str, columns: Sequence[Column], lines: Sequence[Mapping[str, CellValue]]
) -> Grid:
    """Return lines keyed by column id as a grid under the columns' headings."""
    header: tuple[CellValue, ...] = tuple(column.title for column in columns)
    body = tuple(tuple(line.get(column.id) for column in columns) for line in lines)
    return Grid(
        sheet=sheet,
        rows=(header, *body),
        choices={n: column.choices for n, column in enumerate(columns) if column.choices},
        widths=tuple(column.width for column in columns),
        notes={n: column.note for n, column in enumerate(columns) if column.note},
    )
