"""Spreadsheets on disk: read as worksheets, written beside what is there."""

from pathlib import Path

from screening.grid import Grid
from screening.problems import WinnowError, error
from synthesis.writers.spreadsheet import read_spreadsheet


def grids_in(path: Path) -> tuple[Grid, ...]:
    """Return the worksheets of an xlsx or CSV file.

    Raises WinnowError where it is not there, is neither, or has cells that cannot be read.
    """
    if not path.is_file():
        raise WinnowError(
            error(str(path), "this file is not there. Correct its name, or leave it out."),
            exit_status=1,
        )
    read = read_spreadsheet(path.read_bytes(), path.name)
    if not read.rows:
        raise WinnowError(read.problems or error(path.name, "this file is empty."), exit_status=1)
    return read.rows


def write_grid(path: Path, *grids: Grid) -> None:
    """Write worksheets as xlsx, or a single one as CSV where the name ends so.

    Raises WinnowError for any other ending.
    """
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        from synthesis.writers.sheet_xlsx import write_xlsx

        path.write_bytes(write_xlsx(grids))
    elif suffix == ".csv":
        from synthesis.writers.sheet_csv import write_csv

        for number, grid in enumerate(grids):
            name = path if number == 0 else path.with_stem(f"{path.stem}-{grid.sheet.lower()}")
            name.write_bytes(write_csv(grid))
    else:
        raise WinnowError(error(str(path), "name the sheet .xlsx or .csv."))
