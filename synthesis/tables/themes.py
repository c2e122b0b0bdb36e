"""The themes of qualitative evidence, and in which reports each of them shows."""

from collections.abc import Mapping

from synthesis import trace
from synthesis.tables.table import Cell, Column, Kind, Row, Table
from synthesis.themes import ThemeGrid

_INDENT = "\N{EM SPACE}"


def themes_table(grid: ThemeGrid, labels: Mapping[str, str]) -> Table:
    """Return a row per theme, subthemes set in, with the reports it shows in by how it shows there.

    `labels` name the grid's columns. Reports that were not looked at for a theme are not named.
    """
    rows = []
    for line in grid.lines:
        theme = line.theme
        stances: dict[str, list[str]] = {}
        for column, stance in zip(grid.columns, line.stances, strict=True):
            if stance is not None:
                stances.setdefault(str(stance), []).append(labels.get(column, column))
        said = "\n".join(f"{stance}: {'; '.join(names)}" for stance, names in stances.items())
        quotes = sum(line.quotes)
        source = trace.of_entry(theme.sheet, theme.key)
        texts = (f"{_INDENT * line.level}{theme.name}", theme.summary, said, str(quotes))
        rows.append(Row(tuple(Cell(text, source=source) for text in texts), key=theme.id))
    return Table(
        id="themes",
        title="Themes and the reports in which they show",
        columns=(
            Column("theme", "Theme", width=1.5),
            Column("summary", "Summary", width=2.5, optional=True),
            Column("reports", "Reports", width=2.5),
            Column("quotes", "Quotes", Kind.NUMBER, width=0.6),
        ),
        rows=tuple(rows),
        landscape=True,
        unit="theme",
    )
