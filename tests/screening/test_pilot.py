import pytest
from pydantic import ValidationError

from screening.agreement import agreement
from screening.decisions import ScreeningSection
from screening.pilot import draw_pilot, pilot_passed
from screening.records import Verdict

REFERENCES = [f"r{number}" for number in range(50)]
IN, OUT = Verdict.INCLUDE, Verdict.EXCLUDE


def test_a_repeated_pilot_draws_other_references_until_none_are_left() -> None:
    first = draw_pilot(REFERENCES, 20, seed=1)
    second = draw_pilot(REFERENCES, 20, seed=1, used=first)
    third = draw_pilot(REFERENCES, 20, seed=1, used=[*first, *second])
    assert (len(first), len(second), len(third)) == (20, 20, 10)
    assert sorted([*first, *second, *third]) == sorted(REFERENCES)
    assert first == draw_pilot(REFERENCES, 20, seed=1)
    assert first != draw_pilot(REFERENCES, 20, seed=2)


def test_a_pilot_passes_at_its_threshold_and_not_below() -> None:
    found = agreement([(IN, IN)] * 4 + [(OUT, OUT)] * 4 + [(IN, OUT)] * 2)
    assert pilot_passed(found, "agreed", 0.8)
    assert not pilot_passed(found, "agreed", 0.81)


def test_what_cannot_be_estimated_has_not_passed() -> None:
    found = agreement([(OUT, OUT)] * 9)
    assert not pilot_passed(found, "kappa", 0)
    assert pilot_passed(found, "pabak", 0.9)


def test_the_protocol_names_size_statistic_and_threshold_of_a_pilot() -> None:
    section = ScreeningSection.model_validate(
        {"pilot": {"size": 50, "statistic": "ac1", "threshold": 0.8}}
    )
    assert section.pilot.describe() == "ac1 of 0.8 or more"
    assert ScreeningSection().pilot.describe() == "kappa of 0.6 or more"


@pytest.mark.parametrize(
    "mistake", [{"statistic": "icc"}, {"threshold": 1.1}, {"size": 1}, {"rounds": 2}]
)
def test_a_pilot_that_cannot_be_held_is_refused(mistake: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ScreeningSection.model_validate({"pilot": mistake})
