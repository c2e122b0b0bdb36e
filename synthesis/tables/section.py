"""The [tables.*] sections of review.toml: how one table is to look."""

from typing import Annotated, Literal

from pydantic import BeforeValidator

from screening.section import Section, unwritten


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(_as_list)]


class TableSection(Section):
    """How one table is to look; whatever is left out stays as the table's builder has it.

    `columns` selects and orders columns by id, `labels` renames them, `sort` names the column whose
    values order the rows ("-year" for descending), `notes` are printed under the table. `unit` makes
    the reports of one study share a row ("study") or not ("report").
    """

    title: str = ""
    unit: Literal["report", "study"] = "report"
    columns: Texts = ()
    labels: dict[str, str] = unwritten()
    sort: str = ""
    notes: Texts = ()
    landscape: bool | None = None
