"""How the sources of a search overlap: what each brought, what only it brought, and what they share."""

from collections.abc import Mapping

from screening.identification.overlap import Overlap
from synthesis import trace
from synthesis.sentences import series
from synthesis.tables.table import Cell, Column, Kind, Row, Table


def overlap_table(found: Overlap, names: Mapping[str, str]) -> Table:
    """Return a row per source: its records, the references they became, and those nobody else has.

    `names` are what sources are called. The share of all references needs merged records, so it is
    one of references and never of records.
    """
    rows = tuple(
        Row(
            (
                Cell(names.get(each.source, each.source), source=trace.of_source(each.source)),
                Cell(str(each.records), source=trace.of_source(each.source)),
                Cell(str(each.references)),
                Cell(_percent(each.references, found.references)),
                Cell(str(each.unique)),
            ),
            key=each.source,
        )
        for each in found.sources
    )
    return Table(
        id="overlap",
        title="What each source brought, and what only it brought",
        columns=(
            Column("source", "Source", width=3),
            Column("records", "Records", Kind.NUMBER),
            Column("references", "References", Kind.NUMBER),
            Column("share", "Of all references, %", Kind.NUMBER, width=1.2),
            Column("unique", "In no other source", Kind.NUMBER, width=1.2),
        ),
        rows=rows,
        general_notes=(
            (
                f"{found.records:,} records are {found.references:,} references after merging; one "
                "that several sources hold counts with each of them."
            ),
        ),
        unit="source",
    )


def combinations_table(found: Overlap, names: Mapping[str, str]) -> Table:
    """Return a row per exact combination of sources; every reference is counted in one of them."""
    rows = tuple(
        Row(
            (
                Cell(series(names.get(source, source) for source in together)),
                Cell(str(len(together))),
                Cell(str(n)),
            ),
            key="+".join(together),
        )
        for together, n in found.combinations
    )
    return Table(
        id="overlap_combinations",
        title="References by the sources that hold them",
        columns=(
            Column("sources", "Held by exactly", width=5),
            Column("number", "Sources", Kind.NUMBER),
            Column("references", "References", Kind.NUMBER),
        ),
        rows=rows,
        unit="combination",
    )


def _percent(part: int, whole: int) -> str:
    """Return a share to one decimal, halves rounded up, in exact integers."""
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}"
