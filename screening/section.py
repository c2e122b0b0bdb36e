"""What all sections of review.toml share."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Section(BaseModel):
    """The base of every section: a frozen value without unknown keys.

    Its validator is built when it is first needed: all sections have theirs within the protocol's.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def unwritten() -> Any:  # noqa: ANN401 - it stands for a table of any kind
    """Return the default of a table that may be left out: an empty one, read like any other."""
    return Field(default={}, validate_default=True)
