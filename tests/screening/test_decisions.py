from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from screening.decisions import (
    Policy,
    ScreeningSection,
    StagePlan,
    State,
    Vote,
    lacks_reason,
    settle,
    share,
)
from screening.records import Stage, Verdict

ABSTRACT, FULL_TEXT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
INCLUDE, EXCLUDE, UNSURE = Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.UNSURE
DUAL = (Policy.DUAL, Policy.DUAL_ADJUDICATED)

votes = st.lists(
    st.builds(
        Vote,
        reviewer=st.sampled_from(["anna", "ben", "cleo"]),
        verdict=st.sampled_from(list(Verdict)),
        reasons=st.sampled_from([("population",), ("outcome", "population"), ("design",)]),
    ),
    max_size=3,
    unique_by=lambda vote: vote.reviewer,
)


def state(
    policy: Policy, stage: Stage, *verdicts: Verdict, reasons: tuple[str, ...] = ("population",)
) -> State:
    said = [Vote(f"reviewer {n}", verdict, reasons) for n, verdict in enumerate(verdicts)]
    return settle(said, StagePlan(policy=policy), stage).state


def test_without_votes_a_reference_is_pending() -> None:
    for policy in Policy:
        assert state(policy, ABSTRACT) is State.PENDING


def test_under_single_one_verdict_settles() -> None:
    assert state(Policy.SINGLE, ABSTRACT, INCLUDE) is State.INCLUDE
    assert state(Policy.SINGLE, FULL_TEXT, EXCLUDE) is State.EXCLUDE


def test_under_single_two_who_disagree_are_a_conflict_all_the_same() -> None:
    assert state(Policy.SINGLE, ABSTRACT, INCLUDE, EXCLUDE) is State.CONFLICT


@pytest.mark.parametrize("policy", DUAL)
def test_under_dual_the_first_verdict_waits_for_a_second_whatever_it_says(policy: Policy) -> None:
    for stage in (ABSTRACT, FULL_TEXT):
        for verdict in Verdict:
            assert state(policy, stage, verdict) is State.AWAITING_SECOND


@pytest.mark.parametrize("policy", DUAL)
@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (INCLUDE, INCLUDE, State.INCLUDE),
        (EXCLUDE, EXCLUDE, State.EXCLUDE),
        (INCLUDE, EXCLUDE, State.CONFLICT),
        (UNSURE, EXCLUDE, State.CONFLICT),
        (UNSURE, INCLUDE, State.INCLUDE),
        (UNSURE, UNSURE, State.INCLUDE),
    ],
)
def test_at_title_abstract_unsure_goes_on_and_stands_against_exclude(
    policy: Policy, first: Verdict, second: Verdict, expected: State
) -> None:
    assert state(policy, ABSTRACT, first, second) is expected
    assert state(policy, ABSTRACT, second, first) is expected


def test_at_title_abstract_a_single_unsure_goes_on() -> None:
    assert state(Policy.SINGLE, ABSTRACT, UNSURE) is State.INCLUDE


def test_at_full_text_unsure_never_settles() -> None:
    assert state(Policy.SINGLE, FULL_TEXT, UNSURE) is State.PENDING
    for verdict in Verdict:
        assert state(Policy.DUAL, FULL_TEXT, UNSURE, verdict) is State.CONFLICT


def test_an_adjudication_is_the_last_word_and_names_who_gave_it() -> None:
    said = [Vote("anna", INCLUDE), Vote("ben", EXCLUDE, ("population",))]
    plan = StagePlan(policy=Policy.DUAL_ADJUDICATED)
    settled = settle(said, plan, FULL_TEXT, adjudication=Vote("cleo", EXCLUDE, ("outcome",)))
    assert settled.state is State.EXCLUDE
    assert settled.reasons == ("outcome",)
    assert settled.decided_by == ("cleo",)


def test_the_primary_reason_is_the_first_in_the_order_of_the_protocol() -> None:
    plan = StagePlan(reasons=["population", "intervention", "outcome"])
    settled = settle([Vote("anna", EXCLUDE, ("outcome", "population"))], plan, FULL_TEXT)
    assert settled.reasons == ("population", "outcome")


def test_a_reason_both_gave_comes_before_one_that_only_one_gave() -> None:
    plan = StagePlan(policy="dual", reasons=["population", "intervention", "outcome"])
    said = [
        Vote("anna", EXCLUDE, ("population", "outcome")),
        Vote("ben", EXCLUDE, ("outcome", "intervention")),
    ]
    assert settle(said, plan, FULL_TEXT).reasons == ("outcome", "population", "intervention")


def test_a_reason_the_protocol_no_longer_lists_is_kept_and_comes_last() -> None:
    plan = StagePlan(reasons=["population"])
    assert plan.in_order(["withdrawn", "population"]) == ("population", "withdrawn")


def test_a_verdict_is_automation_s_only_when_every_vote_is_a_tool_s() -> None:
    plan = StagePlan(policy="dual")
    tool, human = Vote("anna", EXCLUDE, tool="classifier"), Vote("ben", EXCLUDE)
    assert settle([tool], StagePlan(), ABSTRACT).by_automation
    assert not settle([tool, human], plan, ABSTRACT).by_automation


def test_excluding_at_full_text_needs_a_reason_and_nothing_else_does() -> None:
    assert lacks_reason(FULL_TEXT, EXCLUDE, ())
    assert not lacks_reason(FULL_TEXT, EXCLUDE, ("population",))
    assert not lacks_reason(FULL_TEXT, INCLUDE, ())
    assert not lacks_reason(ABSTRACT, EXCLUDE, ())


@given(votes, st.sampled_from(Policy), st.sampled_from([ABSTRACT, FULL_TEXT]), st.randoms())
def test_the_order_in_which_reviewers_vote_settles_nothing(
    said: list[Vote], policy: Policy, stage: Stage, rng: Random
) -> None:
    plan = StagePlan(policy=policy, reasons=["population", "outcome"])
    shuffled = list(said)
    rng.shuffle(shuffled)
    one, other = settle(said, plan, stage), settle(shuffled, plan, stage)
    assert (one.state, one.verdict, one.decided_by) == (
        other.state,
        other.verdict,
        other.decided_by,
    )
    assert one.reasons[:1] == other.reasons[:1]


@given(votes, st.sampled_from(Policy), st.sampled_from([ABSTRACT, FULL_TEXT]))
def test_no_vote_is_passed_over(said: list[Vote], policy: Policy, stage: Stage) -> None:
    """What is excluded has no vote for it, and what is included none against it."""
    settled = settle(said, StagePlan(policy=policy), stage).state
    verdicts = {vote.verdict for vote in said}
    if settled is State.EXCLUDE:
        assert verdicts == {EXCLUDE}
    if settled is State.INCLUDE:
        assert EXCLUDE not in verdicts


@given(st.integers(), st.integers(1, 10**6))
def test_the_verified_share_depends_on_seed_and_key_alone(seed: int, number: int) -> None:
    plan = StagePlan(policy={"verified": 0.5})
    key = f"r{number}"
    assert plan.policy_for(key, seed) is plan.policy_for(key, seed)
    assert (plan.policy_for(key, seed) is Policy.DUAL) == (share(key, seed) < 0.5)


def test_a_fifth_verified_is_about_a_fifth() -> None:
    plan = StagePlan(policy={"verified": 0.2})
    dual = sum(plan.policy_for(f"r{n}", 7) is Policy.DUAL for n in range(1, 10_001))
    assert 1_880 < dual < 2_120  # three standard deviations of a binomial(10,000, .2)


def test_a_verified_reference_waits_for_its_second_reviewer_and_others_do_not() -> None:
    plan = StagePlan(verified=0.2)
    said = [Vote("anna", EXCLUDE)]
    states = {
        policy: settle(said, plan, ABSTRACT, policy=policy).state
        for policy in (Policy.SINGLE, Policy.DUAL)
    }
    assert states == {Policy.SINGLE: State.EXCLUDE, Policy.DUAL: State.AWAITING_SECOND}


def test_a_section_is_read_as_a_person_writes_it() -> None:
    section = ScreeningSection.model_validate(
        {
            "title_abstract": {"policy": {"verified": 0.2}, "reviewers": ["anna"]},
            "full_text": {
                "policy": "dual then adjudicated",
                "reasons": ["population", {"id": "no-outcomes", "label": "Reports no outcomes"}],
            },
        }
    )
    assert section.plan(ABSTRACT).verified == 0.2
    assert section.plan(FULL_TEXT).policy is Policy.DUAL_ADJUDICATED
    assert [reason.id for reason in section.full_text.reasons] == ["population", "no-outcomes"]
    assert ScreeningSection.model_validate(section.model_dump(mode="json")) == section


@pytest.mark.parametrize(
    "plan",
    [
        {"policy": "triple"},
        {"policy": "dual", "verified": 0.2},
        {"verified": 1.5},
        {"reasons": ["population", "population"]},
        {"reason": ["population"]},
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(plan: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        StagePlan.model_validate(plan)
