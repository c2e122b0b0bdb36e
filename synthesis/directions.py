"""Domains by report with directions of effect, and what the studies behind them add up to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from synthesis.findings import Direction, DirectionBasis, Finding
from synthesis.section import Domain, in_order
from synthesis.sign_test import SignTest, sign_test


@dataclass(frozen=True, slots=True)
class GridCell:
    """What one report (or study) finds in one domain: its findings, and their joint direction."""

    domain: str
    column: str
    findings: tuple[Finding, ...]
    direction: Direction

    @property
    def outcomes(self) -> int:
        """Return how many findings the direction joins."""
        return len(self.findings)

    @property
    def n(self) -> int | None:
        """Return the largest number analysed in a finding of the cell, None where none is given."""
        return max((each.n for each in self.findings if each.n is not None), default=None)

    @property
    def n_intervention(self) -> int | None:
        """Return the largest number analysed in the intervention, None where none is given."""
        given = [each.n_intervention for each in self.findings if each.n_intervention is not None]
        return max(given, default=None)


@dataclass(frozen=True, slots=True)
class DirectionGrid:
    """Domains in the protocol's order by columns in the review's order. No cell: nothing reported.

    `unit` says what the columns are: "report" or "study".
    """

    domains: tuple[tuple[str, Domain], ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], GridCell]
    unit: str

    def row(self, domain: str) -> tuple[GridCell, ...]:
        """Return the cells of a domain that hold findings, in the order of the columns."""
        found = (self.cells.get((domain, column)) for column in self.columns)
        return tuple(cell for cell in found if cell is not None)


@dataclass(frozen=True, slots=True)
class DomainVotes:
    """How the units of one domain point, and the sign test, or why there is none."""

    domain: str
    counts: Mapping[Direction, int]
    unit: str
    test: SignTest | None
    no_test_because: str = ""

    @property
    def total(self) -> int:
        """Return how many units report on the domain, whatever they find."""
        return sum(self.counts.values())


def joint_direction(directions: Sequence[Direction]) -> Direction:
    """Return the direction several outcomes of one study share (Boon and Thomson 2021).

    It is the one that at least 70 % of those with a direction take; mixed where no direction reaches
    that. Outcomes without a difference leave it alone unless there are no others, and so do unknown
    ones.
    """
    telling = [each for each in directions if each in _TELLING]
    if not telling:
        return _without_a_way(directions)
    for way in (Direction.BETTER, Direction.WORSE):
        if telling.count(way) * 10 >= 7 * len(telling):
            return way
    return Direction.MIXED


def direction_grid(
    domains: Mapping[str, Domain],
    findings: Iterable[Finding],
    reports: Sequence[str],
    studies: Mapping[str, str] | None = None,
) -> DirectionGrid:
    """Return domains by reports, or by studies where `studies` maps each report to its study.

    Reports of one study share a column, so that a trial and its follow-up are one voice. Findings of
    domains or reports that are not given are left out here; `synthesis.checks` names them.
    """
    column_of = {report: (studies or {}).get(report, report) for report in reports}
    grouped: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.domain in domains and finding.report in column_of:
            cell = (finding.domain, column_of[finding.report])
            grouped.setdefault(cell, []).append(finding)
    cells = {
        (domain, column): GridCell(
            domain, column, tuple(found), joint_direction([each.direction for each in found])
        )
        for (domain, column), found in grouped.items()
    }
    return DirectionGrid(
        domains=tuple(in_order(domains).items()),
        columns=tuple(dict.fromkeys(column_of.values())),
        cells=cells,
        unit="report" if studies is None else "study",
    )


def votes(grid: DirectionGrid, domain: str) -> DomainVotes:
    """Return how the units of a domain point, with a sign test where one is allowed.

    None is allowed for reports, because those of one study are not independent; nor where a direction
    was read from significance: "no significant effect" is no direction, and counting significant
    results is not counting directions. Studies that are mixed, show no difference or are unknown stay
    out of the test and are counted beside it.
    """
    cells = grid.row(domain)
    counts = {way: sum(cell.direction is way for cell in cells) for way in Direction}
    if not cells:
        return DomainVotes(domain, counts, grid.unit, None, "no finding is reported")
    if grid.unit != "study":
        reason = "reports of one study are not independent; the test is made on studies"
        return DomainVotes(domain, counts, grid.unit, None, reason)
    if any(
        finding.basis is DirectionBasis.SIGNIFICANCE for cell in cells for finding in cell.findings
    ):
        reason = "directions were read from significance, which is not a direction of effect"
        return DomainVotes(domain, counts, grid.unit, None, reason)
    better, worse = counts[Direction.BETTER], counts[Direction.WORSE]
    if better + worse == 0:
        return DomainVotes(domain, counts, grid.unit, None, "no finding has a direction")
    test = sign_test(better, worse, len(cells) - better - worse)
    return DomainVotes(domain, counts, grid.unit, test)


_TELLING = (Direction.BETTER, Direction.WORSE, Direction.MIXED)


def _without_a_way(directions: Sequence[Direction]) -> Direction:
    return Direction.NO_DIFFERENCE if Direction.NO_DIFFERENCE in directions else Direction.UNKNOWN
