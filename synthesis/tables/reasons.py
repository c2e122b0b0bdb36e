"""Whether reviewers who exclude a report give the same reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from appraisal.estimate import coefficient
from screening.agreement import ReasonAgreement
from synthesis.tables.table import Cell, Column, Kind, Row, Table

_NOT_ESTIMABLE = "not estimable"


@dataclass(frozen=True, slots=True)
class ReasonPair:
    """Two reviewers, and how far they agree on each reason for the reports that both excluded."""

    first: str
    second: str
    reasons: tuple[ReasonAgreement, ...]


def reasons_table(pairs: Sequence[ReasonPair], names: Mapping[str, str]) -> Table:
    """Return a row per pair and reason that either of them gave; `names` are the reasons' labels."""
    rows = [
        Row(
            (
                Cell(f"{pair.first}, {pair.second}"),
                Cell(names.get(each.reason, each.reason)),
                Cell(str(each.both)),
                Cell(str(each.first_only)),
                Cell(str(each.second_only)),
                Cell(str(each.neither)),
                Cell(_NOT_ESTIMABLE if each.specific is None else coefficient(each.specific)),
                Cell(_NOT_ESTIMABLE if each.kappa is None else coefficient(each.kappa)),
            ),
            key=each.reason,
        )
        for pair in pairs
        for each in pair.reasons
        if each.both or each.first_only or each.second_only
    ]
    return Table(
        id="agreement_reasons",
        title="Agreement on reasons for exclusion, before consensus",
        columns=(
            Column("reviewers", "Reviewers", width=1.5),
            Column("reason", "Reason", width=2),
            Column("both", "Both gave it", Kind.NUMBER),
            Column("first_only", "Only the first", Kind.NUMBER),
            Column("second_only", "Only the second", Kind.NUMBER),
            Column("neither", "Neither", Kind.NUMBER),
            Column("specific", "Specific agreement", Kind.NUMBER, width=1.2),
            Column("kappa", "Cohen's kappa", Kind.NUMBER, width=1.2),
        ),
        rows=tuple(rows),
        general_notes=("Of the reports that both reviewers excluded at full text.",),
        landscape=True,
        unit="reason",
    )
