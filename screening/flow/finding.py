"""A rule of PRISMA 2020 that a flow breaks, as a value."""

from dataclasses import dataclass
from typing import Any

from screening.flow.labels import LABELS
from screening.flow.values import Flow
from screening.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that a flow breaks. `gap` is printed minus derived where the rule is a balance."""

    rule: str
    severity: Severity
    message: str
    gap: int | None = None
    readings: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the finding as `winnow flow --json` prints it."""
        return {
            "rule": self.rule,
            "severity": str(self.severity),
            "message": self.message,
            "gap": self.gap,
            "readings": list(self.readings),
        }

    def as_problem(self, where: str = "flow") -> Problem:
        """Return the finding as a problem whose message carries its readings."""
        text = " ".join((self.message, *(f"Perhaps: {reading}" for reading in self.readings)))
        return Problem(self.severity, where, text, self.rule)


def worded(name: str, flow: Flow) -> str:
    """Return how messages name a count: its wording in quotation marks, with its lane."""
    if name in LABELS:
        lane = " (other methods)" if name.startswith("other_") and name != "other_removed" else ""
        return f'"{LABELS[name].of(flow.template)}"{lane}'
    if name.startswith("sum of"):
        return "the sum of the reasons" if "excluded" in name else "the sum of the sources"
    return f"still {name}"
