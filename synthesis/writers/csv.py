"""Tables as comma-separated values (RFC 4180, UTF-8): one file per table, for other programs."""

import csv
import io

from synthesis.tables.table import Table


def write(table: Table) -> bytes:
    """Return the table as CSV: one heading row of column names, then one row per row.

    Spanning heading rows, notes and marks are left out, so that every line is data.
    """
    out = io.StringIO(newline="")
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow([column.csv_name for column in table.columns])
    lines.writerows([cell.text for cell in row.cells] for row in table.body)
    return out.getvalue().encode()
