"""Appraisal instruments as data: domains, items and levels read from TOML, with no tool built in."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from screening.mistakes import named_place, sentence_for
from screening.problems import WinnowError, error
from screening.section import Identifier

Score = int | str
"""A whole number on a scale of numbers, or the value of a level ("yes", "some-concerns")."""

Unit = Literal["report", "study", "result"]
"""What one appraisal is about."""

UNITS: Mapping[Unit, str] = {"report": "reports", "study": "studies", "result": "results"}
"""What several of them are called."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Level(_Data):
    """One answer of a scale: its value, its words, and a short mark that is read without colour."""

    value: Score
    label: str
    symbol: str = ""


class Scale(_Data):
    """The answers a category takes: whole numbers from minimum to maximum, or named levels.

    `ordered` levels run from the first, the best, to the last; `unordered` ones are mere names.
    Only numbers can be added up, so only they may have a total.
    """

    kind: Literal["numbers", "ordered", "unordered"]
    minimum: int | None = None
    maximum: int | None = None
    anchors: dict[int, str] = {}
    named: tuple[Level, ...] = Field(default=(), alias="levels")
    total: bool = False

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.kind == "numbers":
            if self.minimum is None or self.maximum is None or self.minimum >= self.maximum:
                raise ValueError("a scale of numbers needs a minimum and a larger maximum")
            if self.named:
                raise ValueError("a scale of numbers has no named levels; give them as anchors")
            if stray := [n for n in self.anchors if not self.minimum <= n <= self.maximum]:
                raise ValueError(f"the anchor {stray[0]} lies outside the scale")
            return self
        if len(self.named) < 2:
            raise ValueError("a scale of levels needs at least two levels")
        if self.total:
            raise ValueError("levels cannot be added up: only a scale of numbers has a total")
        values = [str(level.value) for level in self.named]
        if len(set(values)) < len(values):
            raise ValueError("two levels of the scale have the same value")
        return self

    @property
    def levels(self) -> tuple[Level, ...]:
        """Return every answer in order, for numbers from the minimum upwards."""
        if self.kind != "numbers" or self.minimum is None or self.maximum is None:
            return self.named
        return tuple(
            Level(value=n, label=self.anchors.get(n, str(n)), symbol=str(n))
            for n in range(self.minimum, self.maximum + 1)
        )

    @property
    def values(self) -> tuple[Score, ...]:
        """Return the values of every answer in order."""
        return tuple(level.value for level in self.levels)

    def level(self, value: Score) -> Level:
        """Return the level with this value; raises KeyError for a value the scale does not have."""
        for level in self.levels:
            if level.value == value:
                return level
        raise KeyError(value)

    def describe(self) -> str:
        """Return what the scale takes, in words: "whole numbers 0 to 5" or "yes, no or unclear"."""
        if self.kind == "numbers":
            return f"whole numbers {self.minimum} to {self.maximum}"
        values = [str(value) for value in self.values]
        return f"{', '.join(values[:-1])} or {values[-1]}"

    def read(self, text: str) -> Score:
        """Return the score a person wrote, by value or by label, whatever the case.

        Raises ValueError where the text is no answer of the scale: there are no half scores.
        """
        wanted = text.strip().casefold()
        for level in self.levels:
            if wanted in (str(level.value).casefold(), level.label.casefold()):
                return level.value
        raise ValueError(f"{text.strip()} is not a score")


class Descriptor(_Data):
    """A point under an item that an appraiser marks present, absent or not applicable."""

    id: Identifier
    text: str


class Item(_Data):
    """A part of a category, with a prompt that says what to look for."""

    id: Identifier
    label: str
    prompt: str = ""
    descriptors: tuple[Descriptor, ...] = ()


class Category(_Data):
    """What is given one score. A category may have a scale of its own; `overall` names a summary judgement."""

    id: Identifier
    label: str
    prompt: str = ""
    overall: bool = False
    scale: Scale | None = None
    items: tuple[Item, ...] = ()


class Instrument(_Data):
    """An appraisal instrument: what it scores, on which scale, for which unit, and whose it is.

    `unit` is what one appraisal is about: a report (CCAT), a study or a result (RoB 2).
    """

    id: Identifier
    version: str
    name: str
    abbreviation: str
    unit: Unit = "report"
    citation: str
    licence: str
    wording: str = ""
    rules: tuple[str, ...] = ()
    scale: Scale
    categories: Annotated[tuple[Category, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _has_unique_ids(self) -> Self:
        for what, ids in (
            ("categories", [category.id for category in self.categories]),
            ("items", [item.id for category in self.categories for item in category.items]),
            ("descriptors", [point.id for point in self.descriptors]),
        ):
            twice = sorted({each for each in ids if ids.count(each) > 1})
            if twice:
                raise ValueError(f"two {what} have the id {twice[0]}")
        if self.scale.total and any(category.scale for category in self.categories):
            raise ValueError("a total needs one scale for all categories")
        return self

    @property
    def slug(self) -> str:
        """Return id and version as review.toml and file names write them: "ccat-1.4"."""
        return f"{self.id}-{self.version}"

    @property
    def descriptors(self) -> tuple[Descriptor, ...]:
        """Return every point of every item in order."""
        return tuple(
            point
            for category in self.categories
            for item in category.items
            for point in item.descriptors
        )

    @property
    def maximum(self) -> int | None:
        """Return the largest possible total, or None where the instrument has no total."""
        if not self.scale.total or self.scale.maximum is None:
            return None
        return self.scale.maximum * len(self.categories)

    def category(self, category_id: str) -> Category:
        """Return a category by id; raises KeyError."""
        for category in self.categories:
            if category.id == category_id:
                return category
        raise KeyError(category_id)

    def scale_of(self, category_id: str) -> Scale:
        """Return the scale a category is scored on: its own, or else the instrument's."""
        return self.category(category_id).scale or self.scale


@lru_cache(maxsize=8)
def read_instrument(text: str, name: str) -> Instrument:
    """Return the instrument described by a TOML text; `name` is the file named in messages.

    Raises WinnowError with every mistake at once.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        raise WinnowError(
            error(name, f"This is not valid TOML: {broken}. Mend the line and read it again.")
        ) from broken
    try:
        return Instrument.model_validate(data)
    except ValidationError as invalid:
        raise WinnowError(
            [error(named_place(name, each["loc"]), sentence_for(each)) for each in invalid.errors()]
        ) from invalid
