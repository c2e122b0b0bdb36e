"""What a review may choose about its flow diagram: `[flow]` of review.toml."""

from typing import Literal, Self

from pydantic import model_validator

from screening.flow.labels import LABELS
from screening.section import Section, unwritten

Paper = Literal["a4", "letter"]


class DiagramOptions(Section):
    """`[flow]`: what the diagram shows beside the official boxes, and how it is worded.

    `sources` shows one line per database and register, `reports_line` the reports beside the studies,
    `retrieval` the two boxes of retrieval (they stay where a report was lost there). `appraisal` and
    `synthesis` add a box below the included studies. `labels` words a count in the review's own way, by
    its id. `final_despite` names the open categories the authors publish with, so that they no longer
    make the diagram provisional.
    """

    title: str = "PRISMA 2020 flow diagram"
    paper: Paper = "a4"
    sources: bool = True
    reports_line: bool = True
    retrieval: bool = True
    title_abstract_reasons: bool = False
    appraisal: bool = False
    synthesis: bool = False
    labels: dict[str, str] = unwritten()
    final_despite: tuple[Literal["awaiting_classification", "ongoing", "unscreened"], ...] = ()

    @model_validator(mode="after")
    def _labels_name_counts(self) -> Self:
        unknown = sorted(set(self.labels) - set(LABELS))
        if unknown:
            raise ValueError(
                f"labels names counts the diagram does not have: {', '.join(unknown)}. Its counts are"
                f" {', '.join(LABELS)}."
            )
        empty = sorted(name for name, text in self.labels.items() if not text.strip())
        if empty:
            raise ValueError(f"labels leaves {', '.join(empty)} without words.")
        return self
