"""From the rows of a table, whatever file they came from, to records."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from screening.identification.carried_decisions import DECISION_COLUMNS
from screening.identification.maps.bibtex import paragraphs_of
from screening.identification.maps.fields import FieldMap
from screening.identification.maps.mapping import fields_from
from screening.identification.maps.sources_in_one import add_source_parts
from screening.identification.maps.tables import (
    KNOWN_COLUMNS,
    LONGEST_NOTHING,
    NO_ZERO,
    NOTHING,
    POINT_NOUGHT,
    REFERENCE_COLUMNS,
    TITLE_COLUMNS,
    column_names,
    table_map,
    whole_number,
)
from screening.identification.maps.tagged import OVID, WOS
from screening.identification.readers.context import Context, Found
from screening.identification.readers.tagged.ovid import fields_of_columns
from screening.identification.texts.name_lists import part_glued
from screening.identification.texts.pages import last_page
from screening.identification.texts.references import parts_of_reference

_EXCEL_TEXT = re.compile(r'="(.*)"', re.DOTALL)
_BEFORE_JSON = ("", '"', "'", "{")
_WOS_COLUMNS = frozenset({"PT", "AU", "TI", "SO"})
_OVID_COLUMNS = frozenset({"VN", "UI", "TI", "SO"})
_OF_REFERENCES = frozenset(REFERENCE_COLUMNS) - {"source"}
HEADER_WITHIN = 60
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Columns:
    """What the header row says: one name a column, and where fields are found by these names.

    `references` are columns of whole references, where there is none of titles.
    """

    names: tuple[str, ...]
    fields: FieldMap
    references: tuple[str, ...] = ()


class Row(NamedTuple):
    """One row: its cells, its verbatim text, its line or number, and the format of its file."""

    cells: list[str]
    text: str
    line: int
    format: str


def known_in(header: Iterable[str], *, first: bool = False) -> int:
    """Return how many of the cells are names of columns that hold fields, a title counting more.

    In the first row, a column of whole references counts where nothing else is known.
    """
    names = set(column_names(header))
    known = len(names & KNOWN_COLUMNS) + len(names & TITLE_COLUMNS)
    return known or int(first and not _OF_REFERENCES.isdisjoint(names))


def columns_of(header: Sequence[str], provider: str | None) -> Columns:
    """Return what a header row says about the columns below it."""
    codes = [cell.strip().strip("\ufeff") for cell in header]
    if _WOS_COLUMNS.issubset(codes):
        return Columns(tuple(codes), _WOS_TABLE)
    if _OVID_COLUMNS.issubset(codes):
        return Columns(tuple(codes), OVID)
    names = column_names(header)
    fields = table_map(provider, names)
    if not TITLE_COLUMNS.isdisjoint(names):
        return Columns(names, fields)
    return Columns(names, fields, tuple(name for name in REFERENCE_COLUMNS if name in names))


def warn_without_title(columns: Columns, line: int, context: Context) -> None:
    """Report a header row in which no column is called a title."""
    if not columns.references and not set(columns.names).intersection(columns.fields.title):
        message = (
            "No column is called a title, so no record has one; name the columns in the first row, or export "
            "again with titles."
        )
        context.warn(line, message, "no title column")


def counted_records(rows: Iterable[Row], columns: Columns, context: Context) -> Iterator[Found]:
    """Yield the record of every row with anything in it, and count the row as begun."""
    for row in rows:
        if any(row.cells):
            context.started += 1
            yield record_from(row, columns, context)


def record_from(row: Row, columns: Columns, context: Context) -> Found:
    """Return the record of one row that is not blank."""
    tags = _tags_of(row, columns)
    if len(row.cells) > len(columns.names):
        surplus = [cell for cell in row.cells[len(columns.names) :] if cell]
        if surplus:
            tags.setdefault("notes", []).extend(surplus)
            message = (
                "{n} rows are longer than the header; what stands beyond it was kept as notes."
            )
            context.tally("surplus", row.line, message, doubtful=True)
    if columns.references:
        _add_references(tags, columns.references)
    add_source_parts(tags)
    if "item doi" in columns.names and "authors" in tags:
        tags["authors"] = list(map(part_glued, tags["authors"]))
    if "page count" in tags and "first page" in tags and "last page" not in tags:
        last = last_page(tags["first page"][0], tags["page count"][0])
        if last:
            tags["last page"] = [last]
    if columns.fields is OVID:
        fields = fields_of_columns(tags, row.text)
    else:
        fields = fields_from(tags, columns.fields, row.text)
    return (fields, row.text, row.line, row.format, context.provider)


def _add_references(tags: dict[str, list[str]], columns: tuple[str, ...]) -> None:
    """Add the parts of the references in such columns, and keep them whole as notes."""
    for column in columns:
        for text in tags.get(column, ()):
            parts = parts_of_reference(text)
            if parts and "title" not in tags:
                tags |= {name: [part] for name, part in parts.items() if name not in tags}
            if parts or column != "source":
                tags.setdefault("notes", []).append(text)
            if parts:
                tags.pop("source", None)


def _tags_of(row: Row, columns: Columns) -> dict[str, list[str]]:
    """Return the values of a row under the names of their columns, those that say something."""
    tags: dict[str, list[str]] = {}
    no_zero = NO_ZERO if "gsrank" in columns.names else ()
    for column, cell in zip(columns.names, row.cells, strict=False):
        if len(cell) <= LONGEST_NOTHING and (
            not cell or cell in NOTHING or (cell == "0" and column in no_zero)
        ):
            if not cell or column not in columns.fields.title or row.cells.count(cell) > 1:
                continue
            tags.setdefault(column, []).append(cell)
        if column in DECISION_COLUMNS:
            tags.setdefault("notes", []).append(f"{column}: {cell}")
        elif cell[-2:] == POINT_NOUGHT and column not in columns.fields.title:
            tags.setdefault(column, []).append(whole_number(cell))
        else:
            tags.setdefault(column, []).append(cell)
    return tags


def cell_text(text: str) -> str:
    """Return a cell's text without what keeps Excel from reading it as a number or a formula.

    A cell wholly in braces is a value of BibTeX, as Python's programs write them into tables.
    """
    text = text.strip()
    if text.startswith("'") and text.lstrip("'").startswith(FORMULA_SIGNS):
        return text[1:]
    if text.startswith('="'):
        wrapped = _EXCEL_TEXT.fullmatch(text)
        return wrapped.group(1).strip() if wrapped else text
    if text[:1] == "{" and text[-1] == "}" and text[1:2] not in _BEFORE_JSON:
        return paragraphs_of(text[1:-1])
    return text


_WOS_TABLE = replace(WOS, lists=True)
