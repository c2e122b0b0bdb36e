"""A table as its section of review.toml asks for it: what authors change without touching data."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from screening.problems import Problem, error
from screening.toml_text import closest
from synthesis.tables.section import TableSection
from synthesis.tables.table import Column, Kind, Note, Row, Table
from synthesis.tables.wording import without_unneeded_dash_note

_FAMILIES = ("measures", "groups")
"""What begins the ids of tables that may share one section of review.toml."""


def section_for(table_id: str, sections: Mapping[str, TableSection]) -> TableSection:
    """Return the section of a table: its own, or the one that all tables of measures or groups share."""
    family = table_id.partition("_")[0]
    shared = family if family in _FAMILIES else table_id
    return sections.get(table_id) or sections.get(shared) or TableSection()


def unknown_tables(
    sections: Mapping[str, TableSection], known: Iterable[str], name: str = "review.toml"
) -> list[Problem]:
    """Return an error for each section that belongs to no table."""
    ids = list(known)
    return [
        error(
            f"{name}, [tables.{section}]",
            f'There is no table "{section}".'
            + (closest(section, ids) or f" The tables are {', '.join(sorted(ids))}."),
            f"tables.{section}",
        )
        for section in sections
        if section not in ids
    ]


def arrange(
    table: Table, section: TableSection, shown: Sequence[str] = (), *, name: str = "review.toml"
) -> tuple[Table, list[Problem]]:
    """Return the table as its section asks for, with an error for each thing it does not have.

    `table` carries every column it could show; `shown` are the ids it shows unless the section
    selects others (none given: all), without optional columns that are empty. Unknown columns are
    left out and named.
    """
    where = f"{name}, [tables.{table.id}]"
    ids = [column.id for column in table.columns]
    asked = [*section.columns, *section.labels, *([section.sort] if section.sort else [])]
    unknown = dict.fromkeys(each for each in asked if each.removeprefix("-") not in ids)
    problems = [
        error(
            where,
            f'The table has no column "{each}".'
            + (closest(each, ids) or f" Its columns are {', '.join(ids)}."),
            f"tables.{table.id}.{each}",
        )
        for each in unknown
    ]
    if section.sort and section.sort not in unknown:
        table = replace(table, rows=_sorted(table, section.sort))
    selected = [each for each in section.columns if each not in unknown]
    empty = _empty_options(table)
    chosen = selected or [each for each in shown or ids if each not in empty]
    return _with_looks(without_unneeded_dash_note(_selected(table, chosen)), section), problems


def _selected(table: Table, ids: Sequence[str]) -> Table:
    places = {column.id: place for place, column in enumerate(table.columns)}
    chosen = [places[each] for each in ids]
    rows = tuple(
        row if row.heading else replace(row, cells=tuple(row.cells[place] for place in chosen))
        for row in table.rows
    )
    marked = {note for row in rows for cell in row.cells for note in cell.note_ids}
    dropped = set(table.marks()) - marked
    return replace(
        table,
        columns=tuple(table.columns[place] for place in chosen),
        rows=rows,
        notes=tuple(note for note in table.notes if note.id not in dropped),
    )


def _empty_options(table: Table) -> set[str]:
    return {
        column.id
        for place, column in enumerate(table.columns)
        if column.optional and not any(row.cells[place].text for row in table.body)
    }


def _with_looks(table: Table, section: TableSection) -> Table:
    columns = tuple(
        replace(column, label=section.labels.get(column.id, column.label))
        for column in table.columns
    )
    own = tuple(Note(f"author-{place}", text) for place, text in enumerate(section.notes))
    return replace(
        table,
        title=section.title or table.title,
        columns=columns,
        notes=table.notes + own,
        landscape=table.landscape if section.landscape is None else section.landscape,
    )


def _sorted(table: Table, sort: str) -> tuple[Row, ...]:
    """Return the rows in order of one column, blanks last, each heading keeping its own."""
    wanted = sort.removeprefix("-")
    place = next(n for n, column in enumerate(table.columns) if column.id == wanted)
    column = table.columns[place]
    blocks: list[list[Row]] = [[]]
    for row in table.rows:
        if row.heading:
            blocks.append([row])
        else:
            blocks[-1].append(row)
    rows: list[Row] = []
    for block in blocks:
        rows += [row for row in block if row.heading]
        body = [row for row in block if not row.heading]
        body.sort(key=lambda row: _order(column, row.cells[place].text), reverse=sort[0] == "-")
        blank = [row for row in body if not row.cells[place].text]
        rows += [row for row in body if row.cells[place].text] + blank
    return tuple(rows)


def _order(column: Column, text: str) -> tuple[bool, float, str]:
    """Return what a text sorts by: numbers by size before words, words without accents or case."""
    if column.kind is Kind.NUMBER:
        try:
            return (False, float(text), "")
        except ValueError:
            return (True, 0.0, text)
    plain = unicodedata.normalize("NFKD", text.casefold())
    return (True, 0.0, "".join(sign for sign in plain if not unicodedata.combining(sign)))
