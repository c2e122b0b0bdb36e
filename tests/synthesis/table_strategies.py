"""Arbitrary tables, with every sign a writer might stumble over."""

from hypothesis import strategies as st

from synthesis.tables.table import Cell, Column, Kind, Note, Row, Table

texts = st.text(
    st.one_of(
        st.sampled_from("=+-@|*_`<>&#%${}[]~^\\\"'\n\tab1 é\N{EM DASH}\N{LESS-THAN OR EQUAL TO}α"),
        st.characters(exclude_categories=("Cs", "Cc")),
    ),
    max_size=24,
)
numbers = st.one_of(st.integers(-999, 99999).map(str), st.just("4.50"), st.just("\N{EM DASH}"))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    kinds = draw(st.lists(st.sampled_from(Kind), min_size=1, max_size=4))
    groups = draw(
        st.lists(st.sampled_from(["", "A & B"]), min_size=len(kinds), max_size=len(kinds))
    )
    columns = tuple(
        Column(f"c{place}", draw(texts), kind, group)
        for place, (kind, group) in enumerate(zip(kinds, groups, strict=True))
    )
    notes = tuple(Note(f"n{place}", draw(texts)) for place in range(draw(st.integers(0, 2))))
    marks = st.lists(st.sampled_from([note.id for note in notes] or [""]), unique=True, max_size=2)
    rows = []
    for place in range(draw(st.integers(0, 4))):
        if draw(st.booleans()) and draw(st.booleans()):
            rows.append(Row((Cell(draw(texts)),), heading=True))
            continue
        cells = []
        for column in columns:
            text = draw(numbers if column.kind is Kind.NUMBER else texts)
            end = draw(st.integers(0, len(text)))
            chosen = tuple(draw(marks)) if notes else ()
            emphasis = ((0, end),) if end else ()
            cells.append(Cell(text, note_ids=chosen, emphasis=emphasis))
        rows.append(Row(tuple(cells), key=f"r{place}"))
    return Table(
        id=draw(st.sampled_from(["t", "a table", "x/y", "measures_parent"])),
        title=draw(texts),
        columns=columns,
        rows=tuple(rows),
        notes=notes,
        general_notes=tuple(draw(st.lists(texts, max_size=2))),
        landscape=draw(st.booleans()),
        provisional=draw(st.booleans()),
    )
