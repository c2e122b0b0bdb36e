"""Every HTML file that an author takes away is valid, and a fault would be noticed."""

import pytest

from synthesis.report_outline import compose
from synthesis.writers import html, report_html
from tests.synthesis import test_report, worked_example

markup = pytest.importorskip("tests.markup", reason="html5lib is not here (make test installs it).")


def _link(source: str) -> str:
    return f"records.html#{source}"


def test_the_report_is_valid() -> None:
    flow = worked_example.FLOW.model_copy(update={"provisional": True})
    made = compose(test_report.inputs(flow))
    page = report_html.write(
        made, template=worked_example.PAGE, style=worked_example.STYLE, link=_link
    )
    assert markup.faults(page.decode()) == []


def test_the_tables_are_valid() -> None:
    page = html.write(test_report.inputs().built, style=worked_example.STYLE, link=_link)
    assert markup.faults(page.decode()) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<h1>A</h1><p><div>b</div></p>", "unexpected-end-tag"),
        ("<h1>A</h1><table><p>b</p></table>", "unexpected-start-tag-implies-table-voodoo"),
        ("<h1>A</h1><p id=a></p><p id=a></p>", 'the id "a" stands 2 times'),
        ('<h1>A</h1><a href="#b">c</a>', 'refers to "b"'),
        ("<h1>A</h1><a href=b><button>c</button></a>", "<button> stands inside"),
        ("<h1>A</h1><span><div>b</div></span>", "<div> stands inside <span>"),
        ("<h1>A</h1><h3>b</h3>", "level 3 follows one of level 1"),
        ("<h2>A</h2>", "0 headings of the first level"),
        ("<h1>A</h1><img src=b>", "no alt"),
        (
            "<h1>A</h1><table><tbody><tr><td>b</td></tr><tr><td>b</td><td>c</td></tr></tbody></table>",
            "have [1, 2] columns",
        ),
    ],
)
def test_a_fault_is_noticed(body: str, fault: str) -> None:
    page = f'<!DOCTYPE html><html lang="en"><head><title>t</title></head><body>{body}</body></html>'
    assert any(fault in said for said in markup.faults(page)), markup.faults(page)
