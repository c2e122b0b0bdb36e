"""What goes with what: directions beside any feature of the studies, and beside their appraisal."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from synthesis.directions import DirectionGrid
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


AT_OR_ABOVE = "at or above the median"
BELOW = "below the median"
_UNGROUPED = "not reported"
