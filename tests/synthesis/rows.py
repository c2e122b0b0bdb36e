"""Rows of every sheet, for tests that must hold for all of them."""

from hypothesis import strategies as st

from screening.notices import NoticeStatus
from synthesis.extraction import AgreedExtracted, Arm, Contact, Extracted, Role, Status
from synthesis.findings import (
    Direction,
    DirectionBasis,
    Finding,
    Indicator,
    Predictor,
    Significance,
)
from synthesis.measures import Measure, Property, PropertyKind, Use
from synthesis.notices import NoticeRow
from synthesis.results import ArmResult
from synthesis.row import Row
from synthesis.themes import Participant, Presence, Quote, Stance, Theme
from synthesis.worksheets import (
    CerqualJudgement,
    Certainty,
    Concern,
    GradeJudgement,
    MissingResults,
    PopayElement,
    PopayNote,
    SwimItem,
)

words = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=12
)
maybe = st.just("") | words
counts = st.none() | st.integers(0, 5000)
reals = st.floats(-1e6, 1e6, allow_nan=False).map(lambda number: round(number, 3))


def _extracted(row_type: type[Extracted]) -> st.SearchStrategy[Extracted]:
    told = st.builds(
        row_type, report=words, field=words, value=words, page=maybe, quote=maybe, arm=maybe
    )
    silent = st.sampled_from([Status.NOT_REPORTED, Status.NOT_APPLICABLE])
    return told | st.builds(row_type, report=words, field=words, status=silent, note=words)


def any_row() -> st.SearchStrategy[Row]:
    """Return rows of all sheets."""
    concern, certainty = st.sampled_from(Concern), st.sampled_from(Certainty)
    return st.one_of(
        _extracted(Extracted),
        _extracted(AgreedExtracted),
        st.builds(
            Arm, report=words, arm=words, name=words, role=st.sampled_from(Role), analysed=counts
        ),
        st.builds(Contact, report=words, date=st.just("2024-05-06"), asked=words, answer=maybe),
        st.builds(
            ArmResult,
            report=words,
            domain=words,
            outcome=words,
            arm=words,
            n=st.integers(0, 900),
            mean=st.none() | reals,
            higher_is_better=st.booleans(),
            chosen=st.booleans(),
        ),
        st.builds(Measure, id=words, name=words, group=words, abbreviation=maybe, variant_of=maybe),
        st.builds(
            Property,
            measure=words,
            number=st.integers(1, 9),
            property=st.sampled_from(PropertyKind),
            value=reals,
            operator=st.sampled_from(["", "<", ">", "~"]),
            unresolved=st.booleans(),
        ),
        st.builds(Use, measure=words, report=words, time_point=maybe),
        st.builds(
            Finding,
            report=words,
            number=st.integers(1, 99),
            domain=words,
            direction=st.sampled_from(Direction),
            basis=st.sampled_from(DirectionBasis),
            significance=st.sampled_from(Significance),
            p=st.sampled_from(["", "= .02", "ns"]),
            n=counts,
            text=maybe,
        ),
        st.builds(Predictor, report=words, factor=words, relation=words),
        st.builds(NoticeRow, report=words, status=st.sampled_from(NoticeStatus), checked=words),
        st.builds(Indicator, report=words, id=words, name=words, count=counts, of=st.none()),
        st.builds(Theme, id=words, name=words, parent=maybe),
        st.builds(Participant, report=words, participant=words),
        st.builds(Presence, theme=words, report=words, stance=st.sampled_from(Stance)),
        st.builds(Quote, theme=words, report=words, place=words, text=maybe),
        st.builds(SwimItem, item=st.integers(1, 9), answer=words),
        st.builds(PopayNote, element=st.sampled_from(PopayElement), question=words, answer=words),
        st.builds(
            GradeJudgement,
            domain=words,
            start=st.sampled_from(["high", "low"]),
            imprecision=st.integers(0, 2),
            certainty=certainty,
        ),
        st.builds(
            CerqualJudgement,
            theme=words,
            methodological_limitations=concern,
            coherence=concern,
            adequacy=concern,
            relevance=concern,
            confidence=certainty,
            explanation=words,
        ),
        st.builds(
            MissingResults,
            domain=words,
            judgement=st.sampled_from(["low", "high"]),
            explanation=words,
        ),
    )
