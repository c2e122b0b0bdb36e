"""What all sections of review.toml share."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


class Section(BaseModel):
    """The base of every section: a frozen value without unknown keys.

    Its validator is built when it is first needed: all sections have theirs within the protocol's.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def _an_identifier(text: str) -> str:
    if not text or not text.replace("_", "").replace("-", "").replace(".", "").isalnum():
        raise ValueError("an id is made of letters, digits, hyphens, underscores and full stops")
    return text


Identifier = Annotated[str, AfterValidator(_an_identifier)]
"""The short name of something that review.toml or an instrument's file defines."""


def unwritten() -> Any:  # noqa: ANN401 - it stands for a table of any kind
    """Return the default of a table that may be left out: an empty one, read like any other."""
    return Field(default={}, validate_default=True)
