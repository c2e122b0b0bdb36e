"""Worksheets to and from xlsx bytes: what people fill in, not what they publish."""

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import cast

import openpyxl
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from screening.grid import CellValue, Grid
from screening.problems import Problem, WinnowError, error

_FIXED_DATE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_MOST_BYTES = 200 * 1024 * 1024
_SPARE_ROWS = 500


def write_xlsx(grids: list[Grid] | tuple[Grid, ...]) -> bytes:
    """Return the worksheets as one workbook, the same bytes for the same cells.

    The header is frozen and bears the notes, cells with few choices get drop-down lists, and text stays text: nothing a
    person writes becomes a formula.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    book.set_properties({"created": _FIXED_DATE})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    words = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for grid in grids:
        sheet = book.add_worksheet(grid.sheet or "Sheet1")
        sheet.freeze_panes(1, 1)
        for position, width in enumerate(grid.widths):
            # Numbers keep the number format; every other column is text, or 1-2 becomes a date.
            numeric = all(each.isdecimal() for each in grid.choices.get(position, ("x",)))
            sheet.set_column(position, position, width, body if numeric else words)
        for row, cells in enumerate(grid.rows):
            for column, cell in enumerate(cells):
                form = head if row == 0 else body if isinstance(cell, int | float) else words
                if cell is None or cell == "":
                    continue
                if isinstance(cell, str):
                    sheet.write_string(row, column, cell, form)
                else:
                    sheet.write(row, column, cell, form)
        for position, said in grid.notes.items():
            sheet.write_comment(0, position, said, {"x_scale": 2, "y_scale": 2})
        last = len(grid.rows) + _SPARE_ROWS
        for position, choices in grid.choices.items():
            if len(",".join(choices)) <= 255:  # the longest list Excel takes
                source = [int(each) if each.isdecimal() else each for each in choices]
                rule = {"validate": "list", "source": source, "error_type": "warning"}
                sheet.data_validation(1, position, last, position, rule)
    book.close()
    return stream.getvalue()


def read_xlsx(data: bytes, name: str) -> tuple[tuple[Grid, ...], tuple[Problem, ...]]:
    """Return a workbook's worksheets as shown, and cells that hold nothing a program can read.

    Empty worksheets are left out. Raises WinnowError where the bytes are no workbook.
    """
    _refuse_what_is_no_workbook(data, name)
    try:
        shown = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        typed = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        grids: list[Grid] = []
        problems: list[Problem] = []
        for sheet in shown.worksheets:
            rows = [_trimmed(row) for row in sheet.iter_rows(values_only=True)]
            while rows and not rows[-1]:
                rows.pop()
            if not rows:
                continue
            grid = Grid(sheet=sheet.title, rows=tuple(rows), file=name)
            grids.append(grid)
            problems += _unreadable_cells(grid, typed[sheet.title])
    except Exception as broken:  # a damaged workbook makes openpyxl raise almost anything
        raise WinnowError(_no_workbook(name)) from broken
    return tuple(grids), tuple(problems)


def _trimmed(cells: Iterable[object]) -> tuple[CellValue, ...]:
    kept = [_plain(cell) for cell in cells]
    while kept and (kept[-1] is None or kept[-1] == ""):
        kept.pop()
    return tuple(kept)


def _plain(cell: object) -> CellValue:
    known = cell is None or isinstance(cell, str | int | float | date | time | timedelta)
    return cast("CellValue", cell) if known else str(cell)


def _unreadable_cells(grid: Grid, typed: Worksheet) -> list[Problem]:
    problems = []
    for row, cells in enumerate(typed.iter_rows()):
        for column, cell in enumerate(cells):
            if cell.data_type == "e":
                sentence = f"The cell holds the error {cell.value}; write the value itself."
            elif cell.data_type == "f" and (
                row >= len(grid.rows) or grid.cell(row, column) in (None, "")
            ):
                sentence = (
                    "The cell holds a formula whose result was not saved; open the file in a "
                    "spreadsheet program and save it, or write the value itself."
                )
            else:
                continue
            problems.append(error(grid.place(row, column), sentence))
    return problems


def _refuse_what_is_no_workbook(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
            known = "[Content_Types].xml" in archive.namelist()
    except zipfile.BadZipFile as broken:
        raise WinnowError(_no_workbook(name)) from broken
    if not known:
        raise WinnowError(_no_workbook(name))
    if size > _MOST_BYTES:
        raise WinnowError(
            error(name, "The workbook unpacks to over 200 MB, which no sheet of a review does.")
        )


def _no_workbook(name: str) -> Problem:
    return error(name, "This is not an xlsx workbook; save it as .xlsx or .csv and read it again.")
