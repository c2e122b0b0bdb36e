from hypothesis import given

from synthesis.tables.arranging import arrange
from synthesis.tables.section import TableSection
from synthesis.tables.table import Cell, Column, Kind, Note, Row, Table
from synthesis.tables.wording import NOT_YET, with_not_yet_note
from tests.synthesis.table_strategies import tables


def small() -> Table:
    rows = (
        Row((Cell("Group one"),), heading=True),
        Row((Cell("Émile"), Cell("10"), Cell(""))),
        Row((Cell("Zoë"), Cell("9"), Cell("", note_ids=("n",)))),
        Row((Cell("Group two"),), heading=True),
        Row((Cell("adam"), Cell("not known"), Cell(""))),
    )
    columns = (Column("a", "A"), Column("b", "B", Kind.NUMBER), Column("c", "C", optional=True))
    return Table(id="t", title="T", columns=columns, rows=rows, notes=(Note("n", "Why."),))


def texts(table: Table) -> list[str]:
    return [row.cells[0].text for row in table.rows]


def test_rows_are_sorted_by_number_within_their_heading() -> None:
    made, problems = arrange(small(), TableSection(sort="b"))
    assert not problems
    assert texts(made) == ["Group one", "Zoë", "Émile", "Group two", "adam"]


def test_words_sort_without_accents_and_case() -> None:
    made, _ = arrange(small(), TableSection(sort="-a"))
    assert texts(made) == ["Group one", "Zoë", "Émile", "Group two", "adam"]


def test_an_empty_optional_column_is_left_out_unless_it_is_asked_for() -> None:
    assert [c.id for c in arrange(small(), TableSection())[0].columns] == ["a", "b"]
    assert [c.id for c in arrange(small(), TableSection(columns=("c", "a")))[0].columns] == [
        "c",
        "a",
    ]


def test_a_note_goes_with_the_only_column_that_marks_it() -> None:
    assert arrange(small(), TableSection())[0].notes == ()
    assert len(arrange(small(), TableSection(columns=("c",)))[0].notes) == 1


def test_dashes_are_explained_only_where_a_column_that_has_any_is_shown() -> None:
    table = Table(
        id="t",
        title="T",
        columns=(Column("a", "A"), Column("b", "B")),
        rows=(Row((Cell("x"), Cell(NOT_YET))),),
    )
    explained = with_not_yet_note(table)
    assert arrange(explained, TableSection())[0].general_notes
    assert arrange(explained, TableSection(columns=("a",)))[0].general_notes == ()


def test_labels_title_notes_and_orientation_are_the_authors() -> None:
    section = TableSection(title="Mine", labels={"a": "Who"}, notes="Seen twice.", landscape=True)
    made, problems = arrange(small(), section)
    assert not problems
    assert (made.title, made.columns[0].label, made.landscape) == ("Mine", "Who", True)
    assert made.marked_notes() == (("", "Seen twice."),)


@given(tables())
def test_a_section_that_asks_for_nothing_changes_nothing(table: Table) -> None:
    assert arrange(table, TableSection()) == (table, [])
