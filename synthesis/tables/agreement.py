"""Agreement between reviewers and between raters, from what they said before any consensus."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from appraisal.agreement import Agreement
from appraisal.bland_altman import CAUTION
from appraisal.estimate import coefficient
from appraisal.instrument import UNITS, Instrument
from screening import agreement as screening_agreement
from screening.records import Stage
from synthesis.sentences import series
from synthesis.tables.table import Cell, Column, Kind, Row, Table

_NOT_ESTIMABLE = "not estimable"
_UNSURE = "An unsure vote counts as include, as it does in screening."
_UNSURE_APART = f"{_UNSURE} In the last column it is a verdict of its own."
_STAGES = {
    Stage.TITLE_ABSTRACT: "Title and abstract",
    Stage.RETRIEVAL: "Retrieval",
    Stage.FULL_TEXT: "Full text",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerPair:
    """Two reviewers who voted on the same references at a stage, and how far they agree.

    `three_way` counts an unsure vote as a verdict of its own.
    """

    stage: Stage
    first: str
    second: str
    statistics: screening_agreement.Agreement
    three_way: screening_agreement.Agreement | None = None


def reviewer_agreement_table(pairs: Sequence[ReviewerPair]) -> Table:
    """Return a row per stage and pair of reviewers with every coefficient side by side.

    Kappa falls with prevalence (Feinstein and Cicchetti 1990), so it never stands alone.
    """
    rows = []
    for pair in pairs:
        found = pair.statistics
        kappa = _coefficient(found.kappa)
        if found.kappa is not None and found.interval is not None:
            low, high = (coefficient(end) for end in found.interval)
            kappa = f"{kappa}, 95% CI [{low}, {high}]"
        texts = (
            _STAGES[pair.stage],
            f"{pair.first}, {pair.second}",
            str(found.references),
            _percent(found.agreed),
            _percent(found.prevalence),
            kappa,
            _coefficient(found.pabak),
            _coefficient(found.ac1),
            _coefficient(found.alpha),
            _three_way(pair),
        )
        rows.append(Row(tuple(Cell(text) for text in texts)))
    return Table(
        id="agreement_screening",
        title="Agreement between reviewers, before consensus",
        columns=(
            Column("stage", "Stage", width=1.3),
            Column("reviewers", "Reviewers", width=1.5),
            Column("references", "References", Kind.NUMBER),
            Column("agreed", "Agreed", Kind.NUMBER, width=0.8),
            Column("prevalence", "Included, of all votes", Kind.NUMBER),
            Column("kappa", "Cohen's kappa", width=2),
            Column("pabak", "PABAK", Kind.NUMBER),
            Column("ac1", "Gwet's AC1", Kind.NUMBER),
            Column("alpha", "Krippendorff's alpha", Kind.NUMBER, width=1.2),
            Column("three_way", "Kappa, unsure apart", Kind.NUMBER, optional=True),
        ),
        rows=tuple(rows),
        general_notes=(_UNSURE_APART if any(row.cells[-1].text for row in rows) else _UNSURE,),
        abbreviations=(
            ("CI", "confidence interval"),
            ("PABAK", "prevalence-adjusted and bias-adjusted kappa"),
        ),
        landscape=True,
        unit="pair",
    )


def _three_way(pair: ReviewerPair) -> str:
    """Return kappa with unsure as a verdict of its own, where anybody was unsure."""
    found = pair.three_way
    if found is None or "unsure" not in found.categories:
        return ""
    place = found.categories.index("unsure")
    unsure = sum(found.table[place]) + sum(row[place] for row in found.table)
    return _coefficient(found.kappa) if unsure else ""


def _coefficient(value: float | None) -> str:
    return _NOT_ESTIMABLE if value is None else coefficient(value)


def _percent(share: float | None) -> str:
    return _NOT_ESTIMABLE if share is None else f"{100 * share:.1f}%"


def rater_agreement_table(
    agreement: Agreement,
    instrument: Instrument,
    labels: Mapping[str, str],
    calibrated: Collection[str] = (),
) -> Table:
    """Return a row per category and pair of raters; of the total, where there is one, all and each pair.

    Coefficients are named in full below the table; units that a rater has not completed are named as
    left out. `labels` name the units, `calibrated` are those of the calibration round.
    """
    rows: list[Row] = []
    names: dict[str, None] = {}
    for each in agreement.rows:
        whole = each.icc.text if each.icc else ""
        if each.icc:
            names[each.icc.name] = None
        apart = len(each.pairs) > 1 and each.category is None
        if apart or not each.pairs:
            everyone = ", ".join(agreement.raters) if apart else ""
            rows.append(Row(tuple(map(Cell, (each.label, whole, everyone, "", "")))))
        for number, pair in enumerate(each.pairs):
            if pair.kappa:
                names[pair.kappa.name] = None
            cells = (
                each.label,
                pair.icc.text if apart and pair.icc else "" if number else whole,
                f"{pair.first}, {pair.second}",
                pair.kappa.text if pair.kappa else "",
                pair.closeness.text,
            )
            rows.append(Row(tuple(Cell(text) for text in cells)))
    number, raters = len(agreement.units), series(agreement.raters)
    noun = instrument.unit if number == 1 else UNITS[instrument.unit]
    scored = f"{number} {noun} scored by {raters}."
    notes = [scored]
    if first := [labels.get(unit, unit) for unit in agreement.units if unit in calibrated]:
        notes.append(f"{len(first)} of them in the calibration round: {'; '.join(first)}.")
    notes += [f"{name}." for name in names]
    notes += [f"Totals, {a} minus {b}: {found.text}" for a, b, found in agreement.bland_altman]
    if any(found.limits for _, _, found in agreement.bland_altman):
        notes.append(CAUTION)
    if agreement.left_out:
        left = "; ".join(labels.get(unit, unit) for unit in agreement.left_out)
        out = "Left out" if len(agreement.raters) == 2 else "Left out of the intraclass correlation"
        notes.append(f"{out}, because not every rater has completed them: {left}.")
    return Table(
        id="agreement_appraisal",
        title=f"Agreement between raters on the {instrument.abbreviation}, before consensus",
        columns=(
            Column("category", "Category", width=1.3),
            Column("icc", "Intraclass correlation", width=2),
            Column("raters", "Raters", width=1.2),
            Column("kappa", "Weighted kappa", width=2),
            Column("closeness", "Scores", width=2),
        ),
        rows=tuple(rows),
        general_notes=tuple(notes),
        landscape=True,
        unit="category",
    )
