"""Fuzz one reader with atheris, which keeps whatever input reaches code that none reached before.

    python tests/fuzz/guided_readers.py FORMAT SEEDS_DIR [libFuzzer options, e.g. -max_total_time=600]

Atheris is not among the requirements: install it into an environment of its own beside them. The seeds
are the beginnings of the real exports of that format and the small seeds of the tests; they are written
to SEEDS_DIR, where libFuzzer adds what it finds. For the format "xlsx" the inputs are the XML of a sheet,
packed into a workbook before it is read: a change inside a packed file only breaks its checksum. Everything goes through the public `read`, so a damaged
file may be told to be of another format. An exception, a start tag lost in silence, nothing read and
nothing said, and more than a second for a file all count as findings: libFuzzer stops and writes the
file as crash-*. Findings belong, made small, among the tests.
"""

import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import atheris

sys.path.insert(0, str(Path(__file__).parents[2]))

with atheris.instrument_imports(include=["screening"]):
    from tests.fuzz.fuzz_readers import fault_of
    from tests.screening.identification.readers.corpus import exports
    from tests.screening.identification.readers.test_robustness import PIECES, SEEDS

LONGEST_SEED = 6000
LONGEST_FILE = 20_000


SHEET = "xl/worksheets/sheet1.xml"


class RuleBrokenError(Exception):
    """A reading that broke one of the rules."""


def once(data: bytes) -> None:
    """Read one file and raise where a rule is broken."""
    fault = fault_of(data)
    if fault:
        raise RuleBrokenError(fault)


def workbook() -> bytes:
    """Return a small workbook of one sheet with texts, numbers, a date and a formula."""
    from openpyxl import Workbook  # noqa: PLC0415 - not to be instrumented

    book = Workbook()
    for row in (
        ["Title", "Authors", "Year"],
        ["One", "Roe, A; Doe, B", 2001],
        ["=1+1", None, "2002-01-05"],
    ):
        book.worksheets[0].append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def once_as_sheet(data: bytes) -> None:
    """Read one workbook in which `data` is the XML of the sheet."""
    stream = BytesIO()
    with ZipFile(BytesIO(BOOK)) as book, ZipFile(stream, "w") as archive:
        for name in book.namelist():
            archive.writestr(name, data if name == SHEET else book.read(name))
    once(stream.getvalue())


def write_seeds(kind: str, folder: Path) -> None:
    """Write the beginnings of all files of one format, and the signs worth putting in."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [export.data[:LONGEST_SEED] for export in exports(kind)]
    if kind == "xlsx":
        with ZipFile(BytesIO(BOOK)) as book:
            files = [book.read(SHEET)]
    files += [seed for name, seed in SEEDS.items() if name in kind or kind == "any"]
    for number, data in enumerate(files or list(SEEDS.values())):
        (folder / f"seed-{number}").write_bytes(data)
    quoted = ("".join(f"\\x{byte:02x}" for byte in piece) for piece in PIECES if len(piece) < 64)
    (folder.parent / f"{folder.name}.dict").write_text(
        "\n".join(f'"{piece}"' for piece in quoted) + "\n", "ascii"
    )


if __name__ == "__main__":
    kind, folder, *options = sys.argv[1:]
    BOOK = workbook()
    write_seeds(kind, Path(folder))
    words = f"-dict={Path(folder).parent / Path(folder).name}.dict"
    atheris.Setup(
        [sys.argv[0], folder, words, f"-max_len={LONGEST_FILE}", "-timeout=20", *options],
        once_as_sheet if kind == "xlsx" else once,
    )
    atheris.Fuzz()
