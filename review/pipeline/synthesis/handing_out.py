"""Tables, figures and the report as bytes, for a page that hands them out."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Literal, get_args

from review import resources
from review.pipeline.project import Project
from review.pipeline.synthesis.report import composed, report_inputs
from screening.problems import Problem
from synthesis.report import Report
from synthesis.tables.table import Table
from synthesis.writers.table_files import Format, table_files

ReportFormat = Literal["docx", "html"]
REPORT_FORMATS: tuple[ReportFormat, ...] = get_args(ReportFormat)
# Files in a zip carry a date; one that never changes keeps equal content equal.
_DATE = (1980, 1, 1, 0, 0, 0)


def tables_file(project: Project, made: Sequence[Table], form: Format) -> tuple[str, bytes]:
    """Return tables as one file with its name: several CSV files come in a zip."""
    files = table_files(
        made,
        form,
        style=resources.text("templates/report/style.css"),
        title=project.protocol.review.title,
    )
    if len(files) == 1:
        name, content = next(iter(files.items()))
        alone = f"{made[0].slug}.{form}" if len(made) == 1 else name
        return alone, content
    return f"tables-{form}.zip", _zipped(files)


def report_now(project: Project) -> tuple[Report, list[Problem]]:
    """Return the report as it stands, with the problems met in making it."""
    inputs, problems = report_inputs(project)
    return composed(project, inputs), problems


def report_file(report: Report, form: ReportFormat) -> bytes:
    """Return the report as Word or HTML."""
    if form == "docx":
        from synthesis.writers import report_docx

        return report_docx.write(report)
    from synthesis.writers import report_html

    return report_html.write(
        report,
        template=resources.text("templates/report/report.html"),
        style=resources.text("templates/report/style.css"),
    )


def _zipped(files: Mapping[str, bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return packed.getvalue()
