"""A filled appraisal spreadsheet read back, with every mistake named by its cell."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from appraisal.instrument import Instrument, Score
from appraisal.scores import Appraisal, Consensus, Mark, percent_half_up, total, unscored
from appraisal.sheet import (
    CONSENSUS,
    MARKS_SHEET,
    mark_columns,
    score_columns,
    sheet_name,
    sum_columns,
)
from screening.grid import Grid, Imported, Line, Sheet
from screening.mistakes import nearest
from screening.problems import Problem, error

Before = Mapping[tuple[str, str], Appraisal]
"""Appraisals as they stand, by unit and rater."""

_YES_NO = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


def read_scores(  # noqa: PLR0913 - a sheet, and what is known of those it speaks of
    grid: Grid,
    instrument: Instrument,
    units: Mapping[str, str],
    *,
    rater: str = "",
    raters: Collection[str] = (),
    before: Before | None = None,
) -> Imported[Appraisal | Consensus]:
    """Return the appraisals, and the agreed scores in rows whose rater is "consensus".

    `rater` is who appraised where a row does not say; another name without a letter has to be among
    the known `raters`. `units` are the keys that may be appraised.
    Marks come from their own sheet (`read_marks`). Notes and pages of `before` stay where the sheet
    has no column for them.
    """
    sheet = Sheet(grid, (*score_columns(instrument), *sum_columns(instrument)))
    rows: list[Appraisal | Consensus] = []
    seen: dict[tuple[str, str], int] = {}
    for line in sheet.lines():
        if not set(line.texts) - {"unit", "label", "rater"}:
            continue
        who = _rater(sheet, line, rater, raters)
        unit = _unit(sheet, line, units, seen, who)
        scores = _scores(sheet, line, instrument)
        complete = _complete(sheet, line, instrument, scores)
        _check_sums(sheet, line, instrument, scores)
        stands = (before or {}).get((unit, who))
        notes = _kept(sheet, "note:", stands.notes if stands else {}) | _texts(line, "note:")
        names = {"instrument": instrument.id, "instrument_version": instrument.version}
        if who == CONSENSUS:
            for category_id in unscored(instrument, scores):
                sheet.mistake(line, category_id, "An agreed score is missing; choose one.")
            chosen = {name: score for name, score in scores.items() if score is not None}
            rows.append(Consensus(unit=unit, scores=chosen, notes=notes, **names))
        else:
            rows.append(
                Appraisal(
                    unit=unit,
                    rater=who,
                    scores=scores,
                    notes=notes,
                    pages=_kept(sheet, "page:", stands.pages if stands else {})
                    | _texts(line, "page:"),
                    complete=complete,
                    **names,
                )
            )
    return Imported.unless_wrong(rows, sheet.problems)


def read_marks(
    grid: Grid,
    instrument: Instrument,
    units: Mapping[str, str],
    *,
    rater: str = "",
    raters: Collection[str] = (),
) -> Imported[tuple[str, str, str, Mark]]:
    """Return the marks of a sheet as (unit, rater, descriptor id, mark); empty marks are left out."""
    sheet = Sheet(grid, mark_columns(instrument))
    known = [point.id for point in instrument.descriptors]
    rows = []
    seen: dict[tuple[str, str], int] = {}
    for line in sheet.lines():
        if "mark" not in line.texts:
            continue
        who = _rater(sheet, line, rater, raters)
        point = line.texts.get("descriptor", "")
        if point not in known:
            sheet.mistake(
                line,
                "descriptor",
                f"{point or 'Nothing'} is not a descriptor of the {instrument.abbreviation}."
                f"{nearest(point, known)}",
            )
        unit = _unit(sheet, line, units, seen, f"{who}/{point}")
        try:
            mark = Mark(line.texts["mark"].casefold())
        except ValueError:
            sheet.mistake(
                line,
                "mark",
                f"{line.texts['mark']} is not a mark; write present, absent or not applicable.",
            )
            continue
        rows.append((unit, who, point, mark))
    return Imported.unless_wrong(rows, sheet.problems)


def read_appraisals(  # noqa: PLR0913 - likewise
    grids: Sequence[Grid],
    instrument: Instrument,
    units: Mapping[str, str],
    *,
    rater: str = "",
    raters: Collection[str] = (),
    before: Before | None = None,
) -> Imported[Appraisal | Consensus]:
    """Return everything appraised in a workbook: the score sheet joined with the sheet of marks.

    `rater` and `raters` are as in `read_scores`.
    `before` are the appraisals as they stand, by unit and rater: what a file has no place for (marks
    without their sheet, notes and pages without their columns) stays as it is.

    One sheet alone is read as the score sheet whatever its name. Sheets of other names are refused,
    so that nothing in them goes unread.
    """
    marks_grids = [grid for grid in grids if grid.sheet == MARKS_SHEET and instrument.descriptors]
    score_grids = [grid for grid in grids if grid not in marks_grids]
    if len(score_grids) > 1:
        score_grids = [grid for grid in score_grids if grid.sheet == sheet_name(instrument)]
    problems = [
        _not_expected(grid, instrument)
        for grid in grids
        if grid not in marks_grids and grid not in score_grids
    ]
    rows: list[Appraisal | Consensus] = []
    for grid in score_grids:
        read = read_scores(grid, instrument, units, rater=rater, raters=raters, before=before)
        rows += read.rows
        problems += read.problems
    marks: dict[tuple[str, str], dict[str, Mark]] = {}
    for grid in marks_grids:
        marked = read_marks(grid, instrument, units, rater=rater, raters=raters)
        problems += marked.problems
        for unit, who, point, mark in marked.rows:
            marks.setdefault((unit, who), {})[point] = mark
    joined: list[Appraisal | Consensus] = []
    for row in rows:
        if isinstance(row, Appraisal):
            key = (row.unit, row.rater)
            stands = (before or {}).get(key)
            kept = stands.marks if stands and not marks_grids else {}
            joined.append(row.model_copy(update={"marks": marks.pop(key, kept)}))
        else:
            joined.append(row)
    joined += [
        Appraisal(
            unit=unit,
            rater=who,
            instrument=instrument.id,
            instrument_version=instrument.version,
            marks=points,
        )
        for (unit, who), points in marks.items()
    ]
    return Imported.unless_wrong(joined, problems)


def _rater(sheet: Sheet, line: Line, rater: str, raters: Collection[str]) -> str:
    """Return who appraised; a number is a score whose column has shifted until somebody is called so."""
    who = line.texts.get("rater", rater)
    if who and who not in (rater, *raters) and not any(map(str.isalpha, who)):
        sheet.mistake(
            line,
            "rater",
            f"{who} is not a rater's name: have the columns shifted? Write a name, or initials.",
        )
    return who


def _unit(
    sheet: Sheet, line: Line, units: Mapping[str, str], seen: dict[tuple[str, str], int], who: str
) -> str:
    unit = line.texts.get("unit", "")
    if not unit:
        sheet.mistake(line, "unit", "The row does not say what it is about; write its key.")
    elif unit not in units:
        hint = nearest(unit, list(units))
        sheet.mistake(line, "unit", f"{unit} is not among what may be appraised.{hint}")
    elif not who:
        sheet.mistake(line, "rater", "The row does not say who appraised; write the rater's name.")
    elif (unit, who) in seen:
        first = sheet.grid.place(seen[unit, who])
        sheet.mistake(line, "unit", f"This repeats {first}; keep one of the two rows.")
    seen[unit, who] = line.row
    return unit


def _kept(sheet: Sheet, kind: str, stands: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in stands.items() if not sheet.has(f"{kind}{name}")}


def _scores(sheet: Sheet, line: Line, instrument: Instrument) -> dict[str, Score | None]:
    scores: dict[str, Score | None] = {}
    for category in instrument.categories:
        text = line.texts.get(category.id)
        if text is None:
            continue
        scale = instrument.scale_of(category.id)
        try:
            scores[category.id] = scale.read(text)
        except ValueError as wrong:
            taker = category.label if category.scale else f"the {instrument.abbreviation}"
            sheet.mistake(line, category.id, f"{wrong}; {taker} takes {scale.describe()}.")
    return scores


def _complete(
    sheet: Sheet, line: Line, instrument: Instrument, scores: Mapping[str, Score | None]
) -> bool:
    text = line.texts.get("complete", "no").casefold()
    if text not in _YES_NO:
        sheet.mistake(line, "complete", f"{line.texts['complete']} is neither yes nor no.")
        return False
    complete = _YES_NO[text]
    if complete:
        for category_id in unscored(instrument, scores):
            if category_id not in line.texts:
                sheet.mistake(
                    line, category_id, "The row is marked complete but this score is missing."
                )
    return complete


def _check_sums(
    sheet: Sheet, line: Line, instrument: Instrument, scores: Mapping[str, Score | None]
) -> None:
    points = total(instrument, scores)
    if points is None or instrument.maximum is None:
        return
    percent = percent_half_up(points, instrument.maximum)
    exact = Fraction(points * 100, instrument.maximum)
    for column, right, accepted in (
        ("total", points, {Fraction(points)}),
        # A cell formatted as percent holds the share itself, and it may not be rounded.
        ("percent", percent, {Fraction(percent), exact, Fraction(percent, 100), exact / 100}),
    ):
        written = line.texts.get(column)
        if written is not None and _number(written) not in accepted:
            sheet.mistake(
                line, column, f"The {column} is written as {written}, but the scores give {right}."
            )


def _number(text: str) -> Fraction | None:
    try:
        return Fraction(text.removesuffix("%").strip())
    except (ValueError, ZeroDivisionError):
        return None


def _texts(line: Line, prefix: str) -> dict[str, str]:
    return {
        column_id.removeprefix(prefix): text
        for column_id, text in line.texts.items()
        if column_id.startswith(prefix)
    }


def _not_expected(grid: Grid, instrument: Instrument) -> Problem:
    return error(
        grid.place(0),
        f"The sheet is not one of {sheet_name(instrument)} and {MARKS_SHEET}; rename or remove it.",
    )
