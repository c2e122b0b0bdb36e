"""The tables of a review in any of the formats, as files by name."""

from collections.abc import Sequence
from enum import StrEnum

from synthesis.tables.table import Table


class Format(StrEnum):
    """The formats in which tables are written."""

    CSV = "csv"
    DOCX = "docx"
    HTML = "html"
    MARKDOWN = "md"
    LATEX = "tex"
    XLSX = "xlsx"


def table_files(
    tables: Sequence[Table], form: Format, *, style: str = "", title: str = "Tables"
) -> dict[str, bytes]:
    """Return file names and contents: a file per table for CSV, one with all tables for the others.

    `style` is the text of templates/report/style.css, for HTML.
    """
    # Each writer is imported where it is wanted: Word and Excel bring large libraries.
    match form:
        case Format.CSV:
            from synthesis.writers import csv  # noqa: PLC0415

            return {f"{table.slug}.csv": csv.write(table) for table in tables}
        case Format.DOCX:
            from synthesis.writers import docx  # noqa: PLC0415

            content = docx.write(tables, title=title)
        case Format.HTML:
            from synthesis.writers import html  # noqa: PLC0415

            content = html.write(tables, style=style, title=title)
        case Format.MARKDOWN:
            from synthesis.writers import markdown  # noqa: PLC0415

            content = markdown.write(tables)
        case Format.LATEX:
            from synthesis.writers import latex  # noqa: PLC0415

            content = latex.write(tables)
        case Format.XLSX:
            from synthesis.writers import xlsx  # noqa: PLC0415

            content = xlsx.write(tables)
    return {f"tables.{form}": content}
