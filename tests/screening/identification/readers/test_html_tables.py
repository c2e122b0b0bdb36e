"""Lists of records that a platform saves as a web page, often under the name of a workbook."""

import pytest

from screening.identification.readers import read

CNKI = """<html><head><meta charset="utf-8"><style>td {mso-number-format:"\\@"}</style></head><body>
<table border=1>
<tr><td colspan=2>Search of today</td></tr>
<tr><th>SrcDatabase-来源库</th><th>Title-题名</th><th>Author-作者</th><th>Source-文献来源</th><th>Year-年</th><th>Period-期</th><th>PageCount-页码</th><th>Keyword-关键词</th><th>DOI-DOI</th></tr>
<tr><td>期刊</td><td><a href="/x?a=1&amp;b=2">Parents &amp; infants, p &lt; .05</a></td><td>Roe, Ann;<br>Doe, Bob;</td><td>心理学报</td><td>2015</td><td>3</td><td>12-19</td><td>infant; trial</td><td>10.5555/cnki.1</td></tr>
<tr><td></td><td></td><td>&nbsp;</td><td></td><td></td></tr>
<tr><td>博士</td><td>Second</td><td>Poe, C</td><td>大学</td><td>2016</td></tr>
</table><table><tr><td>Export</td><td>Print</td></tr></table></body></html>
"""


@pytest.mark.parametrize("before", ["", "<!DOCTYPE html>\n"])
def test_a_web_page_that_lists_records_is_read_as_a_table(before: str) -> None:
    reading = read((before + CNKI).encode(), "CNKI.xls")
    first, second = [record.fields for record in reading.records]
    assert reading.format == "html"
    assert (first.title, first.authors, first.year) == (
        "Parents & infants, p < .05",
        ("Roe, Ann", "Doe, Bob"),
        2015,
    )
    assert (first.issue, first.pages, first.doi) == ("3", "12-19", "10.5555/cnki.1")
    assert (first.keywords, first.abstract) == (("infant", "trial"), None)
    assert (first.journal, second.title, second.year) == ("心理学报", "Second", 2016)
    assert (reading.start_tags, reading.problems) == (2, [])


def test_each_record_keeps_its_row_and_line() -> None:
    records = list(read(CNKI.encode(), "CNKI.xls").records)
    lines = CNKI.splitlines()
    assert [record.raw.strip() for record in records] == [lines[4], lines[6]]
    assert [record.line for record in records] == [5, 7]


def test_a_page_laid_out_in_tables_is_no_list() -> None:
    page = "<html><title>Sign in</title><table><tr><td>Title</td><td>Name</td></tr><tr><td>Dr</td></tr></table>"
    reading = read(page.encode(), "page.html")
    assert list(reading.records) == []
    assert "Sign in" in reading.problems[0].message


@pytest.mark.parametrize(
    "part", ["<table", "<tr", "<td", "<br", "<tr><td", "<table><tr>", "</table"]
)
def test_half_of_a_tag_repeated_takes_time_in_proportion(part: str) -> None:
    # A reader that takes the square of the time would not end.
    assert list(read(f"<html>{part * 50_000}".encode(), "page.html").records) == []
