"""The one value behind every table, whatever format it is written in.

A table holds finished strings: builders decide what is said, writers only how it looks, so that the
Word file, the spreadsheet and the page of one table cannot differ.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

PROVISIONAL = "Provisional: decisions are still outstanding, and these figures may change."


class Kind(StrEnum):
    """What a column holds, which decides its alignment and whether a spreadsheet gets numbers."""

    TEXT = "text"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `id` names it in review.toml and in CSV, `label` is what readers see.

    Neighbouring columns of one `group` share a spanning heading. `width` is relative: a column of
    width 3 gets three times the room of a column of width 1. An `optional` column is left out where
    no row has anything in it, unless review.toml asks for it.
    """

    id: str
    label: str
    kind: Kind = Kind.TEXT
    group: str = ""
    width: float = 1.0
    optional: bool = False

    @property
    def csv_name(self) -> str:
        """Return the heading of this column in CSV: the id in plain words."""
        return self.id.replace("_", " ").replace("-", " ")


@dataclass(frozen=True, slots=True)
class Cell:
    """One finished text, its lines separated by newlines.

    `source` is the id of the ledger rows behind the text, for tracing. `note_ids` are the notes
    marked after the text. `emphasis` lists (start, end) spans of the text that are set in italics.
    """

    text: str
    source: str = ""
    note_ids: tuple[str, ...] = ()
    emphasis: tuple[tuple[int, int], ...] = ()

    def runs(self) -> Iterator[tuple[str, bool]]:
        """Yield the text in pieces, each with whether it is set in italics."""
        position = 0
        for start, end in self.emphasis:
            if start > position:
                yield self.text[position:start], False
            yield self.text[start:end], True
            position = end
        if position < len(self.text):
            yield self.text[position:], False


@dataclass(frozen=True, slots=True)
class Row:
    """One row; a `heading` row has a single cell that spans the table.

    `key` is the permanent key of what the row is about, where it is about one thing.
    """

    cells: tuple[Cell, ...]
    heading: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A note that cells, or the title, refer to by id; writers mark it with a letter."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as it is to be read.

    `unit` says what a row counts ("report", "study", "measure"). `general_notes` are printed under
    the table without a mark. `abbreviations` are (short, long) pairs in the order printed.
    `provisional` marks a table made while decisions are outstanding. Raises ValueError where a row
    does not fit the columns or a note is marked that does not exist: both are a builder's mistake.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
    general_notes: tuple[str, ...] = ()
    abbreviations: tuple[tuple[str, str], ...] = ()
    landscape: bool = False
    unit: str = ""
    provisional: bool = False

    def __post_init__(self) -> None:
        known = {note.id for note in self.notes}
        for number, row in enumerate(self.rows, start=1):
            expected = 1 if row.heading else len(self.columns)
            if len(row.cells) != expected:
                raise ValueError(
                    f"Row {number} of table {self.id} has {len(row.cells)} cells, not {expected}."
                )
            for cell in row.cells:
                missing = set(cell.note_ids) - known
                if missing:
                    raise ValueError(f"Table {self.id} marks unknown notes: {sorted(missing)}.")

    @property
    def slug(self) -> str:
        """Return the id in letters, digits, hyphens and underscores, for file names and anchors."""
        return re.sub(r"[^\w-]+", "-", self.id).strip("-") or "table"

    @property
    def body(self) -> tuple[Row, ...]:
        """Return the rows that are not headings."""
        return tuple(row for row in self.rows if not row.heading)

    def marks(self) -> dict[str, str]:
        """Return the letter of each marked note, in the order readers meet them: a, b, ... z, aa."""
        met = dict.fromkeys(
            note_id for row in self.rows for cell in row.cells for note_id in cell.note_ids
        )
        return {note_id: _letter(index) for index, note_id in enumerate(met)}

    def marked_notes(self) -> tuple[tuple[str, str], ...]:
        """Return (letter, text) of each note in reading order; a note no cell marks has no letter."""
        texts = {note.id: note.text for note in self.notes}
        marks = self.marks()
        unmarked = tuple(("", text) for note_id, text in texts.items() if note_id not in marks)
        return tuple((letter, texts[note_id]) for note_id, letter in marks.items()) + unmarked

    def general_note(self) -> str:
        """Return what is printed after "Note.": the general notes, then the key to abbreviations."""
        key = "; ".join(f"{short} = {long}" for short, long in self.abbreviations)
        return " ".join([*self.general_notes, *([f"{key}."] if key else [])])

    def groups(self) -> tuple[tuple[str, int], ...]:
        """Return (group, number of columns) runs from left to right; empty where nothing is grouped."""
        runs: list[tuple[str, int]] = []
        for column in self.columns:
            if runs and runs[-1][0] == column.group:
                runs[-1] = (column.group, runs[-1][1] + 1)
            else:
                runs.append((column.group, 1))
        return tuple(runs) if any(group for group, _ in runs) else ()


def _letter(index: int) -> str:
    rest, last = divmod(index, 26)
    return (_letter(rest - 1) if rest else "") + chr(ord("a") + last)


def with_used_abbreviations(table: Table, known: Mapping[str, str]) -> Table:
    """Return the table with the key to those abbreviations, its own and known ones, that its text uses.

    An abbreviation counts as used where it stands as a word of its own, upper and lower case kept
    apart. Pairs are sorted by abbreviation.
    """
    texts = [column.label for column in table.columns]
    texts += [cell.text for row in table.rows for cell in row.cells]
    texts += [note.text for note in table.notes]
    text = "\n".join([table.title, *texts, *table.general_notes])
    meanings = {**known, **dict(table.abbreviations)}
    used = tuple(
        (short, meanings[short])
        for short in sorted(meanings, key=lambda word: (word.casefold(), word))
        if re.search(rf"(?<![\w-]){re.escape(short)}(?![\w-])", text)
    )
    return replace(table, abbreviations=used)
