"""The quotes behind the themes: whose words show a theme, and where they stand."""

from collections.abc import Mapping, Sequence

from synthesis import trace
from synthesis.tables.table import Cell, Column, Row, Table
from synthesis.themes import Quote, Theme, in_reading_order


def quotes_table(
    quotes: Sequence[Quote], themes: Sequence[Theme], labels: Mapping[str, str]
) -> Table:
    """Return a row per quote with its theme, themes in reading order, so that each can be looked up.

    Quotes of a theme that nobody entered stand last, under its id.
    """
    names = {theme.id: theme.name for _, theme in in_reading_order(themes)}
    order = [*names, *dict.fromkeys(q.theme for q in quotes if q.theme not in names)]
    rows = [
        _quote(quote, names.get(theme, theme), labels)
        for theme in order
        for quote in quotes
        if quote.theme == theme
    ]
    return Table(
        id="quotes",
        title="Where each theme shows in the reports",
        columns=(
            Column("theme", "Theme", width=2),
            Column("label", "Report", width=1.4),
            Column("participant", "Participant", width=1.2, optional=True),
            Column("place", "Place", width=1),
            Column("quote", "Words", width=3.5, optional=True),
        ),
        rows=tuple(rows),
        unit="quote",
    )


def _quote(quote: Quote, theme: str, labels: Mapping[str, str]) -> Row:
    source = trace.of_entry(quote.sheet, quote.key)
    report = labels.get(quote.report, quote.report)
    texts = (theme, report, quote.participant, quote.place, quote.text)
    return Row(tuple(Cell(text, source=source) for text in texts), key=quote.report)
