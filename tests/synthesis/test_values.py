import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthesis.fields import Field, FieldType
from synthesis.values import (
    EffectValue,
    NumberValue,
    PValue,
    read_effect,
    read_p_value,
    read_value,
)

SAMPLE = Field(id="n", label="Sample", type=FieldType.NUMBER, units=("dyads", "families"))
DESIGN = Field(id="d", label="Design", type=FieldType.CHOICE, choices=("RCT", "pre-post"))
TOOLS = Field(id="t", label="Tools", type=FieldType.CHOICES, choices=("a", "b", "c"))
ETHICS = Field(id="e", label="Ethics", type=FieldType.YES_NO)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("= .02", PValue("=", 0.02)),
        ("p < .001", PValue("<", 0.001)),
        (".05", PValue("=", 0.05)),
        ("≤ 0.05", PValue("<=", 0.05)),
        ("ns", PValue(">", None)),
        ("P=0.024", PValue("=", 0.024)),
    ],
)
def test_a_p_value_keeps_its_operator(text: str, value: PValue) -> None:
    assert read_p_value(text) == value


@pytest.mark.parametrize("text", [".000", "0", "1.2", "small", "< ", "-.02"])
def test_what_no_test_can_give_is_no_p_value(text: str) -> None:
    with pytest.raises(ValueError, match=r"p value|p of 0"):
        read_p_value(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("SMD 0.41 [0.10, 0.72]", EffectValue("SMD", 0.41, 0.10, 0.72)),
        ("d = .41", EffectValue("d", 0.41)),
        ("OR 1.8 (90% CI 1.1 to 2.9)", EffectValue("OR", 1.8, 1.1, 2.9, 90)),
        ("Hedges' g = -0.3 [-0.8, 0.2]", EffectValue("Hedges' g", -0.3, -0.8, 0.2)),
        ("r -.4", EffectValue("r", -0.4)),
    ],
)
def test_an_effect_keeps_its_metric_and_interval(text: str, value: EffectValue) -> None:
    assert read_effect(text) == value


@pytest.mark.parametrize("text", ["0.41", "SMD", "SMD 0.9 [0.1, 0.7]", "OR -2", "SMD 0.41 [0.1"])
def test_an_effect_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"effect|interval|ratio"):
        read_effect(text)


@given(
    st.sampled_from(["SMD", "MD", "d", "g", "r"]),
    st.integers(-300, 300),
    st.integers(0, 200),
    st.integers(0, 200),
    st.sampled_from([90.0, 95.0, 99.0]),
)
def test_an_effect_reads_as_it_is_written(
    metric: str, estimate: int, below: int, above: int, level: float
) -> None:
    value = EffectValue(
        metric, estimate / 100, (estimate - below) / 100, (estimate + above) / 100, level
    )
    assert read_effect(str(value)) == value


@given(st.sampled_from(["=", "<", ">", "<=", ">="]), st.integers(1, 1000))
def test_a_p_value_reads_as_it_is_written(operator: str, thousandths: int) -> None:
    value = PValue(operator, thousandths / 1000)
    assert read_p_value(str(value)) == value


@given(st.floats(allow_nan=False, allow_infinity=False, width=32), st.sampled_from(SAMPLE.units))
def test_a_number_reads_as_it_is_written(number: float, unit: str) -> None:
    value = NumberValue(number, unit)
    if "e" not in str(value):
        assert read_value(SAMPLE, str(value)) == value


def test_a_number_names_its_unit_where_there_are_several() -> None:
    assert read_value(SAMPLE, "1,024 dyads") == NumberValue(1024, "dyads")
    for text, sentence in (("12", "needs its unit"), ("12 mothers", "not a unit"), ("x", "number")):
        with pytest.raises(ValueError, match=sentence):
            read_value(SAMPLE, text)


def test_a_choice_is_one_of_those_offered() -> None:
    assert str(read_value(DESIGN, "rct")) == "RCT"
    with pytest.raises(ValueError, match="cohort is not one of RCT, pre-post"):
        read_value(DESIGN, "cohort")


def test_several_choices_stand_in_the_order_of_the_field() -> None:
    assert str(read_value(TOOLS, "c; a")) == "a; c"


def test_yes_no_is_not_asked_to_say_that_nothing_is_reported() -> None:
    assert str(read_value(ETHICS, "Yes")) == "yes"
    with pytest.raises(ValueError, match="set the status"):
        read_value(ETHICS, "not reported")


@pytest.mark.parametrize(
    ("p", "verdicts"),
    [
        ("= .06", (True, False)),
        ("= .05", (False, True)),
        ("< .05", (False, True)),
        ("< .10", (False, False)),
        ("> .05", (True, False)),
        ("> .01", (False, False)),
        ("ns", (True, False)),
    ],
)
def test_a_p_value_speaks_to_significance_only_as_far_as_it_goes(
    p: str, verdicts: tuple[bool, bool]
) -> None:
    value = read_p_value(p)
    assert (value.contradicts_significance(0.05), value.shows_significance(0.05)) == verdicts
