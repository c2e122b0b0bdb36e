"""Other programs read what is written: LaTeX compiles, LibreOffice opens and converts."""

import shutil
import subprocess
from pathlib import Path

import pytest

from synthesis.report_outline import compose
from synthesis.tables.table import Cell, Column, Row, Table
from synthesis.writers import docx, latex, report_docx
from tests.synthesis import test_report, worked_example

NASTY = Table(
    id="nasty_table",
    title=r"Every sign: \ { } $ & # % _ ^ ~ < > | \" ' ` [ ] -- é ß \N",
    columns=(Column("a", "100 %"), Column("b", "A_b", group="R&D"), Column("c", "$", group="R&D")),
    rows=(
        Row(
            (Cell(r"[x] \\ {y} $5 & #1 50% a_b ^ ~ <a> |"), Cell("α β ≤ ≥ ≠ ± × − – — …"), Cell(""))
        ),
        Row((Cell("*"), Cell("[1em]"), Cell("line\nbreak"))),
        Row((Cell("A heading & more"),), heading=True),
        Row((Cell("‘a’ “b”"), Cell("χ²"), Cell("-"))),
        Row((Cell("".join(map(chr, range(0xA1, 0x17F)))), Cell("中文 ☐ Жизнь א"), Cell("\u2009"))),
    ),
)


def tables() -> list[Table]:
    return [NASTY, *(table for table in test_report.inputs().built if table.rows)]


def test_latex_compiles(tmp_path: Path) -> None:
    program = shutil.which("pdflatex") or shutil.which("lualatex")
    if program is None:
        pytest.skip("No LaTeX here (pdflatex or lualatex): the tables were not compiled.")
    (tmp_path / "tables.tex").write_bytes(latex.write(tables()))
    command = [program, "-interaction=nonstopmode", "-halt-on-error", "tables.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:].decode("utf-8", "replace")
    assert (tmp_path / "tables.pdf").stat().st_size > 10_000


@pytest.mark.parametrize("name", ["tables", "report"])
def test_libreoffice_opens_the_word_file_and_converts_it(tmp_path: Path, name: str) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("No LibreOffice here (soffice): the Word files were not opened.")
    content = (
        docx.write(tables())
        if name == "tables"
        else report_docx.write(compose(test_report.inputs(worked_example.FLOW)))
    )
    source = tmp_path / f"{name}.docx"
    source.write_bytes(content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        program,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(command, capture_output=True, check=True)
    assert (tmp_path / f"{name}.pdf").stat().st_size > 10_000
