"""The protocol's words on stopping, apart from the libraries that the test needs."""

from pydantic import BaseModel, ConfigDict, Field


class StoppingSection(BaseModel):
    """The `[stopping]` section of review.toml: which recall to be how sure of."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    recall: float = Field(default=0.95, gt=0, lt=1)
    confidence: float = Field(default=0.95, gt=0, lt=1)
