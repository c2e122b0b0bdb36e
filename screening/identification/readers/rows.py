"""From the rows of a table, whatever file they came from, to records."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from screening.identification.field_maps import FieldMap
from screening.identification.mapping import fields_from
from screening.identification.carried_decisions import DECISION_COLUMNS
from screening.identification.providers import WOS
from screening.identification.readers.context import Context, Found
from screening.identification.table_maps import KNOWN_COLUMNS, TITLE_COLUMNS, column_name, table_map

_EXCEL_TEXT = re.compile(r'="(.*)"', re.DOTALL)
_WOS_COLUMNS = frozenset({"PT", "AU", "TI", "SO"})
HEADER_WITHIN = 60
FORMULA_SIGNS = "=+-@"


@dataclass(frozen=True, slots=True)
class Columns:
    """What the header row says: one name a column, and where fields are found by these names."""

    names: tuple[str, ...]
    fields: FieldMap


def known_in(header: Iterable[str]) -> int:
    """Return how many of the cells are names of columns that hold fields, a title counting more."""
    names = {column_name(cell) for cell in header}
    return len(names & KNOWN_COLUMNS) + len(names & TITLE_COLUMNS)


def columns_of(header: Sequence[str], provider: str | None) -> Columns:
    """Return what a header row says about the columns below it."""
    codes = [cell.strip().strip("\ufeff") for cell in header]
    if _WOS_COLUMNS.issubset(codes):
        return Columns(tuple(codes), _WOS_TABLE)
    names = tuple(column_name(cell) for cell in header)
    return Columns(names, table_map(provider, names))


def record_from(cells: list[str], columns: Columns, text: str, line: int | None, context: Context, name: str) -> Found:
    """Return the record of one row that is not blank."""
    tags: dict[str, list[str]] = {}
    for column, cell in zip(columns.names, cells, strict=False):
        if cell and column in DECISION_COLUMNS:
            tags.setdefault("notes", []).append(f"{column}: {cell}")
        elif cell:
            tags.setdefault(column, []).append(cell)
    if len(cells) > len(columns.names):
        surplus = [cell for cell in cells[len(columns.names) :] if cell]
        if surplus:
            tags.setdefault("notes", []).extend(surplus)
            message = "{n} rows are longer than the header; what stands beyond it was kept as notes."
            context.tally("surplus", line, message, doubtful=True)
    return Found(fields_from(tags, columns.fields, text), text, line, name, context.provider)


def cell_text(text: str) -> str:
    """Return a cell's text without what keeps Excel from reading it as a number or a formula."""
    text = text.strip()
    if len(text) > 1 and text[0] == "'" and text[1] in FORMULA_SIGNS:
        return text[1:]
    if text.startswith('="'):
        wrapped = _EXCEL_TEXT.fullmatch(text)
        return wrapped.group(1).strip() if wrapped else text
    return text


_WOS_TABLE = replace(WOS, lists=True)
