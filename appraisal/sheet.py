"""Appraisals as a spreadsheet: the columns, the empty template, and filled appraisals written out."""

import re
from collections.abc import Mapping, Sequence

from appraisal.instrument import Instrument
from appraisal.scores import Appraisal, Consensus, Mark
from screening.grid import CellValue, Column, Grid, grid_of

CONSENSUS = "consensus"
"""The word in the rater's column that marks a row of agreed scores."""

MARKS_SHEET = "Marks"


def score_columns(instrument: Instrument) -> tuple[Column, ...]:
    """Return the columns of the score sheet: unit, rater, a score, note and page per category."""
    unit = instrument.unit.capitalize()
    categories = instrument.categories
    return (
        Column("unit", unit, width=18),
        Column("label", "Label", needed=False, width=28),
        Column("rater", "Rater", needed=False, width=12),
        *(
            Column(
                category.id,
                category.label,
                choices=tuple(str(value) for value in instrument.scale_of(category.id).values),
                width=max(8, len(category.label) + 1),
            )
            for category in categories
        ),
        Column("complete", "Complete", needed=False, choices=("yes", "no"), width=10),
        *(Column(f"note:{c.id}", f"{c.label} note", needed=False, width=30) for c in categories),
        *(Column(f"page:{c.id}", f"{c.label} page", needed=False) for c in categories),
    )


def sum_columns(instrument: Instrument) -> tuple[Column, ...]:
    """Return the columns that a sheet may have and that are compared with its scores, never kept.

    They are not written: a total that stands beside scores someone changes would be wrong.
    """
    if instrument.maximum is None:
        return ()
    return Column("total", "Total", needed=False), Column("percent", "Percent", needed=False)


def mark_columns(instrument: Instrument) -> tuple[Column, ...]:
    """Return the columns of the sheet of marks: one row per unit, rater and descriptor."""
    return (
        Column("unit", instrument.unit.capitalize(), width=18),
        Column("rater", "Rater", needed=False, width=12),
        Column("category", "Category", needed=False, width=18),
        Column("item", "Item", needed=False, width=24),
        Column("descriptor", "Descriptor", width=26),
        Column("point", "Point", needed=False, width=60),
        Column("mark", "Mark", choices=tuple(Mark), width=14),
    )


def appraisal_grids(
    instrument: Instrument,
    units: Mapping[str, str],
    appraisals: Sequence[Appraisal] = (),
    agreed: Sequence[Consensus] = (),
) -> tuple[Grid, ...]:
    """Return the score sheet and, where the instrument has descriptors, the sheet of marks.

    `units` maps the keys of what is appraised to the labels a person knows it by, in the order of the
    sheet. A unit without an appraisal gets an empty row to fill in. Marks are written where made; a
    unit nobody has begun gets one empty row for each descriptor.
    """
    by_unit: dict[str, list[Appraisal | Consensus]] = {unit: [] for unit in units}
    everything: list[Appraisal | Consensus] = [*appraisals, *agreed]
    for judgement in everything:
        by_unit.setdefault(judgement.unit, []).append(judgement)
    lines: list[dict[str, CellValue]] = []
    marks: list[dict[str, CellValue]] = []
    for unit, judgements in by_unit.items():
        start: dict[str, CellValue] = {"unit": unit, "label": units.get(unit, "")}
        if not judgements:
            lines.append(start)
            marks += _mark_lines(instrument, unit, "", {})
        for judgement in judgements:
            lines.append(start | _filled(judgement))
            if isinstance(judgement, Appraisal):
                marks += _mark_lines(instrument, unit, judgement.rater, judgement.marks)
    scores = grid_of(sheet_name(instrument), score_columns(instrument), lines)
    if not instrument.descriptors:
        return (scores,)
    return scores, grid_of(MARKS_SHEET, mark_columns(instrument), marks)


def sheet_name(instrument: Instrument) -> str:
    """Return the name of the score sheet: the abbreviation, as far as a spreadsheet allows it."""
    return re.sub(r"[\[\]:*?/\\]", " ", instrument.abbreviation)[:31].strip()


def _filled(judgement: Appraisal | Consensus) -> dict[str, CellValue]:
    cells: dict[str, CellValue] = {**judgement.scores}
    cells |= {f"note:{category}": text for category, text in judgement.notes.items()}
    if isinstance(judgement, Consensus):
        return cells | {"rater": CONSENSUS}
    cells |= {f"page:{category}": text for category, text in judgement.pages.items()}
    return cells | {"rater": judgement.rater, "complete": "yes" if judgement.complete else "no"}


def _mark_lines(
    instrument: Instrument, unit: str, rater: str, marks: Mapping[str, Mark]
) -> list[dict[str, CellValue]]:
    return [
        {
            "unit": unit,
            "rater": rater,
            "category": category.label,
            "item": item.label,
            "descriptor": point.id,
            "point": point.text,
            "mark": str(marks.get(point.id, "")),
        }
        for category in instrument.categories
        for item in category.items
        for point in item.descriptors
    ]
