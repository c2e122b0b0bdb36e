"""The list behind one number of the flow, a page at a time, as its entries are read."""

from dataclasses import dataclass

from review.pipeline.counted import CountedRecord, Counting, numbers
from review.pipeline.project import Project
from review.store import queries
from screening.diagram.text import plain
from screening.flow.counting import Flow
from synthesis.tables.counted import CountedLine, CountedPart

_ELSEWHERE = ("previous_studies", "previous_reports")
"""Numbers that the protocol states of an earlier review, whose records lie in another ledger."""


@dataclass(frozen=True, slots=True)
class ListedPage:
    """One page of what a number counts. `total` is how many entries there are, `n` what the flow says.

    The two differ where entries are the reports of studies.
    """

    words: str
    n: int | None
    total: int
    lines: tuple[CountedLine, ...]
    parts: tuple[CountedPart, ...]


def lists_of(flow: Flow) -> dict[str, str]:
    """Return the numbers behind which something is listed: as the diagram and the flow name them."""
    known = [
        name for name, (_, n) in numbers(flow).items() if n and not name.startswith(_ELSEWHERE)
    ]
    return {"/".join(map(plain, name.split("/", 1))): name for name in known}


def listed(project: Project, count: str, *, limit: int, offset: int = 0) -> ListedPage | None:
    """Return a page of what a number counts, or None where the flow has no such number."""
    counting = Counting(project)
    name = count if count in counting.numbers else lists_of(counting.flow).get(count)
    if name is None:
        return None
    words, n = counting.numbers[name]
    keys, records = counting.references(name), counting.records(name)
    end = offset + limit
    with project.ledger.read() as conn:
        references = queries.references_by_key(conn, keys[offset:end])
    shown = records[max(0, offset - len(keys)) : max(0, end - len(keys))]
    return ListedPage(
        words,
        n,
        len(keys) + len(records),
        (*map(reference_line, references), *map(record_line, shown)),
        tuple(
            CountedPart(
                count=part, words=counting.numbers[part][0], n=counting.numbers[part][1] or 0
            )
            for part in counting.parts(name)
        ),
    )


def reference_line(line: queries.ReferenceLine) -> CountedLine:
    """Return a reference as it stands in the list of a number."""
    fields = line.reference.fields
    return CountedLine(
        key=line.standing.report_key or line.key,
        title=fields.title or "",
        authors=fields.authors,
        year=fields.year,
        where=fields.journal or "",
    )


def record_line(each: CountedRecord) -> CountedLine:
    """Return a record as it stands in the list of a number, with why it was merged away if it was."""
    return CountedLine(
        key=each.key,
        title=each.title,
        authors=each.authors,
        year=each.year,
        where=f"{each.file}, record {each.position}",
        why=f"Merged into {each.reference}: {each.because}" if each.because else "",
    )
