from dataclasses import replace

import pytest

from synthesis.tables.table import Cell, Column, Note, Row, Table, with_used_abbreviations


def table(*texts: str, notes: tuple[Note, ...] = (), marks: tuple[str, ...] = ()) -> Table:
    return Table(
        id="t",
        title="A table",
        columns=(Column("a", "A"),),
        rows=tuple(Row((Cell(text, note_ids=marks),)) for text in texts),
        notes=notes,
    )


def test_a_row_must_fit_the_columns() -> None:
    with pytest.raises(ValueError, match="Row 1 of table t has 2 cells, not 1"):
        Table(id="t", title="", columns=(Column("a", "A"),), rows=(Row((Cell("x"), Cell("y"))),))


def test_a_cell_cannot_mark_a_note_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="unknown notes"):
        table("x", marks=("gone",))


def test_notes_get_letters_in_the_order_in_which_a_reader_meets_them() -> None:
    notes = tuple(Note(f"n{number}", str(number)) for number in range(28))
    rows = tuple(Row((Cell("x", note_ids=(note.id,)),)) for note in reversed(notes))
    made = Table(id="t", title="", columns=(Column("a", "A"),), rows=rows, notes=notes)
    assert made.marks()["n27"] == "a"
    assert made.marks()["n1"] == "aa"
    assert made.marked_notes()[0] == ("a", "27")


def test_a_note_that_no_cell_marks_is_printed_without_a_letter() -> None:
    assert table("x", notes=(Note("n", "General."),)).marked_notes() == (("", "General."),)


def test_only_abbreviations_that_are_used_as_words_are_explained() -> None:
    known = {"BDI": "Beck Depression Inventory", "PSI": "Parenting Stress Index", "CAT": "A test"}
    made = with_used_abbreviations(table("BDI (II)", "CATs and PSI-SF"), known)
    assert made.abbreviations == (("BDI", "Beck Depression Inventory"),)


def test_abbreviations_of_the_tables_own_are_explained_beside_known_ones() -> None:
    known = {"BDI": "Beck Depression Inventory", "SMD": "another thing"}
    own = replace(
        table("BDI: SMD 0.59"),
        abbreviations=(("SMD", "standardised mean difference"), ("OR", "odds ratio")),
    )
    assert with_used_abbreviations(own, known).abbreviations == (
        ("BDI", "Beck Depression Inventory"),
        ("SMD", "standardised mean difference"),
    )


def test_runs_put_together_are_the_text_again() -> None:
    cell = Cell("Journal of X, 3, 1", emphasis=((0, 12), (14, 15)))
    runs = list(cell.runs())
    assert "".join(text for text, _ in runs) == cell.text
    assert [text for text, italic in runs if italic] == ["Journal of X", "3"]
