from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.allocation import Progress, allocate, projected_hours

REFERENCES = [f"r{number}" for number in range(100)]
weights = st.dictionaries(
    st.sampled_from(["ana", "ben", "cem", "dora"]), st.integers(1, 9), min_size=2
)


@given(weights, st.integers(0, 60), st.integers(1, 2), st.integers(0, 9))
def test_every_reference_has_its_votes_from_different_reviewers(
    shares: dict[str, float], number: int, votes: int, seed: int
) -> None:
    references = REFERENCES[:number]
    given_out = allocate(references, shares, votes=votes, seed=seed)
    for reference in references:
        assert sum(reference in mine for mine in given_out.values()) == votes
    assert all(len(set(mine)) == len(mine) for mine in given_out.values())
    assert all(mine == tuple(r for r in references if r in mine) for mine in given_out.values())


@given(weights, st.integers(0, 9))
def test_single_votes_follow_the_shares_up_to_rounding(shares: dict[str, float], seed: int) -> None:
    given_out = allocate(REFERENCES, shares, seed=seed)
    for name, share in shares.items():
        exact = Fraction(int(share) * 100, int(sum(shares.values())))
        assert abs(len(given_out[name]) - exact) < 1


@given(weights, st.integers(0, 9))
def test_a_core_reviewer_votes_on_everything_and_the_others_share_the_rest(
    shares: dict[str, float], seed: int
) -> None:
    core = min(shares)
    given_out = allocate(REFERENCES, shares, votes=2, core=core, seed=seed)
    assert given_out[core] == tuple(REFERENCES)
    assert sum(len(mine) for name, mine in given_out.items() if name != core) == len(REFERENCES)


def test_a_share_that_asks_for_more_than_there_is_takes_all_of_it() -> None:
    given_out = allocate(REFERENCES, {"ana": 98, "ben": 1, "cem": 1}, votes=2, seed=1)
    assert [len(given_out[name]) for name in ("ana", "ben", "cem")] == [100, 50, 50]


def test_the_same_seed_gives_out_the_same_and_another_differs() -> None:
    shares = {"ana": 1.0, "ben": 1.0}
    first = allocate(REFERENCES, shares, seed=1)
    assert first == allocate(REFERENCES, shares, seed=1)
    assert first != allocate(REFERENCES, shares, seed=2)


@pytest.mark.parametrize(
    ("shares", "votes", "core", "message"),
    [
        ({"ana": 0.0}, 1, None, "share above zero"),
        ({"ana": 1.0}, 1, "ben", "not among the reviewers"),
        ({"ana": 1.0}, 2, None, "cannot come from 1 reviewers"),
        ({"ana": 1.0}, 0, None, "0 votes"),
    ],
)
def test_impossible_shares_are_refused(
    shares: dict[str, float], votes: int, core: str | None, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        allocate(REFERENCES, shares, votes=votes, core=core, seed=1)


def test_hours_come_from_the_median_pace_without_the_pauses() -> None:
    start = datetime(2026, 3, 1, 9, tzinfo=UTC)
    seconds = [0, 30, 60, 90, 8000, 8036]
    times = [start + timedelta(seconds=second) for second in seconds]
    assert projected_hours(times, 240) == pytest.approx(2.0)
    assert projected_hours(list(reversed(times)), 240) == pytest.approx(2.0)


def test_no_hours_are_projected_before_there_is_a_pace() -> None:
    start = datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert projected_hours([], 10) is None
    assert projected_hours([start, start + timedelta(hours=1)], 10) is None


def test_verdicts_given_together_at_one_moment_make_no_pace_of_their_own() -> None:
    start = datetime(2026, 3, 1, 9, tzinfo=UTC)
    minute = timedelta(minutes=1)
    together = [start + 2 * minute] * 50
    assert projected_hours([start, start + minute, *together], 60) == pytest.approx(1.0)
    assert projected_hours(together, 60) is None


def test_progress_is_totals_only() -> None:
    assert Progress("ana", assigned=10, decided=4).waiting == 6
