"""One page with the list behind every number of the flow, and the addresses that lead to it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from review import resources
from review.pipeline.counted import CountedRecord, Counting
from review.pipeline.project import Project
from review.store import queries
from screening.diagram.text import plain
from synthesis import trace
from synthesis.tables.counted import CountedLine, CountedList, CountedPart, counted_table
from synthesis.tables.section import TableSection, arrange
from synthesis.tables.table import Table
from synthesis.writers import html

PAGE = "records.html"
_AT_ONCE = 2000


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
    lines = _lines(project)
    counts = [
        count for count, (_, n) in counting.numbers.items() if n and _has_list(counting, count)
    ]
    anchors = _anchors(counts)
    links = {count: f"{PAGE}#table-{anchor}" for count, anchor in anchors.items()}
    links |= {"/".join(map(plain, count.split("/", 1))): at for count, at in links.items()}
    sources = {trace.of_source(name): links[at] for name, at in counting.homes().items()}
    parts = []
    for count, anchor in anchors.items():
        table = replace(counted_table(_list(counting, count, lines)), id=anchor)
        shown, _ = arrange(table, TableSection())
        parts.append(html.fragment(shown, link=lambda source: _within(links, source)))
    content = html.page(
        parts,
        style=resources.text("templates/report/style.css"),
        title=f"The records behind each number: {project.protocol.review.title}",
    )
    return RecordsPage(content, links | sources)


def _lines(project: Project) -> dict[str, CountedLine]:
    """Return every reference in brief by its key; abstracts would fill the memory."""
    found: dict[str, CountedLine] = {}
    with project.ledger.read() as conn:
        while piece := queries.references(conn, limit=_AT_ONCE, offset=len(found)):
            found |= {line.key: _reference(line) for line in piece}
    return found


def _has_list(counting: Counting, count: str) -> bool:
    return bool(counting.parts(count) or counting.references(count) or counting.records(count))


def _within(links: Mapping[str, str], source: str) -> str | None:
    at = links.get(source.removeprefix(trace.of_count("")))
    return at.removeprefix(PAGE) if at else None


def _anchors(counts: Iterable[str]) -> dict[str, str]:
    """Return the anchor of each list; labels that differ only in signs are told apart by a number."""
    seen: Counter[str] = Counter()
    anchors = {}
    for count in counts:
        slug = Table(id=f"count-{count}", title="", columns=(), rows=()).slug
        seen[slug] += 1
        anchors[count] = slug if seen[slug] == 1 else f"{slug}-{seen[slug]}"
    return anchors


def _list(counting: Counting, count: str, lines: Mapping[str, CountedLine]) -> CountedList:
    words, n = counting.numbers[count]
    references = (lines[key] for key in counting.references(count))
    return CountedList(
        count=count,
        words=words,
        n=n or 0,
        lines=(*references, *map(_record, counting.records(count))),
        parts=tuple(_parts(counting, count)),
    )


def _parts(counting: Counting, count: str) -> Iterator[CountedPart]:
    for part in counting.parts(count):
        words, n = counting.numbers[part]
        yield CountedPart(count=part, words=words, n=n or 0)


def _reference(line: queries.ReferenceLine) -> CountedLine:
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
        title=each.title,
        authors=each.authors,
        year=each.year,
        where=f"{each.file}, record {each.position}",
        why=f"Merged into {each.reference}: {each.because}" if each.because else "",
    )
