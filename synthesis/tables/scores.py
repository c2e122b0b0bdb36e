"""The appraisal of the included reports by any instrument, every category's score shown."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from appraisal.instrument import Instrument
from appraisal.profile import half_up, profile
from appraisal.scores import Basis, UnitScores
from appraisal.section import AppraisalSection
from synthesis import trace
from synthesis.tables.fitting import fits_upright
from synthesis.tables.table import Cell, Column, Kind, Note, Row, Table
from synthesis.tables.wording import NOT_YET, with_not_yet_note

_CALIBRATED = "Scored in the calibration round, after which raters agreed on how to score."


def scores_table(
    instrument: Instrument,
    scores: Sequence[UnitScores],
    labels: Mapping[str, str],
    section: AppraisalSection | None = None,
) -> Table:
    """Return the table of scores: a row per appraised unit, the categories in the instrument's order.

    Total and percent follow where the instrument adds up, and the authors' own bands where `section`
    defines any. `labels` name the units. The mean is that of raw totals.
    """
    kind = Kind.NUMBER if instrument.scale.kind == "numbers" else Kind.TEXT
    unit = "Study" if instrument.unit in ("report", "study") else "Result"
    columns = [Column("study", unit, width=2)]
    columns += [
        Column(each.id, each.label, kind, width=_room(each.label)) for each in instrument.categories
    ]
    if instrument.maximum is not None:
        columns += [
            Column("total", f"Total of {instrument.maximum}", Kind.NUMBER),
            Column("percent", "%", Kind.NUMBER, width=0.7),
        ]
    bands = section is not None and bool(section.bands)
    if bands:
        columns.append(Column("band", "Band"))
    open_units = any(each.basis is Basis.NOT_SETTLED for each in scores)
    first_round = () if section is None else section.calibration.units
    calibrated = [each.unit for each in scores if each.unit in first_round]
    rows = tuple(
        _row(
            instrument,
            each,
            labels.get(each.unit, each.unit),
            section if bands else None,
            calibrated=each.unit in calibrated,
        )
        for each in scores
    )
    marked = [Note("open", "Raters have not settled on these scores yet.")] * open_units
    marked += [Note("calibration", _CALIBRATED)] * bool(calibrated)
    table = Table(
        id=instrument.id,
        title=f"{instrument.name} ({instrument.abbreviation}): scores by {instrument.unit}",
        columns=tuple(columns),
        rows=rows,
        notes=tuple(marked),
        general_notes=tuple(_notes(instrument, scores, section)),
        abbreviations=((instrument.abbreviation, instrument.name),),
        unit=instrument.unit,
    )
    return with_not_yet_note(replace(table, landscape=not fits_upright(table)))


def _row(
    instrument: Instrument,
    scores: UnitScores,
    label: str,
    section: AppraisalSection | None,
    *,
    calibrated: bool,
) -> Row:
    marks = ("open",) * (scores.basis is Basis.NOT_SETTLED) + ("calibration",) * calibrated
    cells = [Cell(label, source=trace.of_score(scores.unit), note_ids=marks)]
    for category in instrument.categories:
        score = scores.scores.get(category.id)
        traced = trace.of_score(scores.unit, category.id)
        cells.append(Cell(_score(instrument, category.id, score), source=traced))
    if instrument.maximum is not None:
        for number in (scores.total, scores.percent):
            text = NOT_YET if number is None else str(number)
            cells.append(Cell(text, source=trace.of_score(scores.unit)))
    if section is not None:
        band = None if scores.percent is None else section.band(scores.percent)
        cells.append(Cell(band or NOT_YET))
    return Row(tuple(cells), key=scores.unit)


def _score(instrument: Instrument, category: str, score: int | str | None) -> str:
    if score is None:
        return NOT_YET
    if instrument.scale.kind == "numbers":
        return str(score)
    return instrument.scale_of(category).level(score).label


def _notes(
    instrument: Instrument, scores: Sequence[UnitScores], section: AppraisalSection | None
) -> list[str]:
    if instrument.maximum is None:
        return []
    lines = [f"Each category is scored in {instrument.scale.describe()}."]
    summary = profile(instrument, scores)
    if summary.total is not None and summary.mean_percent is not None:
        total = summary.total
        lines.append(
            f"Totals range from {total.lowest} to {total.highest}, with a mean of "
            f"{half_up(total.mean, 2)} ({half_up(summary.mean_percent, 1)}%) and a median of "
            f"{half_up(total.median, 1).removesuffix('.0')}."
        )
    lines.append("Percents are rounded half up.")
    if section is not None and section.bands:
        bands = "; ".join(f"{label} from {low}%" for label, low in section.bands.items())
        lines.append(f"Bands were defined by the authors of this review: {bands}.")
    return lines


def _room(label: str) -> float:
    """Return a width in which the longest word of a heading is not broken."""
    return max(1.0, max(map(len, label.split()), default=0) / 9)
