"""Arbitrary reviews as the rows a flow is counted from, and flows with arbitrary words in them."""

from dataclasses import dataclass

from hypothesis import strategies as st

from screening.flow.counting import (
    Flow,
    MergeRow,
    Previous,
    SourceRow,
    StateRow,
    StudyRow,
    count,
)
from screening.records import SourceKind

REASONS = {"population": "Wrong population", "design": "Wrong design", "outcome": "No outcome"}
LANE_KINDS = {
    "dbr": (SourceKind.DATABASE, SourceKind.REGISTER),
    "other": tuple(kind for kind in SourceKind if kind.lane == "other"),
}


@dataclass(frozen=True)
class Review:
    sources: list[SourceRow]
    states: list[StateRow]
    merges: list[MergeRow]
    studies: StudyRow
    previous: Previous | None

    def flow(self) -> Flow:
        return count(self.sources, self.states, self.merges, self.studies, REASONS, self.previous)


def numbers(most: int = 500) -> st.SearchStrategy[int]:
    return st.integers(min_value=0, max_value=most)


@st.composite
def state_rows(draw: st.DrawFn, lane: str, *, settled: bool) -> StateRow:
    full_texts = (
        ["include", "exclude"] if settled else ["", "pending", "conflict", "include", "exclude"]
    )
    retrievals = ["retrieved"] if settled else ["", "pending", "retrieved"]
    title_abstracts = ["include", "exclude"]
    title_abstracts += [] if settled else ["pending", "conflict", "unscreened"]
    lost = draw(st.booleans())
    return StateRow(
        lane=lane,
        n=draw(numbers()),
        removed=draw(st.sampled_from(["", "", "automation", "other"])),
        title_abstract=draw(st.sampled_from(title_abstracts)),
        by_automation=draw(st.booleans()),
        title_abstract_reason=draw(st.sampled_from(["", *REASONS])),
        retrieval="not_retrieved" if lost else draw(st.sampled_from(retrievals)),
        full_text="" if lost else draw(st.sampled_from(full_texts)),
        reason=draw(st.sampled_from(["", *REASONS, "withdrawn-from-the-protocol"])),
        category=""
        if settled
        else draw(st.sampled_from(["", "", "awaiting_classification", "ongoing"])),
    )


@st.composite
def reviews(draw: st.DrawFn, *, settled: bool = False) -> Review:
    """Draw rows that agree with each other, as those of one ledger do."""
    lanes = draw(st.sampled_from([("dbr",), ("dbr", "other")]))
    states = [
        row
        for lane in lanes
        for row in draw(st.lists(state_rows(lane, settled=settled), max_size=8))
    ]
    merges = [
        MergeRow(lane=lane, late=draw(st.booleans()), n=draw(numbers()))
        for lane in lanes
        for _ in range(draw(st.integers(0, 2)))
    ]
    sources = []
    for lane in lanes:
        records = sum(row.n for row in [*states, *merges] if row.lane == lane)
        first = draw(st.integers(0, records))
        sources += [
            SourceRow(
                source=f"{lane}-{part}",
                name=draw(st.sampled_from(["Scopus", "CINAHL", "Web"])),
                kind=draw(st.sampled_from(LANE_KINDS[lane])),
                records=records_of,
            )
            for part, records_of in enumerate((first, records - first))
        ]
    included = sum(row.n for row in states if _included(row))
    studies = draw(st.integers(min(1, included), included))
    previous = draw(st.none() | st.builds(Previous, studies=numbers(9), reports=st.integers(9, 20)))
    return Review(sources, states, merges, StudyRow(studies=studies, reports=included), previous)


def _included(row: StateRow) -> bool:
    reached = row.title_abstract == "include" or (
        row.lane == "other" and row.title_abstract not in ("exclude", "unscreened")
    )
    return reached and not row.removed and row.full_text == "include" and not row.category


# Letters of many scripts, spaces and marks of XML, and words longer than any box is wide.
words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from("<>&\"' \t\n"),
    min_size=1,
    max_size=60,
) | st.integers(1, 40).map(lambda n: "Extraordinarily" * n)


@st.composite
def worded_flows(draw: st.DrawFn) -> Flow:
    """Draw flows of every template with arbitrary names and reasons and counts of up to nine digits."""
    flow = draw(reviews()).flow()
    large = numbers(999_999_999)
    names = st.dictionaries(words, large, max_size=6)
    changes = {
        "databases": draw(large),
        "database_specific": draw(names),
        "dbr_excluded_reasons": tuple(draw(names).items()),
        "title_abstract_reasons": tuple(draw(names).items()),
        "late_duplicates": draw(st.none() | large),
        "dbr_not_retrieved": draw(st.none() | large),
    }
    if flow.template.other_methods:
        changes["other_sources"] = draw(names)
        changes["other_excluded_reasons"] = tuple(draw(names).items())
    return flow.model_copy(update=changes)
