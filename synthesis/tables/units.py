"""From a row per report to a row per study: two reports of one study are one piece of evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from synthesis.included import IncludedReport
from synthesis.tables.table import Cell, Row, Table

_SHARED = "Reports of one study share a row."


def by_study(table: Table, reports: Sequence[IncludedReport]) -> Table:
    """Return the table with the rows of each study's reports joined into one.

    What the reports agree on is said once; where they differ, each text stands with the label of its
    report. Rows that belong to no report of `reports`, and headings, are left as they are.
    """
    by_key = {report.key: report for report in reports}
    joined: list[list[Row]] = []
    place: dict[str, int] = {}
    for row in table.rows:
        report = by_key.get(row.key)
        if row.heading or report is None:
            place.clear()
            joined.append([row])
        elif report.study in place:
            joined[place[report.study]].append(row)
        else:
            place[report.study] = len(joined)
            joined.append([row])
    rows = tuple(same[0] if len(same) == 1 else _one(same, by_key) for same in joined)
    shared = any(len(same) > 1 for same in joined)
    notes = (*table.general_notes, *([_SHARED] if shared else []))
    return replace(table, rows=rows, unit="study", general_notes=notes)


def _one(rows: Sequence[Row], reports: Mapping[str, IncludedReport]) -> Row:
    labels = [reports[row.key].label for row in rows]
    cells = [
        _joined([row.cells[number] for row in rows], labels) for number in range(len(rows[0].cells))
    ]
    return Row(tuple(cells), key=reports[rows[0].key].study)


def _joined(cells: Sequence[Cell], labels: Sequence[str]) -> Cell:
    texts = [cell.text for cell in cells]
    notes = tuple(dict.fromkeys(note for cell in cells for note in cell.note_ids))
    if len(set(texts)) == 1:
        return replace(cells[0], note_ids=notes)
    if texts == list(labels):
        return Cell("\n".join(texts), source=cells[0].source, note_ids=notes)
    said = [f"{label}: {text}" for label, text in zip(labels, texts, strict=True) if text]
    return Cell("\n".join(said), source=cells[0].source, note_ids=notes)
