from hypothesis import given
from hypothesis import strategies as st

from screening.identification.overlap import SourceCount, overlap

REFERENCES = st.lists(st.lists(st.sampled_from("abcd"), min_size=1, max_size=6), max_size=40)


def test_sources_are_counted_before_and_after_merging() -> None:
    found = overlap([["medline", "embase"], ["medline", "medline"], ["embase"]])
    assert found.sources == (
        SourceCount("embase", records=2, references=2, unique=1),
        SourceCount("medline", records=3, references=2, unique=1),
    )
    assert found.combinations == ((("embase",), 1), (("medline",), 1), (("embase", "medline"), 1))


@given(REFERENCES)
def test_every_reference_is_in_exactly_one_combination(references: list[list[str]]) -> None:
    found = overlap(references)
    assert found.references == len(references)
    assert found.records == sum(map(len, references))


@given(REFERENCES)
def test_a_source_has_as_many_references_as_its_combinations(references: list[list[str]]) -> None:
    found = overlap(references)
    for count in found.sources:
        shared = sum(number for names, number in found.combinations if count.source in names)
        assert count.references == shared
        assert count.unique <= count.references <= count.records
