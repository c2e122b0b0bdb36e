import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from screening.identification.matching.columns import columns
from screening.identification.matching.letters import letters_in_common
from screening.identification.matching.title_scoring import (
    like_signatures,
    like_titles,
)
from screening.records import Fields

WORDS = ("a", "of", "of", "trial", "trials", "therapy", "theraphy", "play", "infants", "2", "é", "randomisedcontrolledmulticentre")  # fmt: skip
titles = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(st.lists(titles, min_size=2, max_size=6))
def test_the_first_looks_at_titles_pass_over_none_that_are_alike(some: list[str]) -> None:
    table = columns([Fields(title=title) for title in some])
    a, b = map(np.array, zip(*[(n, m) for m in range(len(some)) for n in range(m)], strict=True))
    found = like_titles(table, a, b, 1)
    sharing = like_signatures(table, a, b)
    mine, theirs = table.titles.strings(a), table.titles.strings(b)
    for row, (one, other) in enumerate(zip(mine, theirs, strict=True)):
        similar = sharing[row] and fuzz.ratio(one, other) >= 88
        words, more = sorted(np.bitwise_count(table.title_signature[[a[row], b[row]]]).tolist())
        shared = np.bitwise_count(table.title_signature[a[row]] & table.title_signature[b[row]])
        within = shared >= 0.7 * min(words, more) and fuzz.token_set_ratio(one, other) >= 97
        assert found[row] == (similar or within), (one, other)


def test_letters_in_common_are_counted_in_no_order() -> None:
    table = columns([Fields(title="abba cab"), Fields(title="cab bac")])
    assert letters_in_common(table, np.array([0]), np.array([1])).tolist() == [6]
