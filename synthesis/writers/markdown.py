"""Tables as Markdown pipe tables (GitHub's dialect), for notes and repositories."""

import re
from collections.abc import Sequence

from synthesis.tables.table import PROVISIONAL, Cell, Kind, Row, Table

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def write(tables: Sequence[Table]) -> bytes:
    """Return all the tables one under another, numbered from 1."""
    parts = [fragment(table, number) for number, table in enumerate(tables, start=1)]
    return "\n".join(parts).encode()


def fragment(table: Table, number: int | None = None) -> str:
    """Return one table with its caption above and its notes below.

    The dialect knows no spanning cells: a heading row stands in bold in the first column, and a
    column's group is put before its label.
    """
    marks = table.marks()
    title = f"*{escape(table.title)}*"
    caption = title if number is None else f"**Table {number}.** {title}"
    labels = [
        escape(f"{column.group}: {column.label}" if column.group else column.label)
        for column in table.columns
    ]
    rules = ["---:" if column.kind is Kind.NUMBER else "---" for column in table.columns]
    lines = [caption, "", _line(labels), _line(rules)]
    lines += [_line(_cells(table, row, marks)) for row in table.rows]
    lines += [line for foot in _footing(table) for line in ("", foot)]
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """Return the text with Markdown's signs made plain and its lines joined by breaks."""
    return _SPECIAL.sub(r"\\\1", text).replace("\n", "<br>")


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(table: Table, row: Row, marks: dict[str, str]) -> list[str]:
    texts = [_content(cell, marks) for cell in row.cells]
    if row.heading:
        return [f"**{texts[0]}**", *[""] * (len(table.columns) - 1)]
    return texts


def _content(cell: Cell, marks: dict[str, str]) -> str:
    text = "".join(
        f"*{escape(piece)}*" if italic else escape(piece) for piece, italic in cell.runs()
    )
    letters = ", ".join(marks[note] for note in cell.note_ids)
    return f"{text}<sup>{letters}</sup>" if letters else text


def _footing(table: Table) -> list[str]:
    lines = [f"*Note.* {escape(general)}"] if (general := table.general_note()) else []
    for letter, text in table.marked_notes():
        lines.append(f"<sup>{letter}</sup> {escape(text)}" if letter else escape(text))
    return [*lines, f"**{PROVISIONAL}**"] if table.provisional else lines
