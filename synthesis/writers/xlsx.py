"""Tables as one Excel workbook: a sheet each, headings frozen and filtered, text never a formula."""

import io
import re
from collections.abc import Sequence
from datetime import datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from synthesis.tables.table import PROVISIONAL, Cell, Column, Kind, Table

# The workbook says nothing about when it was made, so that the same tables give the same bytes.
_CREATED = datetime(2020, 1, 1)  # noqa: DTZ001 - the library writes naive times
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.(\d+))?")
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\']")
_CELL_LIMIT = 32767  # characters; Excel's own limit


def write(tables: Sequence[Table]) -> bytes:
    """Return a workbook with a sheet of contents and one sheet per table.

    Plain numbers in number columns are stored as numbers, everything else as text: a text that
    starts with "=" stays a text. A text longer than Excel's limit of 32,767 characters goes on in
    the notes under its table.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        book.set_properties({"created": _CREATED, "title": "Tables"})
        contents = book.add_worksheet("Contents")
        names = sheet_names(tables)
        for table, name in zip(tables, names, strict=True):
            _Sheet(book, name).fill(table)
        _fill_contents(book, contents, tables, names)
    return out.getvalue()


def sheet_names(tables: Sequence[Table]) -> list[str]:
    """Return a sheet name for each table: its id, legal in Excel (31 characters) and unique."""
    names: list[str] = []
    taken = {"contents", "history"}  # Excel keeps "History" for itself
    for table in tables:
        base = _FORBIDDEN_IN_NAME.sub(" ", table.id).strip()[:31] or "Table"
        name, number = base, 2
        while name.casefold() in taken:
            suffix = f" {number}"
            name, number = base[: 31 - len(suffix)] + suffix, number + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _fill_contents(
    book: Workbook, sheet: Worksheet, tables: Sequence[Table], names: Sequence[str]
) -> None:
    bold = book.add_format({"bold": True, "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    link = book.add_format({"font_color": "#0b57d0", "underline": 1, "valign": "top"})
    for column, (label, width) in enumerate((("Table", 8), ("Sheet", 24), ("Title", 80))):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, label, bold)
    for row, (table, name) in enumerate(zip(tables, names, strict=True), start=1):
        sheet.write_number(row, 0, row, wrap)
        sheet.write_url(row, 1, f"internal:'{name}'!A1", link, name)
        sheet.write_string(row, 2, table.title, wrap)
    sheet.freeze_panes(1, 0)


class _Sheet:
    """One sheet being written from the heading down."""

    def __init__(self, book: Workbook, name: str) -> None:
        self.book = book
        self.sheet = book.add_worksheet(name)
        self.heading = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "bottom", "top": 2, "bottom": 1}
        )
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.bold = book.add_format({"bold": True, "valign": "top"})
        self.formats: dict[int, Format] = {}

    def fill(self, table: Table) -> None:
        total = sum(column.width for column in table.columns) or 1
        for index, column in enumerate(table.columns):
            self.sheet.set_column(index, index, max(9, min(60, 140 * column.width / total)))
            label = f"{column.group}: {column.label}" if column.group else column.label
            self.sheet.write_string(0, index, label, self.heading)
        marks = table.marks()
        overflow: list[str] = []
        for number, row in enumerate(table.rows, start=1):
            if row.heading:
                self.sheet.write_string(number, 0, row.cells[0].text, self.bold)
                continue
            for index, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
                overflow += self._cell((number, index), column, cell, marks)
        last = len(table.rows)
        self.sheet.freeze_panes(1, 1)
        if last:
            self.sheet.autofilter(0, 0, last, len(table.columns) - 1)
        self._notes(table, last + 2, overflow)
        self._print(table)

    def _cell(
        self, place: tuple[int, int], column: Column, cell: Cell, marks: dict[str, str]
    ) -> list[str]:
        letters = ", ".join(marks[note] for note in cell.note_ids)
        match = _NUMBER.fullmatch(cell.text)
        if column.kind is Kind.NUMBER and match and not letters:
            self.sheet.write_number(*place, float(cell.text), self._number(len(match[3] or "")))
            return []
        text = f"{cell.text} [{letters}]" if letters else cell.text
        self.sheet.write_string(*place, text[:_CELL_LIMIT], self.text)
        return [text[_CELL_LIMIT:]] if len(text) > _CELL_LIMIT else []

    def _number(self, decimals: int) -> Format:
        if decimals not in self.formats:
            pattern = "0" + ("." + "0" * decimals if decimals else "")
            self.formats[decimals] = self.book.add_format({"num_format": pattern, "valign": "top"})
        return self.formats[decimals]

    def _notes(self, table: Table, row: int, overflow: Sequence[str]) -> None:
        general = table.general_note()
        lines = [table.title, *([f"Note. {general}"] if general else [])]
        lines += [f"[{mark}] {text}" if mark else text for mark, text in table.marked_notes()]
        lines += [PROVISIONAL] if table.provisional else []
        lines += [f"Continued: {text}" for text in overflow]
        for offset, line in enumerate(lines):
            self.sheet.write_string(row + offset, 0, line[:_CELL_LIMIT])

    def _print(self, table: Table) -> None:
        self.sheet.set_paper(9)  # A4
        self.sheet.repeat_rows(0)
        self.sheet.fit_to_pages(1, 0)
        if table.landscape:
            self.sheet.set_landscape()
