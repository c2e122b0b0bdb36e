"""From the sheets of a workbook, whatever program wrote it, to records."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, TypeVar

from screening.identification.readers.context import Context, Found
from screening.identification.readers.tables.rows import (
    HEADER_WITHIN,
    Row,
    cell_text,
    columns_of,
    counted_records,
    known_in,
    warn_without_title,
)
from screening.problems import error

Sheet = tuple[str, Iterator[list[str]]]
"""A sheet's name and its rows."""
_Any = TypeVar("_Any")


def read_sheets(
    sheets: Iterator[Sheet], failures: tuple[type[Exception], ...], context: Context, syntax: str
) -> Iterator[Found]:
    """Yield every row below the header row of every sheet; a sheet without one is named.

    `failures` are what the sheets and rows may raise where the file is damaged: that is named, and what stands
    before is kept.
    """
    damage: list[Exception] = []
    for title, rows in _until(sheets, failures, damage):
        yield from _sheet(title, _until(rows, failures, damage), context, syntax)
        if damage:
            break
    if damage:
        read = "what stands before the damage was read" if context.started else "nothing was read"
        message = (
            f"The workbook cannot be opened or is damaged ({damage[0]}); {read}. Open it in a spreadsheet program, "
            "save it as .xlsx or CSV, and give that."
        )
        context.problems.append(error(context.name, message, "damaged"))


def _until(
    items: Iterator[_Any], failures: tuple[type[Exception], ...], damage: list[Exception]
) -> Iterator[_Any]:
    """Yield what comes until one of the failures is raised, and put that down as the damage."""
    try:
        yield from items
    except failures as failure:
        damage.append(failure)


def _sheet(title: str, rows: Iterator[list[str]], context: Context, syntax: str) -> Iterator[Found]:
    waiting: list[list[str]] = []
    best = 0
    header = 0
    for row in rows:
        waiting.append(row)
        known = known_in(row, first=len(waiting) == 1)
        if known > best:
            best, header = known, len(waiting) - 1
        if len(waiting) >= HEADER_WITHIN:
            break
    if not best:
        if any(any(row) for row in waiting):
            message = f"The sheet '{title}' has no header row with a title and was passed."
            context.warn(None, message, "sheet")
        return
    columns = columns_of(waiting[header], context.provider)
    warn_without_title(columns, header + 1, context)
    below = enumerate(chain(waiting[header + 1 :], rows), start=header + 2)
    yield from counted_records(
        (Row(list(map(cell_text, row)), "\t".join(row), number, syntax) for number, row in below),
        columns,
        context,
    )


def text_of(value: Any) -> str:  # noqa: ANN401  # a cell holds anything
    """Return what a cell holds as text, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return (
        _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), str(value))
        if "_x" in str(value)
        else str(value)
    )


# How spreadsheets write control characters (ECMA-376, ST_Xstring).
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
