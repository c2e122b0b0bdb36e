"""Agreement between raters of an appraisal, computed from their scores before any consensus."""

from collections.abc import Mapping

from appraisal.agreement import Agreement
from appraisal.instrument import Instrument
from synthesis.sentences import series
from synthesis.tables.table import Cell, Column, Row, Table


def rater_agreement_table(
    agreement: Agreement, instrument: Instrument, labels: Mapping[str, str]
) -> Table:
    """Return a row per category and pair of raters, and one for the total where there is one.

    Coefficients are named in full below the table; units that a rater has not completed are named as
    left out. `labels` name the units.
    """
    rows: list[Row] = []
    names: dict[str, None] = {}
    for each in agreement.rows:
        whole = each.icc.text if each.icc else ""
        if each.icc:
            names[each.icc.name] = None
        if not each.pairs:
            rows.append(Row((Cell(each.label), Cell(whole), Cell(""), Cell(""), Cell(""))))
        for number, pair in enumerate(each.pairs):
            names[pair.kappa.name] = None
            cells = (
                each.label,
                "" if number else whole,
                f"{pair.first}, {pair.second}",
                pair.kappa.text,
                pair.closeness.text,
            )
            rows.append(Row(tuple(Cell(text) for text in cells)))
    units = f"{len(agreement.units)} {instrument.unit}s scored by {series(agreement.raters)}."
    notes = [units, *(f"{name}." for name in names)]
    if agreement.left_out:
        left = "; ".join(labels.get(unit, unit) for unit in agreement.left_out)
        notes.append(f"Left out, because not every rater has completed them: {left}.")
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
