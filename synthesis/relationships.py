"""What goes with what: directions beside any feature of the studies, and beside their appraisal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from synthesis.directions import DirectionGrid
from synthesis.extraction import Extracted, ExtractionSection, Status
from synthesis.findings import Direction


@dataclass(frozen=True, slots=True)
class GroupedVotes:
    """How the units of one group (a design, a country, a half of the scores) point in a domain."""

    domain: str
    group: str
    units: Mapping[Direction, tuple[str, ...]]

    @property
    def total(self) -> int:
        """Return how many units of the group report on the domain."""
        return sum(len(units) for units in self.units.values())


def by_group(grid: DirectionGrid, group_of: Mapping[str, str]) -> list[GroupedVotes]:
    """Return the directions of every domain within every group, groups in order of appearance.

    `group_of` maps a column of the grid to its group: an extracted value, a band, anything. Columns
    that are not in it form the group "not reported".
    """
    groups = list(dict.fromkeys(group_of.get(column, _UNGROUPED) for column in grid.columns))
    rows = []
    for domain, _ in grid.domains:
        cells = grid.row(domain)
        for group in groups:
            own = [cell for cell in cells if group_of.get(cell.column, _UNGROUPED) == group]
            if own:
                units = {
                    way: tuple(cell.column for cell in own if cell.direction is way)
                    for way in Direction
                }
                rows.append(GroupedVotes(domain, group, units))
    return rows


def by_appraisal(
    grid: DirectionGrid, totals: Mapping[str, int]
) -> tuple[float | None, list[GroupedVotes]]:
    """Return the median total, and the directions at or above it and below it.

    The median divides the units at hand and is no judgement of quality: the authors of the CCAT name
    no threshold. Units without a total form the group "not reported".
    """
    known = [totals[column] for column in grid.columns if column in totals]
    if not known:
        return None, by_group(grid, {})
    middle = float(median(known))
    halves = {
        column: AT_OR_ABOVE if points >= middle else BELOW for column, points in totals.items()
    }
    return middle, by_group(grid, halves)


def by_value(
    extracted: Iterable[Extracted], field: str, studies: Mapping[str, str]
) -> dict[str, str]:
    """Return the value of a field for each study, for `by_group`.

    `studies` maps reports to studies. Reports of one study that differ give their values joined, in
    the order of the rows, so that no report's word is lost.
    """
    values: dict[str, list[str]] = {}
    for row in extracted:
        if row.field == field and row.status is Status.REPORTED and row.report in studies:
            told = values.setdefault(studies[row.report], [])
            if row.value not in told:
                told.append(row.value)
    return {study: "; ".join(told) for study, told in values.items()}


def design_suitability(
    section: ExtractionSection, extracted: Iterable[Extracted], studies: Mapping[str, str]
) -> dict[str, int]:
    """Return how suitable each study's design is, the best being the number of choices.

    A study takes its most suitable report's; one whose design is not given is left out.
    """
    if not section.design_field:
        return {}
    field = section.field(section.design_field)
    ranks = {choice.casefold(): n for n, choice in enumerate(reversed(field.choices), start=1)}
    suitable: dict[str, int] = {}
    for row in extracted:
        rank = ranks.get(row.value.casefold())
        if row.field == field.id and row.report in studies and rank is not None:
            study = studies[row.report]
            suitable[study] = max(rank, suitable.get(study, 0))
    return suitable


AT_OR_ABOVE = "at or above the median"
BELOW = "below the median"
_UNGROUPED = "not reported"
