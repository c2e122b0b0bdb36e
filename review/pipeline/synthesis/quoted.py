"""The numbers that a report quotes from the flow, read back out of its words and its tables."""

import re
from collections.abc import Iterable, Iterator

from screening.flow.labels import LABELS
from synthesis import trace
from synthesis.report import Block, Paragraph, Place, Report
from synthesis.sentences import in_words
from synthesis.tables.table import Table

_FIGURES = re.compile(r"\d[\d,]*")
_WORDS = {in_words(n): n for n in range(1000)} | {"no": 0, "none": 0}
_LONGEST_FIRST = re.compile(
    rf"({'|'.join(sorted(_WORDS, key=lambda words: (-len(words), words)))})\b", re.IGNORECASE
)
_PREFIX = trace.of_count("")


def quoted_counts(report: Report) -> Iterator[tuple[str, int]]:
    """Yield each count of the flow that the report states, as (id of the count, number it states)."""
    for source, text in _sourced(report.blocks()):
        count = source.removeprefix(_PREFIX)
        if source.startswith(_PREFIX) and count in LABELS and (n := stated(text)) is not None:
            yield count, n


def stated(text: str) -> int | None:
    """Return the number that a text begins with, in figures or in words; None where it has none."""
    if figures := _FIGURES.match(text.strip()):
        return int(figures[0].replace(",", ""))
    words = _LONGEST_FIRST.match(text.strip())
    return _WORDS[words[1].lower()] if words else None


def _sourced(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from ((piece.source, piece.text) for piece in block.sentence.pieces)
        elif isinstance(block, Table):
            yield from ((cell.source, cell.text) for row in block.rows for cell in row.cells)
        elif isinstance(block, Place):
            yield from _sourced(block.written)
