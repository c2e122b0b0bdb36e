"""The `[dedupe]` section of review.toml: how sure a merge must be, and what counts as a duplicate."""

from typing import Literal, Self

from pydantic import Field, model_validator

from screening.section import Section

Handling = Literal["apart", "review", "merge"]
"""What to do with a pair of a kind on which reviews differ: never merge, ask a person, or merge."""


class DedupePolicy(Section):
    """What is merged without asking, what is shown to a person, and what stays apart.

    `automatic` and `review` are scores between 0 and 1, as `winnow dedupe --pairs` prints them. A
    pair at or above `automatic` is merged, one between the two waits for a person. The defaults are
    calibrated on labelled sets (docs/deduplication.md).

    At most `review_share` of the number of records (`review_least` in a small review) are shown as
    doubtful pairs, the likeliest first: a person's patience is the scarce thing.

    `preprints` are a preprint and its article; `conference_abstracts` a meeting abstract and the
    article of the same title; `versions` the numbered versions or updates of one work under one title,
    as of a Cochrane review or a preprint.
    """

    automatic: float = Field(default=0.5, gt=0, le=1)
    review: float = Field(default=0.1, gt=0, le=1)
    review_share: float = Field(default=0.01, ge=0, le=1)
    review_least: int = Field(default=10, ge=0)
    preprints: Handling = "review"
    conference_abstracts: Handling = "apart"
    versions: Handling = "review"

    @model_validator(mode="after")
    def _review_lies_below_automatic(self) -> Self:
        if self.review > self.automatic:
            message = (
                f"review = {self.review} lies above automatic = {self.automatic}: "
                "no pair could wait for a person; set review to at most automatic"
            )
            raise ValueError(message)
        return self
