"""Appraisals as a spreadsheet: the columns, the empty template, and filled appraisals written out."""

import re
from collections.abc import Mapping, Sequence

from appraisal.instrument import Category, Instrument
from appraisal.scores import Appraisal, Consensus, Mark
from screening.grid import CellValue, Column, Grid, grid_of

CONSENSUS = "consensus"
"""The word in the rater's column that marks a row of agreed scores."""

MARKS_SHEET = "Marks"


def score_columns(
    instrument: Instrument, scoring_notes: Mapping[str, str] | None = None
) -> tuple[Column, ...]:
    """Return the columns of the score sheet: unit, rater, a score, note and page per category.

    `scoring_notes` are what a team agreed on in calibration, by category or item; they stand beside
    the heading of the category.
    """
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
                note=_said(category, scoring_notes or {}),
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
        Column("agreed", "Agreed in calibration", needed=False, width=40),
    )


def appraisal_grids(
    instrument: Instrument,
    units: Mapping[str, str],
    appraisals: Sequence[Appraisal] = (),
    agreed: Sequence[Consensus] = (),
    scoring_notes: Mapping[str, str] | None = None,
) -> tuple[Grid, ...]:
    """Return the score sheet and, where the instrument has descriptors, the sheet of marks.

    `units` maps the keys of what is appraised to the labels a person knows it by, in the order of the
    sheet. A unit without an appraisal gets an empty row to fill in. Marks are written where made; a
    unit nobody has begun gets one empty row for each descriptor. `scoring_notes` stand beside both.
    """
    by_unit: dict[str, list[Appraisal | Consensus]] = {unit: [] for unit in units}
    everything: list[Appraisal | Consensus] = [*appraisals, *agreed]
    for judgement in everything:
        by_unit.setdefault(judgement.unit, []).append(judgement)
    beside = scoring_notes or {}
    lines: list[dict[str, CellValue]] = []
    marks: list[dict[str, CellValue]] = []
    for unit, judgements in by_unit.items():
        start: dict[str, CellValue] = {"unit": unit, "label": units.get(unit, "")}
        if not judgements:
            lines.append(start)
            marks += _mark_lines(instrument, unit, "", {}, beside)
        for judgement in judgements:
            lines.append(start | _filled(judgement))
            if isinstance(judgement, Appraisal):
                marks += _mark_lines(instrument, unit, judgement.rater, judgement.marks, beside)
    scores = grid_of(sheet_name(instrument), score_columns(instrument, beside), lines)
    if not instrument.descriptors:
        return (scores,)
    columns = [c for c in mark_columns(instrument) if beside or c.id != "agreed"]
    return scores, grid_of(MARKS_SHEET, columns, marks)


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


def _said(category: Category, scoring_notes: Mapping[str, str]) -> str:
    said = [scoring_notes.get(category.id, "")]
    said += [
        f"{item.label}: {scoring_notes[item.id]}"
        for item in category.items
        if item.id in scoring_notes
    ]
    return "\n".join(part for part in said if part)


def _mark_lines(
    instrument: Instrument,
    unit: str,
    rater: str,
    marks: Mapping[str, Mark],
    scoring_notes: Mapping[str, str],
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
            "agreed": " ".join(
                scoring_notes[part] for part in (category.id, item.id) if part in scoring_notes
            ),
        }
        for category in instrument.categories
        for item in category.items
        for point in item.descriptors
    ]
