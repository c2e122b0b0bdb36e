"""Workbooks of LibreOffice (.ods) are read as those of Excel; other Office files are named."""

import io
from zipfile import ZipFile

import pytest

from screening.identification.readers import read

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)
HEADER = "".join(
    f"<table:table-cell><text:p>{name}</text:p></table:table-cell>"
    for name in ("Title", "Authors", "Year", "Pages", "Abstract")
)
END = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'


def cell(text: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def sheet(*rows: str, name: str = "Results") -> str:
    return f'<table:table table:name="{name}">{"".join(rows)}{END}</table:table>'


def packed(content: str, kind: str = "spreadsheet", **others: str) -> bytes:
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", content)
        for name, text in others.items():
            archive.writestr(name, text)
    return stream.getvalue()


def document(*sheets: str) -> str:
    return f'<?xml version="1.0"?><office:document-content {SPACES}>{"".join(sheets)}</office:document-content>'


def test_every_sheet_is_read_and_what_is_repeated_is_repeated() -> None:
    first = row(
        cell("One<text:s/> of two<text:line-break/>lines"),
        cell("Roe, A; Doe, B"),
        cell("2,015", 'office:value-type="float" office:value="2015"'),
        '<table:table-cell table:number-columns-repeated="2"/>',
    )
    second = row(
        cell("Two"), cell("same", 'table:number-columns-repeated="2"'), cell("1-9"), cell("Text")
    )
    remark = "<office:annotation><text:p>check</text:p></office:annotation>"
    third = row(f"<table:table-cell>{remark}<text:p>Three</text:p></table:table-cell>")
    twice = row(cell("Four"), attributes='table:number-rows-repeated="2"')
    other = sheet(row(cell("title"), cell("year")), row(cell("Five"), cell("2001")), name="More")
    data = packed(document(sheet(row(HEADER), first, second, third, twice), other))
    reading = read(data, "results.ods")
    found = [record.fields for record in reading.records]
    assert reading.format == "ods"
    assert [each.title for each in found] == [
        "One of two lines",
        "Two",
        "Three",
        "Four",
        "Four",
        "Five",
    ]
    assert (found[0].authors, found[0].year, found[0].pages) == (("Roe, A", "Doe, B"), 2015, None)
    assert (found[1].authors, found[1].pages, found[1].abstract) == (("same",), "1-9", "Text")
    assert (reading.start_tags, reading.problems) == (6, [])


def test_damage_is_named_and_what_stands_before_it_is_kept() -> None:
    whole = document(sheet(row(HEADER), row(cell("One")), row(cell("Two"))))
    reading = read(packed(whole[: whole.index("Two")]), "cut.ods")
    assert [record.fields.title for record in reading.records] == ["One"]
    assert "damaged" in reading.problems[0].message


@pytest.mark.parametrize("what", ["rows", "columns"])
def test_a_filled_cell_that_is_repeated_beyond_reason_is_refused(what: str) -> None:
    attribute = f'table:number-{what}-repeated="99999999"'
    filled = row(
        cell("One", attribute if what == "columns" else ""),
        attributes=attribute if what == "rows" else "",
    )
    reading = read(packed(document(sheet(row(HEADER), filled))), "bomb.ods")
    assert list(reading.records) == []
    assert "99999999 times" in reading.problems[0].message


def test_entities_are_not_put_in_and_nothing_is_fetched() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    content = document(sheet(row(HEADER), row(cell("One &a;&f;"))))
    reading = read(packed(content.replace("?>", f"?>{bomb}", 1)), "entities.ods")
    assert all("root:" not in str(record.fields.title) for record in reading.records)


@pytest.mark.parametrize("name", ["refs.docx", "refs.odt"])
def test_a_document_is_named_as_one_and_never_taken_for_an_archive(name: str) -> None:
    if name == "refs.odt":
        data = packed("<office:document-content/>", kind="text")
    else:
        stream = io.BytesIO()
        with ZipFile(stream, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("word/document.xml", "<w:document/>")
        data = stream.getvalue()
    reading = read(data, name)
    assert list(reading.records) == []
    (problem,) = reading.problems
    assert (problem.where, problem.subject) == (name, "document")
    assert "document of Word or another Office program" in problem.message
