from hypothesis import given

from synthesis.tables.fitting import LANDSCAPE_MM, PORTRAIT_MM, panels
from synthesis.tables.table import Cell, Column, Row, Table
from tests.synthesis.table_strategies import tables


def wide(columns: int) -> Table:
    made = tuple(Column(f"c{n}", f"Heading{n}") for n in range(columns))
    row = Row(tuple(Cell(f"cell {n}") for n in range(columns)))
    return Table(id="t", title="T", columns=made, rows=(row,))


@given(tables())
def test_panels_show_every_column_and_each_begins_with_the_first(table: Table) -> None:
    parts = panels(table)
    assert all(part.table.columns[0] == table.columns[0] for part in parts)
    later = [column for part in parts for column in part.table.columns[1:]]
    assert later == list(table.columns[1:])
    room = LANDSCAPE_MM if table.landscape else PORTRAIT_MM
    for part in parts:
        assert abs(sum(part.widths) - room) < 0.01
        assert min(part.widths) > 0


def test_a_table_that_fits_is_one_panel_and_itself() -> None:
    (panel,) = panels(wide(4))
    assert panel.table == wide(4)


def test_a_table_too_wide_for_the_page_becomes_panels_filled_about_equally() -> None:
    sizes = [len(panel.table.columns) for panel in panels(wide(19))]
    assert len(sizes) > 1
    assert max(sizes) - min(sizes) <= 1


def test_no_heading_is_broken_in_a_word() -> None:
    for panel in panels(wide(19)):
        assert (
            min(panel.widths) >= 16.8
        )  # as "Heading18" is set in bold 9-point Times, with padding
