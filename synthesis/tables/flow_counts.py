"""The counts of the PRISMA flow as a table, in the order of the diagram."""

from collections.abc import Iterator

from screening.flow.counting import Flow
from screening.flow.labels import LABELS
from synthesis import trace
from synthesis.tables.table import Cell, Column, Kind, Row, Table

_UNKNOWN = "Not known"
_INDENT = "\N{EM SPACE}"
_PREVIOUS = ("previous_studies", "previous_reports")
_DATABASE_LANE = (
    "databases",
    "registers",
    "duplicates",
    "automation",
    "other_removed",
    "unscreened",
    "screened",
    "records_excluded",
    "dbr_sought",
    "dbr_not_retrieved",
    "late_duplicates",
    "dbr_assessed",
    "dbr_excluded",
)
_OTHER_LANE = (
    "websites",
    "organisations",
    "citations",
    "other_not_sought",
    "other_sought",
    "other_not_retrieved",
    "other_assessed",
    "other_excluded",
)
_END = ("awaiting_classification", "ongoing", "studies", "reports")
_TOTAL = ("total_studies", "total_reports")
# Shown only where there is something to say: the official diagram has no box for them.
_IF_ANY = {
    "unscreened",
    "late_duplicates",
    "other_not_sought",
    "awaiting_classification",
    "ongoing",
}
# What stands in the diagram as lines of a box, one for each source or reason.
_PARTS = {
    "databases": "database_specific",
    "registers": "register_specific",
    "records_excluded": "title_abstract_reasons",
    "dbr_excluded": "dbr_excluded_reasons",
    "citations": "other_sources",
    "other_excluded": "other_excluded_reasons",
}


def flow_table(flow: Flow) -> Table:
    """Return every count of the flow with its unit; sources and reasons follow the count they share."""
    rows: list[Row] = []
    if flow.template.updated:
        rows += [_heading("Previous studies"), *_rows(flow, _PREVIOUS)]
    rows += [_heading("Databases and registers"), *_rows(flow, _DATABASE_LANE)]
    if flow.template.other_methods:
        rows += [_heading("Other methods"), *_rows(flow, _OTHER_LANE)]
    end = _END + (_TOTAL if flow.template.updated else ())
    rows += [_heading("Included"), *_rows(flow, end)]
    return Table(
        id="flow",
        title="Counts of the flow of records, reports and studies",
        columns=(
            Column("count", "Count", width=4),
            Column("of", "Of", width=1),
            Column("n", "n", Kind.NUMBER, width=1),
        ),
        rows=tuple(rows),
        unit="count",
        provisional=flow.provisional,
    )


def _heading(text: str) -> Row:
    return Row((Cell(text),), heading=True)


def _rows(flow: Flow, ids: tuple[str, ...]) -> Iterator[Row]:
    for count_id in ids:
        label = LABELS[count_id]
        n: int | None = getattr(flow, count_id)
        if n or count_id not in _IF_ANY:
            yield _row(label.of(flow.template), label.unit, n, count_id)
        parts = getattr(flow, _PARTS[count_id]) if count_id in _PARTS else ()
        for name, part in dict(parts).items():
            yield _row(f"{_INDENT}{name}", label.unit, part, f"{_PARTS[count_id]}/{name}")


def _row(text: str, unit: str, n: int | None, count_id: str) -> Row:
    number = Cell(_UNKNOWN if n is None else str(n), source=trace.of_count(count_id))
    return Row((Cell(text), Cell(unit.capitalize()), number), key=count_id)
