"""What changed in the protocol after it was first adopted (PRISMA 2020 item 24c)."""

from collections.abc import Sequence

from synthesis.included import Amendment
from synthesis.tables.table import Cell, Column, Kind, Row, Table
from synthesis.tables.wording import NOT_YET, in_words, with_not_yet_note


def amendments_table(amendments: Sequence[Amendment]) -> Table:
    """Return a row per later version of the protocol, with its date, its reason and what changed."""
    rows = tuple(
        Row(
            (
                Cell(str(each.version)),
                Cell(in_words(each.adopted.isoformat())),
                Cell(each.by),
                Cell(each.reason or NOT_YET),
                Cell("\n".join(each.changes)),
            ),
            key=str(each.version),
        )
        for each in amendments
    )
    table = Table(
        id="amendments",
        title="Amendments to the protocol",
        columns=(
            Column("version", "Version", Kind.NUMBER, width=0.6),
            Column("adopted", "Date", width=1.2),
            Column("by", "By", width=1),
            Column("reason", "Reason", width=2.5),
            Column("changes", "Changes", width=3, optional=True),
        ),
        rows=rows,
        unit="amendment",
    )
    return with_not_yet_note(table)
