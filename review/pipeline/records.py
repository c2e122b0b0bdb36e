"""One page with the list behind every number of the flow, and the addresses that lead to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from review import resources
from review.pipeline.counted import Counted, CountedRecord, Counting
from review.pipeline.project import Project
from review.store.queries import ReferenceLine
from screening.diagram_text import plain
from synthesis import trace
from synthesis.tables.counted import CountedLine, CountedList, CountedPart, counted_table
from synthesis.tables.section import TableSection, arrange
from synthesis.tables.table import Table
from synthesis.writers import html

PAGE = "records.html"


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """The page, and for the id of each number the address of its list on it."""

    content: bytes
    links: Mapping[str, str]

    def link(self, source: str) -> str | None:
        """Return where the trace id of a cell or a number leads to on the page, or None."""
        return self.links.get(source.removeprefix(trace.of_count("")))


def records_page(project: Project) -> RecordsPage:
    """Return the list behind every number that counts anything, as one HTML page."""
    counting = Counting(project)
    tables: dict[str, Table] = {}
    for count, (_, n) in counting.numbers.items():
        if n:
            table = counted_table(_list(counting, counting.counted(count)))
            if table.rows:
                tables[count] = table
    tables = _with_own_anchors(tables)
    links = {count: f"{PAGE}#table-{table.slug}" for count, table in tables.items()}
    links |= {"/".join(map(plain, count.split("/", 1))): at for count, at in links.items()}
    sources = {trace.of_source(name): links[at] for name, at in counting.homes().items()}
    content = html.write(
        [arrange(table, TableSection())[0] for table in tables.values()],
        style=resources.text("templates/report/style.css"),
        title=f"The records behind each number: {project.protocol.review.title}",
        link=lambda source: _within(links, source),
        numbered=False,
    )
    return RecordsPage(content, links | sources)


def _within(links: Mapping[str, str], source: str) -> str | None:
    at = links.get(source.removeprefix(trace.of_count("")))
    return at.removeprefix(PAGE) if at else None


def _with_own_anchors(tables: Mapping[str, Table]) -> dict[str, Table]:
    """Return the tables, those whose labels differ only in signs told apart by a number."""
    seen: dict[str, int] = {}
    apart = {}
    for count, table in tables.items():
        seen[table.slug] = seen.get(table.slug, 0) + 1
        number = seen[table.slug]
        apart[count] = table if number == 1 else replace(table, id=f"{table.id}-{number}")
    return apart


def _list(counting: Counting, found: Counted) -> CountedList:
    return CountedList(
        count=found.id,
        words=found.words,
        n=found.n or 0,
        lines=(*map(_reference, found.references), *map(_record, found.records)),
        parts=tuple(_parts(counting, found)),
    )


def _parts(counting: Counting, found: Counted) -> Iterator[CountedPart]:
    for part in found.parts:
        words, n = counting.numbers[part]
        yield CountedPart(count=part, words=words, n=n or 0)


def _reference(line: ReferenceLine) -> CountedLine:
    fields = line.reference.fields
    return CountedLine(
        key=line.standing.report_key or line.key,
        title=fields.title or "",
        authors=fields.authors,
        year=fields.year,
        where=fields.journal or "",
    )


def _record(each: CountedRecord) -> CountedLine:
    return CountedLine(
        key=each.key,
        title=each.fields.title or "",
        authors=each.fields.authors,
        year=each.fields.year,
        where=f"{each.file}, record {each.position}",
        why=f"Merged into {each.reference}: {each.because}" if each.because else "",
    )
