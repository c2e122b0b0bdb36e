"""The lists behind the numbers of the flow as HTML: a page for each number, several for a long list."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import islice

from synthesis import trace
from synthesis.sentences import series
from synthesis.writers.html import page

PER_PAGE = 1000
"""Rows on one page: some 300 KB, which any browser shows at once."""

_LONGEST_NAME = 80  # of a file, before a number that tells it from another


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedLine:
    """One thing that a number counts: what it is, and where it stands."""

    key: str
    title: str
    authors: Sequence[str] = ()
    year: int | None = None
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedPart:
    """A number that is part of another, or stands in the list of all; `at` is the address of its list."""

    words: str
    n: int
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedList:
    """A number of the flow with the parts that add up to it, or with the rows behind it.

    `file` is what its pages are called. `rows` are (cells, why): what `cells` made of a line, and why
    it is in the list, where that is to be said of any (`explained`).
    """

    file: str
    words: str
    n: int
    parts: Sequence[CountedPart] = ()
    rows: Iterable[tuple[str, str]] = ()
    size: int = 0
    explained: bool = False


def cells(line: CountedLine) -> str:
    """Return the cells of a line, which stand alike in every list that it is in."""
    source = escape(trace.of_report(line.key))
    year = "" if line.year is None else line.year
    return (
        f'<tr><th scope="row" data-source="{source}">{escape(line.key)}</th>'
        f"<td>{escape(line.title or 'No title')}</td>"
        f"<td>{escape(series(_some(line.authors)))}</td>"
        f'<td class="number-column">{year}</td><td>{escape(line.where)}</td>'
    )


def index(parts: Sequence[CountedPart], *, title: str, style: str) -> bytes:
    """Return the page that names every number and leads to its list."""
    return page([_parts("Every number of the flow", parts)], style=style, title=title)


def list_pages(found: CountedList, *, index_at: str, style: str) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of each page of a number's list; none is longer than `PER_PAGE` rows.

    `index_at` is the address of the index as seen from these pages.
    """
    title = f"{found.words} (n = {found.n:,})"
    back = f'<p><a href="{escape(index_at)}">All numbers</a></p>\n'
    if found.parts:
        yield (
            f"{found.file}.html",
            page([back, _parts(title, found.parts)], style=style, title=title),
        )
        return
    last = max(1, -(-found.size // PER_PAGE))
    rows = iter(found.rows)
    for number in range(1, last + 1):
        caption = title if last == 1 else f"{title}, page {number:,} of {last:,}"
        around = _around(found.file, number, last)
        some = "".join(_row(row, explained=found.explained) for row in islice(rows, PER_PAGE))
        why = '<th scope="col">Why</th>' if found.explained else ""
        table = _table(
            caption,
            '<th scope="col">Key</th><th scope="col">Title</th><th scope="col">Authors</th>'
            f'<th scope="col" class="number-column">Year</th><th scope="col">Where</th>{why}',
            some,
        )
        content = page([back, around, table, around], style=style, title=caption)
        yield _name(found.file, number), content


def file_names(counts: Iterable[str]) -> dict[str, str]:
    """Return a name for the pages of each number, safe on every system, each its own."""
    taken: set[str] = set()
    names = {}
    for count in counts:
        plain = unicodedata.normalize("NFKD", count).encode("ascii", "ignore").decode().lower()
        base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_NAME] or "number"
        number, name = 1, base
        while name in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name)
        names[count] = name
    return names


def _name(file: str, number: int) -> str:
    # A full stop stands in no other name, so that no list's second page can be another list.
    return f"{file}.html" if number == 1 else f"{file}.{number}.html"


def _around(file: str, number: int, last: int) -> str:
    """Return the links to the pages around one of several."""
    if last == 1:
        return ""
    places = {"First": 1, "Previous": number - 1, "Next": number + 1, "Last": last}
    links = " ".join(
        f'<a href="{_name(file, at)}">{word}</a>'
        for word, at in places.items()
        if 1 <= at <= last and at != number
    )
    return f"<p>Page {number:,} of {last:,}: {links}</p>\n"


def _row(row: tuple[str, str], *, explained: bool) -> str:
    return f"{row[0]}<td>{escape(row[1])}</td></tr>\n" if explained else f"{row[0]}</tr>\n"


def _parts(title: str, parts: Sequence[CountedPart]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(part.words)}</th>'
        f'<td class="number-column">{_linked(f"{part.n:,}", part.at)}</td></tr>\n'
        for part in parts
    )
    head = '<th scope="col">Made up of</th><th scope="col" class="number-column">n</th>'
    return _table(title, head, rows)


def _linked(text: str, at: str) -> str:
    return f'<a href="{escape(at)}">{text}</a>' if at else text


def _table(caption: str, head: str, rows: str) -> str:
    return (
        '<section class="winnow-table" aria-labelledby="list" tabindex="0">\n<table>\n'
        f'<caption id="list"><span class="title">{escape(caption)}</span></caption>\n'
        f"<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table>\n</section>\n"
    )


def _some(authors: Sequence[str]) -> Sequence[str]:
    """Return the first three authors: the list is for finding a reference, not for citing it."""
    return authors if len(authors) <= 3 else (*authors[:3], "others")
