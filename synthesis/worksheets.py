"""Worksheets an author fills in: SWiM, relationships and robustness, certainty, missing results."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from synthesis.row import Row


class SwimItem(Row):
    """One item of Synthesis Without Meta-analysis (Campbell et al. 2020), as this review meets it."""

    sheet: ClassVar[str] = "swim"
    label: ClassVar[str] = "SWiM"
    identity: ClassVar[tuple[str, ...]] = ("item",)
    prefilled: ClassVar[frozenset[str]] = frozenset({"item", "topic"})

    item: int = Field(ge=1, le=9, title="Item", description="1 to 9.")
    topic: str = Field(default="", title="Topic", description="What the item asks, for the eye.")
    answer: str = Field(default="", title="What was done", description="In the author's own words.")
    where: str = Field(default="", title="Where reported", description="Section or page.")


SWIM_TOPICS: dict[int, str] = {
    1: "How studies were grouped, why, and what changed since the protocol",
    2: "The standardised metric, and how results were transformed to it",
    3: "The method of synthesis for each effect",
    4: "Which results came first in summaries and conclusions, and by which criteria",
    5: "How differences between effects were looked into",
    6: "How certain the findings are, and how that was judged",
    7: "How the data are presented, and by what the studies are ordered",
    8: "Per comparison and outcome: what was found, how certainly, from which studies",
    9: "What limits the synthesis, and what that means for the conclusions",
}
"""The nine items in our own words."""


class PopayElement(StrEnum):
    """The elements of a narrative synthesis (Popay et al. 2006)."""

    THEORY = "theory"
    PRELIMINARY = "preliminary synthesis"
    RELATIONSHIPS = "relationships"
    ROBUSTNESS = "robustness"


POPAY_PROMPTS: dict[PopayElement, tuple[str, ...]] = {
    PopayElement.THEORY: (
        "How is the intervention thought to work, why, and for whom?",
        "Which parts of that account do the studies speak to?",
    ),
    PopayElement.PRELIMINARY: (
        "What is the direction of effect in each domain, and in how many studies?",
        "Which tools were used to describe the results before explaining them?",
    ),
    PopayElement.RELATIONSHIPS: (
        "Which features of studies go with which results: design, sample, setting, dose?",
        "Which features of participants go with which results?",
        "Do studies with higher and lower appraisal scores agree?",
    ),
    PopayElement.ROBUSTNESS: (
        "Which conclusions rest on one study, one team or one measure?",
        "What would change if the weaker studies were set aside?",
        "How far can the results be carried to other settings?",
    ),
}
"""Questions for each element, in our own words."""


class PopayNote(Row):
    """The author's answer to one question of a narrative synthesis."""

    sheet: ClassVar[str] = "popay"
    label: ClassVar[str] = "Narrative synthesis"
    identity: ClassVar[tuple[str, ...]] = ("element", "question", "domain")
    prefilled: ClassVar[frozenset[str]] = frozenset({"element", "question"})
    refers: ClassVar[Mapping[str, str]] = {"domain": "domain"}

    element: PopayElement = Field(
        title="Element", description="theory, preliminary synthesis, relationships or robustness."
    )
    question: str = Field(min_length=1, title="Question", description="The question answered.")
    domain: str = Field(
        default="", title="Domain", description="A domain's id, where it is of one."
    )
    answer: str = Field(default="", title="Answer", description="In the author's own words.")


class Certainty(StrEnum):
    """How sure one may be of a finding (GRADE, and CERQual confidence), best first."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very low"


_CERTAINTIES = tuple(Certainty)
_Down = Annotated[int, Field(ge=0, le=2)]
_Up = Annotated[int, Field(ge=0, le=1)]


class GradeJudgement(Row):
    """The certainty of the evidence on one outcome (GRADE; Guyatt et al. 2011), with its reasons.

    Randomised evidence starts high and other evidence low; each of five concerns takes off one or two
    levels and each of three strengths adds one. The author chooses the certainty; `counted` is what
    the levels add up to, for comparison.
    """

    sheet: ClassVar[str] = "grade"
    label: ClassVar[str] = "GRADE"
    identity: ClassVar[tuple[str, ...]] = ("domain", "outcome")
    prefilled: ClassVar[frozenset[str]] = frozenset({"domain"})
    refers: ClassVar[Mapping[str, str]] = {"domain": "domain"}

    domain: str = Field(min_length=1, title="Domain", description="A domain's id.")
    outcome: str = Field(default="", title="Outcome", description="Empty: the whole domain.")
    start: Literal["high", "low"] = Field(
        title="Start", description="high for randomised evidence, else low."
    )
    risk_of_bias: _Down = Field(default=0, title="Risk of bias", description="Levels off.")
    inconsistency: _Down = Field(default=0, title="Inconsistency", description="Levels off.")
    indirectness: _Down = Field(default=0, title="Indirectness", description="Levels off.")
    imprecision: _Down = Field(default=0, title="Imprecision", description="Levels off.")
    publication_bias: _Down = Field(default=0, title="Publication bias", description="Levels off.")
    large_effect: _Down = Field(default=0, title="Large effect", description="Levels added.")
    dose_response: _Up = Field(default=0, title="Dose response", description="Levels added.")
    confounding: _Up = Field(default=0, title="Opposing confounding", description="Levels added.")
    certainty: Certainty = Field(title="Certainty", description="high, moderate, low or very low.")
    explanation: str = Field(default="", title="Explanation", description="Why, for each level.")

    @property
    def counted(self) -> Certainty:
        """Return the certainty the levels add up to, within high and very low."""
        down = (
            self.risk_of_bias
            + self.inconsistency
            + self.indirectness
            + self.imprecision
            + self.publication_bias
        )
        up = self.large_effect + self.dose_response + self.confounding
        place = (0 if self.start == "high" else 2) + down - up
        return _CERTAINTIES[min(max(place, 0), len(_CERTAINTIES) - 1)]


class Concern(StrEnum):
    """How much a component of CERQual lowers confidence."""

    NONE = "no or very minor"
    MINOR = "minor"
    MODERATE = "moderate"
    SERIOUS = "serious"


class CerqualJudgement(Row):
    """The confidence in one finding of a qualitative synthesis (GRADE-CERQual; Lewin et al. 2018)."""

    sheet: ClassVar[str] = "cerqual"
    label: ClassVar[str] = "CERQual"
    identity: ClassVar[tuple[str, ...]] = ("theme",)
    prefilled: ClassVar[frozenset[str]] = frozenset({"theme"})
    refers: ClassVar[Mapping[str, str]] = {"theme": "theme"}

    theme: str = Field(min_length=1, title="Theme", description="The theme's id.")
    finding: str = Field(default="", title="Finding", description="In the review's own words.")
    methodological_limitations: Concern = Field(
        title="Methodological limitations", description="Concerns about the studies."
    )
    coherence: Concern = Field(title="Coherence", description="Concerns about the fit with data.")
    adequacy: Concern = Field(title="Adequacy", description="Concerns about richness and amount.")
    relevance: Concern = Field(title="Relevance", description="Concerns about the question's fit.")
    confidence: Certainty = Field(title="Confidence", description="high to very low.")
    explanation: str = Field(default="", title="Explanation", description="Why.")

    @model_validator(mode="after")
    def _explains_a_lowered_confidence(self) -> Self:
        if self.confidence is not Certainty.HIGH and not self.explanation:
            raise ValueError("a confidence below high needs an explanation")
        return self


class MissingResults(Row):
    """The risk that results for one outcome are missing because of what they were."""

    sheet: ClassVar[str] = "missing_results"
    label: ClassVar[str] = "Missing results"
    identity: ClassVar[tuple[str, ...]] = ("domain", "outcome")
    prefilled: ClassVar[frozenset[str]] = frozenset({"domain"})
    refers: ClassVar[Mapping[str, str]] = {"domain": "domain"}

    domain: str = Field(min_length=1, title="Domain", description="A domain's id.")
    outcome: str = Field(default="", title="Outcome", description="Empty: the whole domain.")
    known: str = Field(default="", title="Known missing", description="Reports, and how known.")
    suspected: str = Field(default="", title="Suspected", description="What the search may miss.")
    judgement: Literal["low", "some concerns", "high", "not assessed"] = Field(
        default="not assessed", title="Judgement", description="low, some concerns or high."
    )
    explanation: str = Field(default="", title="Explanation", description="Why.")
