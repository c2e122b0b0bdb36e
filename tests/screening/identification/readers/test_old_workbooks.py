"""Excel workbooks of the form before 2007 (.xls): read as .xlsx are, and never believed."""

import io
import struct
from pathlib import Path

import xlrd
from hypothesis import given
from hypothesis import strategies as st

from screening.identification.readers import read

OLD = (Path(__file__).parent / "files" / "before_2007.xls").read_bytes()
SECTOR = 512


def test_every_sheet_of_an_old_workbook_is_read() -> None:
    reading = read(OLD, "savedrecs.xls")
    first, second, third = [record.fields for record in reading.records]
    assert reading.format == "xls"
    assert first.title == "Parents and infants: «Größe» 東京"
    assert first.authors == ("Roe, Ann", "Doe, Bob")
    assert (first.year, first.volume, first.pages) == (2015, "12", "101-110")
    assert (first.doi, first.accession) == ("10.5555/xls.1", "WOS:000000000000001")
    assert (second.year, second.pages, second.issue) == (2016, "e12", None)
    assert (third.title, third.year) == ("A third work", 2020)
    assert reading.start_tags == 3
    assert [problem.subject for problem in reading.problems] == ["sheet"]


def test_an_office_file_that_is_no_workbook_is_named_with_what_to_do() -> None:
    reading = read(bytes.fromhex("d0cf11e0a1b11ae1") + b"Title\0Year" * 900, "results.xls")
    assert list(reading.records) == []
    (problem,) = reading.problems
    assert problem.where == "results.xls"
    assert "The workbook cannot be opened" in problem.message
    assert "save it as .xlsx or CSV" in problem.message


def test_a_stream_that_leads_back_into_itself_ends() -> None:
    parts = xlrd.compdoc.CompDoc(OLD, logfile=io.StringIO())
    (book,) = [entry for entry in parts.dirlist if entry.name == "Workbook"]
    assert book.tot_size < parts.min_size_std_stream
    damaged = bytearray(OLD)
    (table,) = struct.unpack_from("<i", damaged, 60)  # where the short sectors' table begins
    place = SECTOR + table * SECTOR + 4 * book.first_SID
    struct.pack_into("<i", damaged, place, book.first_SID)
    reading = read(bytes(damaged), "circle.xls")
    assert list(reading.records) == []
    assert "leads back into itself" in reading.problems[0].message


@given(
    st.lists(st.tuples(st.integers(8, len(OLD) - 1), st.integers(0, 255)), max_size=60),
    st.integers(9, len(OLD)),
)
def test_damage_is_named_and_survived(damages: list[tuple[int, int]], length: int) -> None:
    damaged = bytearray(OLD)
    for place, value in damages:
        damaged[place] = value
    reading = read(bytes(damaged[:length]), "damaged.xls")
    found = list(reading.records)
    assert len(found) == reading.start_tags
    assert found or reading.problems
