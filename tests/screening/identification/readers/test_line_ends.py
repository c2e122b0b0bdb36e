"""How a file's lines end, and how its letters are encoded, says nothing about its records."""

from collections.abc import Callable
from functools import cache
from itertools import cycle

import pytest

from screening.identification.readers import read
from screening.records import Fields
from tests.screening.identification.readers.corpus import corpus_test, exports

ENDS: dict[str, Callable[[str], bytes]] = {
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "each in turn": lambda text: "".join(
        line + end for line, end in zip(text.split("\n"), cycle(("\n", "\r\n", "\r")), strict=False)
    ).encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "no last line end": lambda text: text.rstrip().encode(),
    "blank lines around": lambda text: f"\n\n  \n{text}\n \n".encode(),
}
HEADLESS = "AU  - Roe, Ann\nTI  - One\nPY  - 2001\nER  - \n\nAU  - Doe, Bob\nTI  - Two\nPY  - 2002\nER  - \n"
UNBALANCED = "@article{a,\n  title = {One {of two},\n  year = {2001},\n  author = {Roe, Ann}\n}\n@article{b,\n title={Two},\n}\n"
REPORT = "Document 1 of 2\n\nOne title of two\n\nAuthor: Roe, Ann\n\nDocument 2 of 2\n\nTwo titles\n\nAuthor: Doe, Bob\n"
LARGEST = 60_000
"""Larger files have the same forms in greater number."""


def told(data: bytes) -> list[tuple[object, ...]]:
    """Return what is read but for running text, in which line ends may stand."""
    return [essence(record.fields) for record in read(data, "x").records]


def essence(fields: Fields) -> tuple[object, ...]:
    return (
        fields.type, fields.title, fields.authors, fields.year, fields.journal, fields.volume, fields.issue,
        fields.pages, fields.doi, fields.pmid, fields.accession, fields.registrations, fields.issn, fields.keywords,
    )  # fmt: skip


@pytest.mark.parametrize("ends", ENDS)
@pytest.mark.parametrize("text", [HEADLESS, UNBALANCED, REPORT], ids=["RIS", "BibTeX", "ProQuest"])
def test_line_ends_change_nothing_in_entries_out_of_the_ordinary(text: str, ends: str) -> None:
    plain = told(text.encode())
    assert len(plain) == 2
    assert told(ENDS[ends](text)) == plain


@corpus_test
@pytest.mark.corpus
@pytest.mark.parametrize("ends", ENDS)
def test_line_ends_and_encoding_change_nothing_in_any_export(ends: str) -> None:
    differing = {path for path, text, plain in _texts() if told(ENDS[ends](text)) != plain}
    assert differing == set()


@cache
def _texts() -> list[tuple[str, str, list[tuple[object, ...]]]]:
    found = []
    for export in exports():
        data = export.data
        if len(data) < LARGEST and b"\0" not in data and not data.startswith((b"PK", b"\x1f\x8b")):
            try:
                text = data.decode("utf-8-sig")
            except UnicodeDecodeError:
                continue
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            found.append((export.path, text, told(text.encode())))
    assert found
    return found
