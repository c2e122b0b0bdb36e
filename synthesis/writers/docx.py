"""Tables as one Word file, each with its caption, three lines, and notes."""

from collections.abc import Sequence

from synthesis.tables.table import Table
from synthesis.writers.docx_page import new_document, saved, turn
from synthesis.writers.docx_table import add_table


def write(tables: Sequence[Table], *, title: str = "Tables") -> bytes:
    """Return a Word file (A4) with all the tables, numbered by fields from 1.

    A wide table stands on a landscape page of its own section.
    """
    document = new_document(title)
    for number, table in enumerate(tables, start=1):
        turn(document, landscape=table.landscape)
        add_table(document, table, number)
    return saved(document)
