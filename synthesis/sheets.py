"""Every sheet of extraction and synthesis: rows out as cells, cells in as rows, mistakes by cell."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from screening.grid import CellValue, Column, Grid, Imported, Line, Sheet, grid_of
from screening.mistakes import as_sentence, nearest, sentence_for
from screening.problems import Problem, error
from synthesis.extraction import AgreedExtracted, Arm, Contact, Extracted
from synthesis.fields import ExtractionSection
from synthesis.findings import Finding, Indicator, Predictor
from synthesis.measures import Measure, Property, Use
from synthesis.notices import NoticeRow
from synthesis.results import ArmResult
from synthesis.row import Row
from synthesis.themes import Participant, Presence, Quote, Theme
from synthesis.values import read_effect, read_p_value, read_value
from synthesis.worksheets import (
    CerqualJudgement,
    GradeJudgement,
    MissingResults,
    PopayNote,
    SwimItem,
)

SHEETS: Mapping[str, type[Row]] = {
    row.sheet: row
    for row in (
        Extracted,
        AgreedExtracted,
        Arm,
        ArmResult,
        Contact,
        NoticeRow,
        Measure,
        Property,
        Use,
        Finding,
        Predictor,
        Indicator,
        Theme,
        Participant,
        Presence,
        Quote,
        SwimItem,
        PopayNote,
        GradeJudgement,
        CerqualJudgement,
        MissingResults,
    )
}
"""Each sheet by name, those that others refer to before those that refer to them."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a sheet may refer to.

    `ids` maps a kind of column ("report", "domain", "measure", "theme", "group") to what it may hold;
    a kind that is absent is not checked. `section` gives the fields that extracted values belong to.
    """

    ids: Mapping[str, Collection[str]] = field(default_factory=dict)
    section: ExtractionSection | None = None


def columns(row_type: type[Row]) -> tuple[Column, ...]:
    """Return the columns of a sheet in order, with the choices of those that offer some."""
    return tuple(
        Column(
            id=name,
            title=info.title or name,
            needed=info.is_required(),
            choices=_choices(info),
            width=_WIDE if name in _WIDE_COLUMNS else 16,
        )
        for name, info in row_type.model_fields.items()
    )


def sheet_grid(row_type: type[Row], rows: Sequence[Row] = ()) -> Grid:
    """Return rows as a worksheet under its headings; without rows it is the empty template."""
    return grid_of(row_type.label, columns(row_type), [cells_of(row) for row in rows])


def cells_of(row: Row) -> dict[str, CellValue]:
    """Return a row as cells by column id, yes and no for what is true or false."""
    values = row.to_values()
    return {
        name: ("yes" if value else "no") if isinstance(value, bool) else value
        for name, value in values.items()
    }


def row_type_of(grid: Grid) -> type[Row] | None:
    """Return the sheet a grid is, by its name, or for a CSV file by the file's name; None if neither."""
    stem = grid.file.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    for name in (grid.sheet, stem):
        folded = name.strip().casefold()
        for row_type in SHEETS.values():
            if folded and folded in (row_type.sheet, row_type.label.casefold()):
                return row_type
    return None


def read_sheet(grid: Grid, row_type: type[Row], known: Known) -> Imported[Row]:
    """Return a worksheet's rows, or, where anything is wrong, none of them and every mistake."""
    sheet = Sheet(grid, columns(row_type))
    rows: list[Row] = []
    seen: dict[str, int] = {}
    for line in sheet.lines():
        if set(line.texts) <= row_type.prefilled:
            continue
        row = _row(sheet, line, row_type)
        _check_references(sheet, line, row_type, known)
        if row is None:
            continue
        for column, sentence in _value_mistakes(row, known):
            sheet.mistake(line, column, sentence)
        if row.key in seen:
            first = grid.place(seen[row.key])
            sheet.mistake(line, row.identity[0], f"This repeats {first}; keep one of the two rows.")
        seen.setdefault(row.key, line.row)
        rows.append(row)
    return Imported.unless_wrong(rows, sheet.problems)


def read_workbook(grids: Sequence[Grid], known: Known) -> Imported[Row]:
    """Return the rows of every sheet of a workbook, or none of them where any sheet is wrong.

    Measures and themes that the workbook itself defines count as known to its other sheets.
    """
    rows: list[Row] = []
    problems: list[Problem] = []
    recognised: dict[str, list[Grid]] = {name: [] for name in SHEETS}
    for grid in grids:
        found = row_type_of(grid)
        if found is None:
            problems.append(_not_a_sheet(grid))
        else:
            recognised[found.sheet].append(grid)
    for name, row_type in SHEETS.items():
        here = [text for grid in recognised[name] for text in _ids_in(grid, row_type)]
        if row_type.defines in known.ids:
            both = [*known.ids[row_type.defines], *here]
            known = replace(known, ids={**known.ids, row_type.defines: both})
    for name, sheets in recognised.items():
        for grid in sheets:
            read = read_sheet(grid, SHEETS[name], known)
            rows += read.rows
            problems += read.problems
    return Imported.unless_wrong(rows, problems)


_WIDE = 48
_WIDE_COLUMNS = {"value", "quote", "text", "summary", "note", "answer", "explanation", "printed"}


def _choices(info: FieldInfo) -> tuple[str, ...]:
    kind: Any = info.annotation
    if kind is bool:
        return ("yes", "no")
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple(str(member.value) for member in kind)
    if get_origin(kind) is Literal:
        return tuple(str(each) for each in get_args(kind) if each != "")
    return ()


def _row(sheet: Sheet, line: Line, row_type: type[Row]) -> Row | None:
    texts = {}
    for name, text in line.texts.items():
        choices = {each.casefold(): each for each in _choices(row_type.model_fields[name])}
        texts[name] = choices.get(text.casefold(), text)
    try:
        return row_type.model_validate(texts)
    except ValidationError as invalid:
        for mistake in invalid.errors():
            location = mistake["loc"]
            column = str(location[0]) if location else None
            sheet.mistake(line, column, sentence_for(mistake))
        return None


def _check_references(sheet: Sheet, line: Line, row_type: type[Row], known: Known) -> None:
    for column, kind in row_type.refers.items():
        text = line.texts.get(column)
        if text and kind in known.ids and text not in known.ids[kind]:
            hint = nearest(text, sorted(known.ids[kind]))
            sheet.mistake(line, column, f"{text} is not a known {kind}.{hint}")


def _value_mistakes(row: Row, known: Known) -> list[tuple[str, str]]:
    mistakes = []
    if isinstance(row, Extracted) and known.section is not None:
        fields = {each.id: each for each in known.section.fields}
        if row.field not in fields:
            hint = nearest(row.field, list(fields))
            mistakes.append(("field", f"{row.field} is not a field of the protocol.{hint}"))
        elif row.value:
            try:
                read_value(fields[row.field], row.value)
            except ValueError as wrong:
                mistakes.append(("value", as_sentence(str(wrong))))
    if isinstance(row, Finding):
        for column, text, read in (("p", row.p, read_p_value), ("effect", row.effect, read_effect)):
            try:
                if text:
                    read(text)
            except ValueError as wrong:
                mistakes.append((column, as_sentence(str(wrong))))
    return mistakes


def _ids_in(grid: Grid, row_type: type[Row]) -> list[str]:
    return [
        line.texts["id"] for line in Sheet(grid, columns(row_type)).lines() if "id" in line.texts
    ]


def _not_a_sheet(grid: Grid) -> Problem:
    labels = ", ".join(row_type.label for row_type in SHEETS.values())
    return error(
        grid.place(0),
        f"No sheet is known by this name; name it as the template does, one of: {labels}.",
    )
