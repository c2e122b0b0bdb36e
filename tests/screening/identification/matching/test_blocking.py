import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.identification.matching.blocking import KEYS, NEIGHBOURS, candidate_pairs, keys
from screening.identification.matching.columns import columns
from screening.records import Fields
from tests.benchmarks.synthetic_records import synthetic

BASE = Fields(title="A trial of play therapy in infancy", authors=("Lieberman, A.",), year=2005)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Fields(doi="10.1000/a"), Fields(doi="https://doi.org/10.1000/A")),
        (Fields(pmid="123"), Fields(urls=("https://pubmed.ncbi.nlm.nih.gov/0123/",))),
        (Fields(title="Preterm birth: a study"), Fields(title="Pre-term birth. A study")),
        (
            Fields(volume="4", pages="10-19", year=2000),
            Fields(volume="4", pages="10-9", year=2000, title="Other"),
        ),
        (
            Fields(title="Über etwas [About some thing else]"),
            Fields(title="About some thing else"),
        ),
    ],
)
def test_records_that_share_a_telling_part_are_candidates(one: Fields, other: Fields) -> None:
    assert candidate_pairs(columns([one, BASE, other])).tolist() == [[0, 2]]


def test_every_key_is_counted_for_whoever_watches() -> None:
    assert len(list(keys(columns([BASE])))) == KEYS


def test_records_with_nothing_in_common_are_no_candidates() -> None:
    assert (
        len(candidate_pairs(columns([BASE, Fields(title="Sleep in shift workers", year=1999)])))
        == 0
    )


def test_a_block_of_any_size_costs_a_bounded_number_of_pairs_a_record() -> None:
    for number in (100, 1000):
        pairs = candidate_pairs(columns([Fields(title="Editorial", year=2000)] * number))
        assert len(pairs) <= NEIGHBOURS * number


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 100))
def test_pairs_are_distinct_and_in_order(seed: int) -> None:
    pairs = candidate_pairs(columns([item.fields for item in synthetic(120, seed).items])).tolist()
    assert pairs == sorted(pairs)
    assert len(set(map(tuple, pairs))) == len(pairs)
    assert all(one < other for one, other in pairs)
