"""The protocol's words on stopping, apart from the libraries that the test needs."""

from pydantic import Field

from screening.section import Section


class StoppingSection(Section):
    """The `[stopping]` section of review.toml: which recall to be how sure of."""

    recall: float = Field(default=0.95, gt=0, lt=1)
    confidence: float = Field(default=0.95, gt=0, lt=1)
