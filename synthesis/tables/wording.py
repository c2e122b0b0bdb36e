"""How tables word what is missing, and dates, so that all of them word it alike."""

from dataclasses import replace

from synthesis.tables.table import Table

NOT_YET = "\N{EM DASH}"
_NOT_YET_NOTE = f"{NOT_YET} = not yet recorded."

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def in_words(partial_date: str) -> str:
    """Return "2022-04-12" as "12 April 2022", "2022-04" as "April 2022", "2022" as it is."""
    year, *rest = partial_date.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


def with_not_yet_note(table: Table) -> Table:
    """Return the table with the meaning of its dashes among its notes, where it has any."""
    if any(cell.text == NOT_YET for row in table.rows for cell in row.cells):
        return replace(table, general_notes=(*table.general_notes, _NOT_YET_NOTE))
    return table


def without_unneeded_dash_note(table: Table) -> Table:
    """Return the table without the meaning of dashes, where the columns that had any are left out."""
    kept = tuple(said for said in table.general_notes if said != _NOT_YET_NOTE)
    return (
        with_not_yet_note(replace(table, general_notes=kept))
        if kept != table.general_notes
        else table
    )
