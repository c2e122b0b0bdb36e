"""The criteria of eligibility, with each exception that was made to one as a footnote."""

from collections.abc import Mapping, Sequence

from screening.criteria import Criterion, Exemption
from synthesis.tables.table import Cell, Column, Note, Row, Table


def criteria_table(criteria: Sequence[Criterion], labels: Mapping[str, str]) -> Table:
    """Return one row per criterion; `labels` name the reports that exceptions speak of."""
    notes: list[Note] = []
    rows = []
    for criterion in criteria:
        exceptions = [
            Note(f"{criterion.id}-{number}", _exception(each, labels))
            for number, each in enumerate(criterion.exceptions, start=1)
        ]
        notes += exceptions
        rows.append(
            Row(
                (
                    Cell(criterion.name, note_ids=tuple(note.id for note in exceptions)),
                    Cell(_included(criterion)),
                    Cell("\n".join(criterion.exclude)),
                ),
                key=criterion.id,
            )
        )
    return Table(
        id="criteria",
        title="Criteria for including and excluding reports",
        columns=(
            Column("criterion", "Criterion", width=1),
            Column("include", "Included", width=2.5),
            Column("exclude", "Excluded", width=2),
        ),
        rows=tuple(rows),
        notes=tuple(notes),
        unit="criterion",
    )


def _included(criterion: Criterion) -> str:
    lines = [*criterion.include, *criterion.all_of]
    if criterion.at_least_one_of:
        lines.append(f"At least one of: {'; '.join(criterion.at_least_one_of)}")
    return "\n".join(lines)


def _exception(exemption: Exemption, labels: Mapping[str, str]) -> str:
    name = labels.get(exemption.report, exemption.report)
    value = ""
    if exemption.value is not None:
        value = f" ({f'{exemption.value:g} {exemption.unit}'.strip()})"
    decided = f" Decided by {exemption.by}." if exemption.by else ""
    because = exemption.because.strip().rstrip(".")
    return f"{name} was included as an exception: {because}{value}.{decided}"
