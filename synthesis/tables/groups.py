"""Which way studies point in each domain, group by group."""

from collections.abc import Mapping

from synthesis.directions import DirectionGrid
from synthesis.grouping import Grouped
from synthesis.tables.directions import WAYS, by_domain_group, heading
from synthesis.tables.table import Cell, Column, Kind, Row, Table

_RULE = "Groups are compared by eye: a difference between them may have many reasons, and no test is made."


def groups_table(grid: DirectionGrid, grouped: Grouped, labels: Mapping[str, str]) -> Table:
    """Return a row per domain and group with the studies that point each way, named.

    Takes a grid by study, so that reports of one study are one voice; raises ValueError otherwise.
    `labels` name the studies.
    """
    if grid.unit != "study":
        raise ValueError("groups are those of studies; make the grid by study")
    rows: list[Row] = []
    for group, domains in by_domain_group(grid):
        if group:
            rows.append(heading(group))
        for domain, label in domains:
            rows += _domain_rows(grid, grouped, domain, label, labels)
    return Table(
        id=f"groups_{grouped.id}",
        title=f"Direction of findings by outcome domain and {_in_a_sentence(grouped.label)}",
        columns=(
            Column("domain", "Domain", width=1.6),
            Column("group", grouped.label, width=1.6),
            Column("studies", "Studies", Kind.NUMBER, width=0.7),
            *(
                Column(str(way).replace(" ", "_"), words, width=1.6, optional=True)
                for way, words in WAYS.items()
            ),
        ),
        rows=tuple(rows),
        general_notes=(*grouped.notes, _RULE),
        landscape=True,
        unit="group",
    )


def _domain_rows(
    grid: DirectionGrid, grouped: Grouped, domain: str, label: str, labels: Mapping[str, str]
) -> list[Row]:
    rows = []
    for group in grouped.groups:
        cells = grouped.cells(grid, domain, group)
        if not cells:
            continue
        ways = [
            "; ".join(
                labels.get(each.column, each.column) for each in cells if each.direction is way
            )
            for way in WAYS
        ]
        texts = (label, group, str(len(cells)), *ways)
        rows.append(Row(tuple(Cell(text) for text in texts), key=domain))
    return rows


def _in_a_sentence(label: str) -> str:
    """Return a label as it stands within a sentence, an abbreviation as it is."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
