"""The list behind one number of the flow, a page at a time, as its entries are read."""

from dataclasses import dataclass

from review.pipeline.flow.counted import Counting, numbers
from review.pipeline.flow.records import record_line, why_merged
from review.pipeline.project import Project
from review.store import queries
from screening.diagram.text import plain
from screening.flow.counting import Flow
from synthesis.writers.counted_html import CountedLine

_ELSEWHERE = ("previous_studies", "previous_reports")
"""Numbers that the protocol states of an earlier review, whose records lie in another ledger."""


@dataclass(frozen=True, slots=True)
class ListedPart:
    """A number that is part of another, by the name of its own list."""

    count: str
    words: str
    n: int


@dataclass(frozen=True, slots=True)
class ListedPage:
    """One page of what a number counts, each entry with why it was merged away, if it was.

    `total` is how many entries there are, `n` what the flow says: the two differ where entries are the
    reports of studies.
    """

    words: str
    n: int | None
    total: int
    lines: tuple[tuple[CountedLine, str], ...]
    parts: tuple[ListedPart, ...]


def lists_of(flow: Flow) -> dict[str, str]:
    """Return the numbers behind which something is listed: as the diagram and the flow name them."""
    known = [
        name for name, (_, n) in numbers(flow).items() if n and not name.startswith(_ELSEWHERE)
    ]
    return {"/".join(map(plain, name.split("/", 1))): name for name in known}


def listed(
    project: Project,
    count: str,
    *,
    limit: int,
    offset: int = 0,
    counting: Counting | None = None,
) -> ListedPage | None:
    """Return a page of what a number counts, or None where the flow has no such number.

    `counting` is given where several numbers are asked for, so that the review is read once.
    """
    counting = counting or Counting(project)
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
        (
            *((_reference(line), "") for line in references),
            *((record_line(each), why_merged(each)) for each in shown),
        ),
        tuple(ListedPart(part, *_stated(counting, part)) for part in counting.parts(name)),
    )


def _stated(counting: Counting, name: str) -> tuple[str, int]:
    words, n = counting.numbers[name]
    return words, n or 0


def _reference(line: queries.ReferenceLine) -> CountedLine:
    fields = line.reference.fields
    return CountedLine(
        key=line.standing.report_key or line.key,
        title=fields.title or "",
        authors=fields.authors,
        year=fields.year,
        where=fields.journal or "",
    )
