"""Tables as accessible HTML: a caption, scoped headings, notes that link to their marks."""

from collections.abc import Callable, Sequence
from html import escape

from synthesis.tables.table import PROVISIONAL, Cell, Column, Kind, Row, Table

Link = Callable[[str], str | None]
"""Gives the address of the ledger rows behind a source id, or None where there is no page for it."""


def no_link(_source: str) -> None:
    """Link nothing: for files that are read apart from the program."""


def write(
    tables: Sequence[Table],
    *,
    style: str,
    title: str = "Tables",
    link: Link = no_link,
) -> bytes:
    """Return one complete HTML page with all the tables, numbered from 1.

    `style` is the text of templates/report/style.css.
    """
    parts = [fragment(table, number, link=link) for number, table in enumerate(tables, start=1)]
    return page(parts, style=style, title=title)


def page(parts: Sequence[str], *, style: str, title: str) -> bytes:
    """Return finished pieces of HTML as one complete page."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(title)}</h1>\n{''.join(parts)}</main>\n</body>\n</html>\n"
    ).encode()


def fragment(table: Table, number: int | None = None, *, link: Link = no_link) -> str:
    """Return the table as a piece of HTML to stand inside a page.

    `number` is printed in the caption; without one the caption is the title alone.
    """
    marks = table.marks()
    head = "".join(_heading_rows(table))
    body = "".join(_row(table, row, marks, link) for row in table.rows)
    name = f"table-{table.slug}"
    return (
        f'<div class="winnow-table" id="{name}" role="region" aria-labelledby="{name}-caption" '
        'tabindex="0">\n'
        f'<table>\n<caption id="{name}-caption">{_caption(table, number)}</caption>\n'
        f"<thead>\n{head}</thead>\n<tbody>\n{body}</tbody>\n</table>\n{_notes(table)}</div>\n"
    )


def _caption(table: Table, number: int | None) -> str:
    numbered = f'<span class="number">Table {number}</span> ' if number is not None else ""
    return f'{numbered}<span class="title">{escape(table.title)}</span>'


def _heading_rows(table: Table) -> list[str]:
    rows = []
    if groups := table.groups():
        cells = (
            f'<th scope="colgroup" colspan="{span}">{escape(group)}</th>'
            if group
            else f'<td colspan="{span}"></td>'
            for group, span in groups
        )
        rows.append(f"<tr>{''.join(cells)}</tr>\n")
    labels = (
        f'<th scope="col"{_alignment(column)}>{escape(column.label)}</th>'
        for column in table.columns
    )
    rows.append(f"<tr>{''.join(labels)}</tr>\n")
    return rows


def _alignment(column: Column) -> str:
    return ' class="number-column"' if column.kind is Kind.NUMBER else ""


def _row(table: Table, row: Row, marks: dict[str, str], link: Link) -> str:
    if row.heading:
        text = _content(table, row.cells[0], marks, link)
        return f'<tr><th scope="rowgroup" colspan="{len(table.columns)}">{text}</th></tr>\n'
    cells = []
    for index, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
        tag = 'th scope="row"' if index == 0 else "td"
        content = _content(table, cell, marks, link)
        source = f' data-source="{escape(cell.source)}"' if cell.source else ""
        cells.append(f"<{tag}{_alignment(column)}{source}>{content}</{tag[:2]}>")
    return f"<tr>{''.join(cells)}</tr>\n"


def _content(table: Table, cell: Cell, marks: dict[str, str], link: Link) -> str:
    text = "".join(
        f"<em>{_lines(piece)}</em>" if italic else _lines(piece) for piece, italic in cell.runs()
    )
    address = link(cell.source) if cell.source and text else None
    if address:
        text = f'<a href="{escape(address)}">{text}</a>'
    letters = ", ".join(
        f'<a href="#table-{table.slug}-note-{marks[note]}">{marks[note]}</a>'
        for note in cell.note_ids
    )
    return f"{text}<sup>{letters}</sup>" if letters else text


def _lines(text: str) -> str:
    return '<br class="line">'.join(escape(line) for line in text.split("\n"))


def _notes(table: Table) -> str:
    lines = []
    if general := table.general_note():
        lines.append(f"<p><em>Note.</em> {escape(general)}</p>\n")
    for letter, text in table.marked_notes():
        if letter:
            name = f"table-{table.slug}-note-{letter}"
            lines.append(f'<p id="{name}"><sup>{letter}</sup> {escape(text)}</p>\n')
        else:
            lines.append(f"<p>{escape(text)}</p>\n")
    if table.provisional:
        lines.append(f'<p class="provisional">{PROVISIONAL}</p>\n')
    return f'<div class="winnow-notes">\n{"".join(lines)}</div>\n' if lines else ""
