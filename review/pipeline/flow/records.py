"""The pages with the list behind every number of the flow, and the addresses that lead to them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from review import resources
from review.pipeline.flow.counted import CountedRecord, Counting
from review.pipeline.project import Project
from review.store import queries
from screening.diagram.text import plain
from screening.flow.counting import Flow
from synthesis import trace
from synthesis.writers.counted_html import (
    CountedLine,
    CountedList,
    CountedPart,
    cells,
    file_names,
    index,
    list_pages,
)

INDEX = "records.html"
FOLDER = "records"


@dataclass(frozen=True, slots=True)
class RecordsPages:
    """The list behind every number that counts anything, and for the id of each number its address.

    The lists of a large review are written page by page: together they would fill the memory.
    """

    title: str
    links: Mapping[str, str]
    _counting: Counting
    _files: Mapping[str, str]

    def link(self, source: str) -> str | None:
        """Return where the trace id of a cell or a number leads to, or None."""
        return self.links.get(source.removeprefix(trace.of_count("")))

    def write(self, folder: Path) -> list[Path]:
        """Write the index and a page for each number, several for a long list; return the files.

        Pages of an earlier run that nothing leads to any more are taken away.
        """
        pages = folder / FOLDER
        pages.mkdir(parents=True, exist_ok=True)
        stale = set(pages.glob("*.html"))
        files = []
        for name, content in self.pages():
            (folder / name).write_bytes(content)
            files.append(folder / name)
        for path in stale.difference(files):
            path.unlink()
        return files

    def pages(self) -> Iterator[tuple[str, bytes]]:
        """Yield the name and content of each page, the index first."""
        style = resources.text("templates/report/style.css")
        title = f"The records behind each number: {self.title}"
        all_numbers = [self._part(count, f"{FOLDER}/") for count in self._files]
        yield INDEX, index(all_numbers, title=title, style=style)
        rows = {each.key: cells(_line(each)) for each in self._counting.briefs()}
        for count in self._files:
            found = self._list(count, rows)
            for name, content in list_pages(found, index_at=f"../{INDEX}", style=style):
                yield f"{FOLDER}/{name}", content

    def _list(self, count: str, rows: Mapping[str, str]) -> CountedList:
        words, n = self._counting.numbers[count]
        parts = [self._part(part, "") for part in self._counting.parts(count)]
        if parts and sum(part.n for part in parts) == n:
            return CountedList(file=self._files[count], words=words, n=n, parts=parts)
        references, records = self._counting.references(count), self._counting.records(count)
        return CountedList(
            file=self._files[count],
            words=words,
            n=n or 0,
            rows=(
                *((rows[key], "") for key in references),
                *((cells(record_line(each)), why_merged(each)) for each in records),
            ),
            size=len(references) + len(records),
            explained=any(each.because for each in records),
        )

    def _part(self, count: str, folder: str) -> CountedPart:
        words, n = self._counting.numbers[count]
        file = self._files.get(count)
        return CountedPart(words=words, n=n or 0, at=f"{folder}{file}.html" if file else "")


def records_pages(project: Project, flow: Flow | None = None) -> RecordsPages:
    """Return the pages behind every number that counts anything; `flow` is given where it is counted."""
    counting = Counting(project, flow)
    files = file_names(
        count for count, (_, n) in counting.numbers.items() if n and counting.has(count)
    )
    links = {count: f"{FOLDER}/{file}.html" for count, file in files.items()}
    links |= {"/".join(map(plain, count.split("/", 1))): at for count, at in links.items()}
    sources = {trace.of_source(name): links[at] for name, at in counting.homes().items()}
    return RecordsPages(project.protocol.review.title, links | sources, counting, files)


def _line(each: queries.Brief) -> CountedLine:
    return CountedLine(
        key=each.report_key or each.key,
        title=each.title,
        authors=each.authors,
        year=each.year,
        where=each.journal,
    )


def record_line(each: CountedRecord) -> CountedLine:
    """Return a record as it stands in the list of a number."""
    return CountedLine(
        key=each.key,
        title=each.title,
        authors=each.authors,
        year=each.year,
        where=f"{each.file}, record {each.position}",
    )


def why_merged(each: CountedRecord) -> str:
    """Return why a record was merged away, or nothing."""
    return f"Merged into {each.reference}: {each.because}" if each.because else ""
