"""A row of any synthesis sheet: validated once, stored as plain values, named by a stable key."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, model_validator


class Row(BaseModel):
    """The base of every row that a person enters on a sheet.

    `sheet` names the sheet, `label` is its title in a spreadsheet, and `identity` names the columns
    that tell one row from another: a later row with the same ones replaces the earlier. `refers` says
    which columns must hold a known report, domain, measure, theme or group, and `defines` which of
    these the sheet's own ids are. `prefilled` are the columns a template fills: a row with no others
    is still to be filled in, and says nothing.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        allow_inf_nan=False,
        defer_build=True,
    )

    sheet: ClassVar[str]
    label: ClassVar[str]
    identity: ClassVar[tuple[str, ...]]
    refers: ClassVar[Mapping[str, str]] = {}
    defines: ClassVar[str] = ""
    prefilled: ClassVar[frozenset[str]] = frozenset()

    @model_validator(mode="before")
    @classmethod
    def _leaves_out_the_empty(cls, data: Any) -> Any:  # noqa: ANN401 - pydantic hands over anything
        if not isinstance(data, Mapping):
            return data
        return {name: value for name, value in data.items() if value not in ("", None)}

    @property
    def key(self) -> str:
        """Return what names this row on its sheet: its identifying values joined by slashes."""
        values = self.to_values()
        told = (str(values.get(name, "")) for name in self.identity)
        return "/".join(each.replace("%", "%25").replace("/", "%2F") for each in told)

    def to_values(self) -> dict[str, Any]:
        """Return the row as JSON-ready values, without what was left empty."""
        return {
            name: value
            for name, value in self.model_dump(mode="json").items()
            if value not in (None, "", [])
        }

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Self:
        """Return the row that `to_values` wrote; raises pydantic's ValidationError."""
        return cls.model_validate(values)
