"""Typed values of extraction fields: what a person writes in a cell, read and checked."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from synthesis.fields import Field, FieldType

_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?"
_P = re.compile(
    r"^(?:p\s*)?(?P<operator><=|>=|≤|≥|<|>|=|~)?\s*(?P<value>\d*\.?\d+(?:e-?\d+)?)$", re.IGNORECASE
)
_EFFECT = re.compile(
    r"""^(?P<metric>[^\d\[\]=:]*?[^\d\[\]=:\s.+-])\s*[=:]?\s*
    (?P<estimate>[+-]?\d*\.?\d+)
    (?:\s*[\[(]\s*(?:(?P<level>\d{2}(?:\.\d+)?)\s*%\s*(?:CI)?\s*[:,]?\s*)?
    (?P<low>[+-]?\d*\.?\d+)\s*(?:,|to|;)\s*(?P<high>[+-]?\d*\.?\d+)\s*[\])])?$""",
    re.IGNORECASE | re.VERBOSE,
)
_OPERATORS = {"≤": "<=", "≥": ">=", "": "="}
_RATIOS = {"OR", "RR", "HR", "IRR"}


@dataclass(frozen=True, slots=True)
class NumberValue:
    """A number with the unit it counts; the unit is empty where the field has none."""

    value: float
    unit: str = ""

    def __str__(self) -> str:
        text = str(int(self.value)) if self.value.is_integer() else str(self.value)
        return f"{text} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class PValue:
    """A p value with its operator, or `value` None for one only said to be not significant ("ns")."""

    operator: str
    value: float | None

    def __str__(self) -> str:
        return "ns" if self.value is None else f"{self.operator} {_without_zero(self.value)}"

    def contradicts_significance(self, alpha: float) -> bool:
        """Return whether no p value within this one could be significant at alpha."""
        if self.value is None:
            return True
        return self.value >= alpha if self.operator in (">", ">=") else self._lowest > alpha

    def shows_significance(self, alpha: float) -> bool:
        """Return whether every p value within this one is significant at alpha (p <= alpha)."""
        if self.value is None or self.operator in (">", ">=", "~"):
            return False
        return self.value <= alpha

    @property
    def _lowest(self) -> float:
        return self.value if self.operator == "=" and self.value is not None else 0.0


@dataclass(frozen=True, slots=True)
class EffectValue:
    """An effect with its metric and, where given, its interval at a level in percent."""

    metric: str
    estimate: float
    low: float | None = None
    high: float | None = None
    level: float = 95.0

    def __str__(self) -> str:
        text = f"{self.metric} {self.estimate:g}"
        if self.low is None or self.high is None:
            return text
        level = "" if self.level == 95 else f"{self.level:g}% "
        return f"{text} [{level}{self.low:g}, {self.high:g}]"


@dataclass(frozen=True, slots=True)
class TextValue:
    """Words, one choice, or yes or no."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class ChoicesValue:
    """Several choices, in the order of the field."""

    chosen: tuple[str, ...]

    def __str__(self) -> str:
        return "; ".join(self.chosen)


Value = TextValue | NumberValue | ChoicesValue | PValue | EffectValue


def read_value(field: Field, text: str) -> Value:
    """Return a cell's text as a value of the field; raises ValueError with a sentence."""
    text = text.strip()
    if not text:
        raise ValueError(f"{field.label} is empty")
    return _READERS[field.type](field, text)


def read_p_value(text: str) -> PValue:
    """Return a p value: ".02", "= .02", "p < .001", "ns"; raises ValueError.

    ".000", as some programs print it, is refused: no test gives a p of nought.
    """
    text = text.strip()
    if text.casefold() in ("ns", "n.s.", "not significant"):
        return PValue(">", None)
    found = _P.match(text)
    if found is None:
        raise ValueError(f"{text} is not a p value; write it as = .02, < .001 or ns")
    operator = found["operator"] or ""
    operator = _OPERATORS.get(operator, operator)
    value = float(found["value"])
    if value > 1:
        raise ValueError(f"{text} is not a p value: it is above 1")
    if value == 0:
        raise ValueError(f"{text} cannot be: no test gives a p of 0; write < .001")
    return PValue(operator, value)


def read_effect(text: str) -> EffectValue:
    """Return an effect: "SMD 0.41 [0.10, 0.72]", "d = .41", "OR 1.8 (90% CI 1.1 to 2.9)".

    Raises ValueError where it cannot be read, or where the estimate lies outside its interval.
    """
    found = _EFFECT.match(text.strip())
    if found is None:
        raise ValueError(
            f"{text.strip()} is not an effect; write its metric, estimate and interval, as in "
            "SMD 0.41 [0.10, 0.72]"
        )
    low = None if found["low"] is None else float(found["low"])
    high = None if found["high"] is None else float(found["high"])
    estimate = float(found["estimate"])
    metric = found["metric"].strip()
    if low is not None and high is not None and not low <= estimate <= high:
        raise ValueError(f"the estimate {estimate:g} lies outside its interval {low:g} to {high:g}")
    if metric.upper() in _RATIOS and estimate <= 0:
        raise ValueError(f"{metric} {estimate:g} cannot be: a ratio is above 0")
    return EffectValue(metric, estimate, low, high, float(found["level"] or 95))


def _number(field: Field, text: str) -> NumberValue:
    found = re.match(rf"^({_NUMBER})(?:\s+(.+))?$", text)
    if found is None or not any(character.isdigit() for character in found[1]):
        raise ValueError(f"{text} is not a number")
    value = float(found[1].replace(",", ""))
    if not math.isfinite(value):
        raise ValueError(f"{text} is not a finite number")
    unit = (found[2] or "").strip()
    if unit and unit not in field.units:
        offered = ", ".join(field.units) or "none"
        raise ValueError(f"{unit} is not a unit of {field.label}; its units: {offered}")
    if not unit and len(field.units) > 1:
        raise ValueError(f"{text} needs its unit: {' or '.join(field.units)}")
    return NumberValue(value, unit or "".join(field.units))


def _several(field: Field, text: str) -> ChoicesValue:
    chosen = {_choice(field, part.strip()) for part in text.split(";") if part.strip()}
    return ChoicesValue(tuple(choice for choice in field.choices if choice in chosen))


def _yes_no(_field: Field, text: str) -> TextValue:
    if text.casefold() not in ("yes", "no"):
        raise ValueError(
            f"{text} is neither yes nor no; leave the value empty and set the status where the report "
            "does not say"
        )
    return TextValue(text.casefold())


def _choice(field: Field, text: str) -> str:
    for choice in field.choices:
        if choice.casefold() == text.casefold():
            return choice
    raise ValueError(f"{text} is not one of {', '.join(field.choices)}")


def _without_zero(value: float) -> str:
    text = f"{value:.10f}".rstrip("0").rstrip(".") if value >= 1e-10 else f"{value:g}"
    return text.removeprefix("0") if text.startswith("0.") else text


_READERS: dict[FieldType, Callable[[Field, str], Value]] = {
    FieldType.TEXT: lambda _field, text: TextValue(text),
    FieldType.NUMBER: _number,
    FieldType.CHOICE: lambda field, text: TextValue(_choice(field, text)),
    FieldType.CHOICES: _several,
    FieldType.YES_NO: _yes_no,
    FieldType.P_VALUE: lambda _field, text: read_p_value(text),
    FieldType.EFFECT: lambda _field, text: read_effect(text),
}
