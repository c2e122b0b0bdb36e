"""Spreadsheets that come and go through pages."""

from review.web.forms import Sent
from screening.grid import Grid
from screening.problems import WinnowError, error


def workbook(grids: tuple[Grid, ...]) -> bytes:
    """Return worksheets as the bytes of an xlsx file."""
    from synthesis.writers.sheet_xlsx import write_xlsx  # noqa: PLC0415 - xlsxwriter is slow to load

    return write_xlsx(grids)


def grids_sent(form: Sent) -> tuple[Grid, ...]:
    """Return the worksheets of the file a form sent.

    Raises WinnowError where there is none, or with every cell that cannot be read.
    """
    from synthesis.writers.spreadsheet import read_spreadsheet  # noqa: PLC0415 - likewise

    if not form.file:
        raise WinnowError(error("", "No file was sent, or it is empty. Choose one."))
    read = read_spreadsheet(form.file, form.file_name)
    if not read.rows:
        raise WinnowError(read.problems or error(form.file_name, "this file is empty."))
    return read.rows
