"""The PRISMA 2020 and PRISMA-S checklists, filled with where an item is found.

Only what protocol and ledger prove is filled in. Where the authors wrote text of their own for an item,
a column of its own names it: whether it meets the item, they alone can say. An appraisal of quality
such as the CCAT never counts as an assessment of risk of bias (items 11 and 18).
"""

from collections.abc import Iterator, Sequence

from screening.records import SourceKind
from synthesis.author_text import PLACES
from synthesis.checklist_items import PRISMA_2020, PRISMA_S
from synthesis.report import Report
from synthesis.report_inputs import ReportInputs
from synthesis.tables.table import Cell, Column, Row, Table

_LEFT = "Items without a place are left to the authors: nothing in the records of the review proves them."


def prisma_2020(inputs: ReportInputs, report: Report) -> Table:
    """Return the PRISMA 2020 checklist of a composed report."""
    written = {
        item: place.heading
        for place in PLACES
        if inputs.author_text.places.get(place.id)
        for item in place.items
    }
    proved = dict(_proved(inputs))
    return _checklist("prisma_2020", "PRISMA 2020 checklist", PRISMA_2020, report, proved, written)


def prisma_s(inputs: ReportInputs, report: Report) -> Table:
    """Return the PRISMA-S checklist of a composed report."""
    proved = dict(_proved_of_search(inputs))
    return _checklist("prisma_s", "PRISMA-S checklist", PRISMA_S, report, proved, {})


Where = tuple[str, ...]
"""Ids of tables and figures, and headings of sections, in which an item is found."""


def _proved(inputs: ReportInputs) -> Iterator[tuple[str, Where]]:
    about, tables = inputs.about, inputs.tables
    flow = tables.flow
    sought = [each for each in tables.sources if each.source.kind.lane == "dbr"]
    title = inputs.section.title or about.title
    included = {report.key for report in tables.included}
    yield from (
        (item, where)
        for item, where, holds in (
            ("1", ("Title",), "systematic review" in title.casefold()),
            ("4", ("Objectives",), bool(about.question)),
            ("5", ("Eligibility criteria", "criteria"), bool(tables.criteria)),
            (
                "6",
                ("Information sources", "sources"),
                bool(sought) and all(each.source.searched for each in tables.sources),
            ),
            (
                "7",
                ("Search strategy", "strategies"),
                bool(sought) and all(each.strategy for each in sought),
            ),
            ("8", ("Selection process",), bool(inputs.screened)),
            ("9", ("Data collection",), bool(tables.extracted)),
            ("10a", ("Data items",), bool(tables.domains)),
            ("10b", ("Data items",), bool(tables.fields)),
            ("16a", ("Study selection", "figure:flow"), not flow.provisional and _has_flow(inputs)),
            ("16b", ("excluded",), _lists_all_excluded(inputs)),
            (
                "17",
                ("characteristics",),
                bool(included) and included <= {value.report for value in tables.extracted},
            ),
            (
                "19",
                ("findings",),
                bool(included) and included <= {finding.report for finding in tables.findings},
            ),
            ("24a", ("Registration and protocol",), bool(about.registration)),
            ("24b", ("Registration and protocol",), bool(about.protocol)),
            ("24c", ("Registration and protocol", "amendments"), bool(tables.amendments)),
            ("25", ("Support",), bool(about.support)),
            ("26", ("Competing interests",), bool(about.competing_interests)),
            ("27", ("Availability",), bool(about.availability)),
        )
        if holds
    )


def _has_flow(inputs: ReportInputs) -> bool:
    return inputs.figure("flow") is not None and inputs.tables.flow.screened is not None


def _lists_all_excluded(inputs: ReportInputs) -> bool:
    flow = inputs.tables.flow
    counted = (flow.dbr_excluded or 0) + (flow.other_excluded or 0)
    listed = inputs.tables.excluded
    return bool(listed) and len(listed) == counted and all(each.reasons for each in listed)


def _proved_of_search(inputs: ReportInputs) -> Iterator[tuple[str, Where]]:
    sources = [each.source for each in inputs.tables.sources]
    searched = [each for each in inputs.tables.sources if each.source.kind.lane == "dbr"]
    databases = [source for source in sources if source.kind is SourceKind.DATABASE]
    kinds = {source.kind for source in sources}
    yield from (
        (item, where)
        for item, where, holds in (
            (
                "1",
                ("sources",),
                bool(databases) and all(source.platform for source in databases),
            ),
            ("3", ("sources",), SourceKind.REGISTER in kinds),
            ("4", ("sources",), bool(kinds & {SourceKind.WEBSITE, SourceKind.ORGANISATION})),
            ("5", ("sources",), SourceKind.CITATION_SEARCHING in kinds),
            ("6", ("Data collection",), inputs.contacts > 0),
            ("7", ("sources",), SourceKind.OTHER in kinds),
            (
                "8",
                ("strategies",),
                bool(searched) and all(each.strategy for each in searched),
            ),
            ("9", ("sources",), bool(searched) and all(each.source.limits for each in searched)),
            ("10", ("sources",), bool(searched) and all(each.source.filters for each in searched)),
            ("13", ("sources",), bool(sources) and all(source.searched for source in sources)),
            (
                "14",
                ("sources",),
                bool(searched) and all(each.source.peer_review for each in searched),
            ),
            ("15", ("sources", "figure:flow"), bool(searched)),
            ("16", ("Deduplication",), inputs.deduplicated is not None),
        )
        if holds
    )


def _checklist(  # noqa: PLR0913, PLR0917 - what is asked, what is proved, what was written
    table_id: str,
    title: str,
    items: Sequence[tuple[str, str, str]],
    report: Report,
    proved: dict[str, Where],
    written: dict[str, str],
) -> Table:
    names = report.names()
    headings = {section.heading for section in report.sections} | {"Title"}
    rows: list[Row] = []
    heading = ""
    for section, item, topic in items:
        if section != heading:
            rows.append(Row((Cell(section),), heading=True))
            heading = section
        places = [names.get(where, where) for where in proved.get(item, ())]
        found = [where for where in places if where in headings or where in names.values()]
        cells = [Cell(item), Cell(topic), Cell(", ".join(found))]
        cells += [Cell(written.get(item, ""))] if written else []
        rows.append(Row(tuple(cells), key=item))
    own = (Column("authors", "Authors' own text under", width=1.8),) if written else ()
    return Table(
        id=table_id,
        title=title,
        columns=(
            Column("item", "Item", width=0.5),
            Column("topic", "Topic", width=3),
            Column("where", "Where found", width=2.5),
            *own,
        ),
        rows=tuple(rows),
        general_notes=(_LEFT,),
        unit="item",
    )
