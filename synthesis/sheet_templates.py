"""Sheets to be filled in, with a row waiting for everything that still has to be said."""

from collections.abc import Iterable, Mapping, Sequence

from screening.grid import CellValue, Grid, grid_of
from synthesis.extraction import Extracted
from synthesis.fields import ExtractionSection
from synthesis.notices import NoticeRow
from synthesis.row import Row
from synthesis.sheets import cells_of, columns, sheet_grid
from synthesis.worksheets import (
    POPAY_PROMPTS,
    SWIM_TOPICS,
    CerqualJudgement,
    GradeJudgement,
    MissingResults,
    PopayNote,
    SwimItem,
)


def waiting_rows(
    section: ExtractionSection,
    reports: Sequence[str],
    domains: Iterable[str],
    themes: Iterable[str] = (),
    notices: Mapping[str, str] | None = None,
) -> Mapping[type[Row], list[Mapping[str, CellValue]]]:
    """Return for each sheet the rows that wait to be filled in, as cells by column id.

    Every report has a row for each field and one for its retraction or correction, every domain one for
    its certainty and its missing results, every theme one for its confidence; SWiM and the narrative
    synthesis have one for each question. `notices` names by report what may be a notice on it.
    """
    domains = list(domains)
    notices = notices or {}
    return {
        Extracted: [
            {"report": report, "field": field.id} for report in reports for field in section.fields
        ],
        NoticeRow: [
            {"report": report, **({"record": notices[report]} if report in notices else {})}
            for report in reports
        ],
        SwimItem: [{"item": item, "topic": topic} for item, topic in SWIM_TOPICS.items()],
        PopayNote: [
            {"element": str(element), "question": question}
            for element, questions in POPAY_PROMPTS.items()
            for question in questions
        ],
        GradeJudgement: [{"domain": domain} for domain in domains],
        MissingResults: [{"domain": domain} for domain in domains],
        CerqualJudgement: [{"theme": theme} for theme in themes],
    }


def sheet_to_fill(
    row_type: type[Row],
    done: Sequence[Row] = (),
    waiting: Sequence[Mapping[str, CellValue]] = (),
) -> Grid:
    """Return a sheet with what is done, and after it a row for everything waiting that is not."""
    if not waiting:
        return sheet_grid(row_type, done)
    lines = [cells_of(row) for row in done]
    answered = [{name: str(cell) for name, cell in line.items()} for line in lines]
    still = [
        line
        for line in waiting
        if not any(_names_the_same(row_type, line, row) for row in answered)
    ]
    return grid_of(row_type.label, columns(row_type), [*lines, *still])


def _names_the_same(
    row_type: type[Row], line: Mapping[str, CellValue], row: Mapping[str, str]
) -> bool:
    named = [name for name in row_type.identity if name in line]
    return all(row.get(name) == str(line[name]) for name in named)
