"""The tables, built from the ledger and written as files."""

from collections.abc import Sequence
from pathlib import Path

from review import resources
from review.pipeline.project import Project
from review.pipeline.synthesis.gather import table_inputs
from screening.problems import Problem
from synthesis.tables.catalogue import build
from synthesis.tables.table import Table
from synthesis.writers.table_files import Format, table_files


def tables(project: Project) -> tuple[tuple[Table, ...], list[Problem]]:
    """Return every table of the review in the order of a report, and what was asked for in vain."""
    return build(table_inputs(project), project.protocol.tables)


def write_tables(
    project: Project, folder: Path, formats: Sequence[Format], made: Sequence[Table]
) -> list[Path]:
    """Write tables into a folder in each of the formats, and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for form in formats:
        named = table_files(
            made,
            form,
            style=resources.text("templates/report/style.css"),
            title=project.protocol.review.title,
        )
        for name, content in named.items():
            (folder / name).write_bytes(content)
            files.append(folder / name)
    return files
