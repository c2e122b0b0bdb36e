"""The `[ranking]` section of review.toml, apart from the libraries that ranking needs."""

from typing import Literal

from pydantic import Field

from screening.section import Section


class RankingSection(Section):
    """The `[ranking]` section of review.toml: in which order references are offered.

    `retrain_after` is the share of new decisions, counted on those already made, after which the order is
    learnt anew. `random_share` of the references offered are drawn at random, so that an order that
    has gone astray shows itself. `start` names known relevant reports to begin from, as `[known]` does:
    by report key, record key, DOI, PMID or title. Criteria and highlight terms stand beside them,
    and weigh the less the more is known.
    """

    order: Literal["ranked", "random", "date"] = "ranked"
    seed: int = Field(default=1, ge=0)
    retrain_after: float = Field(default=0.05, gt=0, le=1)
    random_share: float = Field(default=0.0, ge=0, le=0.5)
    start: tuple[str, ...] = ()
