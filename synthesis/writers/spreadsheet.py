"""Any spreadsheet file as worksheets."""

from screening.grid import Grid, Imported
from screening.problems import WinnowError, error


def read_spreadsheet(data: bytes, name: str) -> Imported[Grid]:
    """Return the worksheets of an xlsx or CSV file, known by its bytes and not by its name alone.

    Where a cell cannot be read there are no worksheets, only problems. Raises WinnowError where the
    file is neither kind.
    """
    if data.startswith(b"PK"):
        from synthesis.writers.sheet_xlsx import read_xlsx  # noqa: PLC0415 - openpyxl is slow to load

        grids, problems = read_xlsx(data, name)
        return Imported.unless_wrong(grids, problems)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise WinnowError(
            error(
                name,
                "This is an old .xls workbook or one with a password; save it as .xlsx without one, or "
                "as .csv, and read it again.",
            )
        )
    from synthesis.writers.sheet_csv import read_csv  # noqa: PLC0415 - beside its sibling

    return Imported.unless_wrong([read_csv(data, name)], [])
