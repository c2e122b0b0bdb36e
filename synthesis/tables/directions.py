"""Which way the findings of each domain point, in whom, and what the votes add up to."""

from collections.abc import Iterator, Mapping

from appraisal.estimate import coefficient
from synthesis.directions import DirectionGrid, DomainVotes, votes
from synthesis.findings import Direction, DirectionBasis
from synthesis.sign_test import CAUTION, SignTest
from synthesis.tables.table import Cell, Column, Kind, Note, Row, Table
from synthesis.values import PValue

WAYS = {
    Direction.BETTER: "Better",
    Direction.NO_DIFFERENCE: "No difference",
    Direction.MIXED: "Mixed",
    Direction.WORSE: "Worse",
    Direction.UNKNOWN: "Unknown",
}
"""The columns of directions, in their order."""

_FROM_SIGNIFICANCE = (
    "Some directions were read from statistical significance: there, no difference means that none "
    "was shown."
)


def directions_table(grid: DirectionGrid, labels: Mapping[str, str]) -> Table:
    """Return the names of the reports, or studies, that point each way in each domain.

    `labels` name the grid's columns.
    """
    rows: list[Row] = []
    for group, domains in by_domain_group(grid):
        if group:
            rows.append(heading(group))
        for domain, label in domains:
            cells = [Cell(label)]
            for way in WAYS:
                named = (cell.column for cell in grid.row(domain) if cell.direction is way)
                cells.append(Cell("; ".join(labels.get(each, each) for each in named)))
            rows.append(Row(tuple(cells), key=domain))
    findings = [each for cell in grid.cells.values() for each in cell.findings]
    significance = any(each.basis is DirectionBasis.SIGNIFICANCE for each in findings)
    rule = (
        f"A {grid.unit} with several findings in a domain takes the direction that at least 70% of "
        "those with a direction share, and is mixed otherwise."
    )
    return Table(
        id="directions",
        title=f"Direction of findings by outcome domain and {grid.unit}",
        columns=(
            Column("domain", "Domain", width=1.6),
            *(Column(str(way).replace(" ", "_"), label, width=1.8) for way, label in WAYS.items()),
        ),
        rows=tuple(rows),
        general_notes=(rule, _FROM_SIGNIFICANCE) if significance else (rule,),
        landscape=True,
        unit="domain",
    )


def directions_shown(table: Table) -> tuple[str, ...]:
    """Return the ids of the grid's columns, without the unknown where nothing is."""
    body = table.body
    unknown = str(Direction.UNKNOWN)
    return tuple(
        column.id
        for place, column in enumerate(table.columns)
        if column.id != unknown or any(row.cells[place].text for row in body)
    )


def votes_table(grid: DirectionGrid) -> Table:
    """Return how many studies of each domain point each way, with the sign test where one is allowed.

    Takes a grid by study, so that reports of one study are one vote; raises ValueError otherwise.
    """
    if grid.unit != "study":
        raise ValueError("votes are those of studies; make the grid by study")
    notes: dict[str, Note] = {}
    rows: list[Row] = []
    for group, domains in by_domain_group(grid):
        if group:
            rows.append(heading(group))
        rows += [_votes_row(domain, label, votes(grid, domain), notes) for domain, label in domains]
    tested = any(row.cells[-2].text for row in rows if not row.heading)
    return Table(
        id="votes",
        title="Votes of studies by direction of effect",
        columns=(
            Column("domain", "Domain", width=2),
            Column("studies", "Studies", Kind.NUMBER),
            *(
                Column(str(way).replace(" ", "_"), label, Kind.NUMBER)
                for way, label in WAYS.items()
            ),
            Column("share", "Better, of those with a direction", width=2.2, optional=True),
            Column("p", "Sign test, p", width=1.2, optional=True),
            Column("no_test", "No test because", width=2),
        ),
        rows=tuple(rows),
        notes=tuple(notes.values()),
        general_notes=(CAUTION,) if tested else (),
        landscape=True,
        unit="domain",
    )


VOTES_SHOWN = (
    "domain", "studies", "better", "no_difference", "mixed", "worse", "unknown", "share", "p",
)  # fmt: skip


def _votes_row(domain: str, label: str, counted: DomainVotes, notes: dict[str, Note]) -> Row:
    marks: tuple[str, ...] = ()
    if counted.test is None:
        why = counted.no_test_because
        notes.setdefault(why, Note(why, f"No sign test: {why}."))
        marks = (why,)
    return Row(
        (
            Cell(label, note_ids=marks),
            Cell(str(counted.total)),
            *(Cell(str(counted.counts[way])) for way in WAYS),
            Cell(_share(counted.test)),
            Cell(_p(counted.test)),
            Cell(counted.no_test_because),
        ),
        key=domain,
    )


def _share(test: SignTest | None) -> str:
    if test is None or test.share is None or test.low is None or test.high is None:
        return ""
    low, high = (round(end * 100) for end in (test.low, test.high))
    return f"{test.better} of {test.counted} ({round(test.share * 100)}%, 95% CI {low}% to {high}%)"


def _p(test: SignTest | None) -> str:
    if test is None or test.p is None:
        return ""
    return str(PValue("<", 0.001)) if test.p < 0.001 else coefficient(test.p, 3)


def by_domain_group(grid: DirectionGrid) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each group with its domains that have findings, groups by their first domain."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for domain, described in grid.domains:
        if grid.row(domain):
            groups.setdefault(described.group, []).append((domain, described.label))
    yield from groups.items()


def heading(group: str) -> Row:
    """Return the row over the domains of a group."""
    text = group.replace("-", " ").replace("_", " ")
    return Row((Cell(text[:1].upper() + text[1:]),), heading=True, key=group)
