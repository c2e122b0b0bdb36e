"""What is known of each measure's properties, one by one, rated by the COSMIN criteria."""

from collections import defaultdict

from synthesis import trace
from synthesis.cosmin import VERSION, rate
from synthesis.measures import Property
from synthesis.tables.measures import Measures, property_text
from synthesis.tables.table import Cell, Column, Row, Table

_NOTES = (
    (
        f"Ratings follow the criteria for good measurement properties of {VERSION}. They are made from the "
        "figures entered alone: the quality of the studies behind these is not rated here."
    ),
    (
        "Internal consistency is rated only beside sufficient structural validity of the same scale, never "
        "from alpha alone."
    ),
)


def properties_table(measures: Measures) -> Table:
    """Return a row per property of each measure with its rating and the reason for it.

    Measures stand in the order of their groups, then as entered; those without any property are left
    out, and the tables of measures say so of them.
    """
    groups = [*measures.groups]
    own: dict[str, list[Property]] = defaultdict(list)
    for each in sorted(measures.properties, key=lambda each: each.number):
        own[each.measure].append(each)
    listed = sorted(
        measures.measures,
        key=lambda each: groups.index(each.group) if each.group in groups else len(groups),
    )
    rows = []
    for measure in listed:
        for each in own[measure.id]:
            rated = rate(each, own[measure.id])
            traced = trace.of_entry(each.sheet, each.key)
            texts = (
                measure.name_with_abbreviation,
                property_text(each),
                str(rated.rating),
                rated.because,
            )
            rows.append(Row(tuple(Cell(text, source=traced) for text in texts), key=measure.id))
    return Table(
        id="properties",
        title="Measurement properties by the COSMIN criteria",
        columns=(
            Column("measure", "Measure", width=1.8),
            Column("property", "Property", width=3),
            Column("rating", "Rating"),
            Column("because", "Because", width=2),
        ),
        rows=tuple(rows),
        general_notes=_NOTES,
        landscape=True,
        unit="property",
    )
