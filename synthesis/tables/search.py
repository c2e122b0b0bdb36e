"""Where and how was searched (PRISMA 2020 items 6 and 7; PRISMA-S, Rethlefsen et al. 2021)."""

from collections.abc import Iterable, Mapping, Sequence

from synthesis import trace
from synthesis.included import KnownReport, SearchedSource
from synthesis.sentences import series
from synthesis.tables.table import Cell, Column, Kind, Row, Table
from synthesis.tables.wording import NOT_YET, in_words, with_not_yet_note

SOURCES_SHOWN = ("source", "platform", "kind", "searched", "limits", "reported", "records")


def sources_table(sources: Sequence[SearchedSource]) -> Table:
    """Return the table of sources: one row each with platform, date, limits and numbers of records."""
    columns = (
        Column("source", "Source", width=2.5),
        Column("platform", "Platform", width=1.6),
        Column("kind", "Kind", width=1.4),
        Column("searched", "Date of search", width=1.4),
        Column("limits", "Limits", width=2),
        Column("filters", "Filters", width=1.5),
        Column("peer_review", "Peer review of strategy", width=1.5),
        Column("reported", "Results reported", Kind.NUMBER),
        Column("records", "Records", Kind.NUMBER),
        Column("unique", "Found here only", Kind.NUMBER),
        Column("note", "Note", width=2, optional=True),
    )
    total = sum(source.records for source in sources)
    table = Table(
        id="sources",
        title="Sources searched, with dates, limits and records identified",
        columns=columns,
        rows=tuple(_source(each) for each in sources),
        general_notes=(f"Records identified before duplicates were removed: {total:,} in all.",),
        unit="source",
    )
    return with_not_yet_note(table)


def _source(searched: SearchedSource) -> Row:
    source = searched.source
    limits = "\n".join(f"{name.capitalize()}: {limit}" for name, limit in source.limits.items())
    traced = trace.of_source(source.id)
    texts = (
        source.name,
        source.platform or NOT_YET,
        str(source.kind).replace("_", " ").capitalize(),
        in_words(source.searched) if source.searched else NOT_YET,
        limits or NOT_YET,
        source.filters or NOT_YET,
        source.peer_review or NOT_YET,
        NOT_YET if source.reported is None else str(source.reported),
        str(searched.records),
        NOT_YET if searched.unique is None else str(searched.unique),
        source.note,
    )
    return Row(tuple(Cell(text, source=traced) for text in texts), key=source.id)


def strategies_table(sources: Sequence[SearchedSource]) -> Table:
    """Return the search strings verbatim, sources that ran the same string sharing a row."""
    together: dict[str, list[SearchedSource]] = {}
    for source in sources:
        if source.strategy:
            together.setdefault(source.strategy, []).append(source)
    rows = tuple(
        Row(
            (
                Cell(series(each.source.describe() for each in same)),
                Cell(strategy, source=trace.of_source(same[0].source.id)),
            ),
            key=same[0].source.id,
        )
        for strategy, same in together.items()
    )
    missing = [each.source.name for each in sources if not each.strategy]
    return Table(
        id="strategies",
        title="Search strategies, verbatim as run",
        columns=(Column("source", "Source", width=1), Column("strategy", "Strategy", width=3)),
        rows=rows,
        general_notes=(f"No strategy is recorded for {series(missing)}.",) if missing else (),
        unit="source",
    )


def history_table(sources: Iterable[SearchedSource]) -> Table:
    """Return the line-by-line search histories with the hits of each line."""
    rows: list[Row] = []
    for searched in sources:
        source = searched.source
        if source.history:
            rows.append(Row((Cell(source.describe()),), heading=True, key=source.id))
        rows += [
            Row(
                (
                    Cell(str(line.line)),
                    Cell(line.query, source=trace.of_source(source.id)),
                    Cell(NOT_YET if line.hits is None else str(line.hits)),
                ),
                key=source.id,
            )
            for line in source.history
        ]
    table = Table(
        id="history",
        title="Search histories, line by line",
        columns=(
            Column("line", "Line", width=0.4),
            Column("query", "Query", width=4),
            Column("hits", "Hits", Kind.NUMBER, width=0.6),
        ),
        rows=tuple(rows),
        unit="line",
    )
    return with_not_yet_note(table)


def known_table(known: Sequence[KnownReport], labels: Mapping[str, str]) -> Table:
    """Return which reports the search had to find, and where; included ones go by their labels."""
    found = sum(report.found for report in known)
    rows = tuple(
        Row(
            (
                Cell(labels.get(report.name, report.name)),
                Cell("Yes" if report.found else "No"),
                Cell("; ".join(report.found_in)),
            ),
            key=report.name,
        )
        for report in known
    )
    return Table(
        id="known",
        title="Known reports that the search had to find",
        columns=(
            Column("report", "Report", width=2),
            Column("found", "Found", width=0.6),
            Column("found_in", "Found in", width=3),
        ),
        rows=rows,
        general_notes=(f"Found: {found} of {len(known)}.",),
        unit="report",
    )
