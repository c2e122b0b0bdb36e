"""Records say when their report was retracted or corrected, in the ways databases have for it."""

import pytest

from screening.notices import Notice, NoticeStatus, gravest, notices_in
from screening.records import Fields, Record

RETRACTED, CONCERN, CORRECTED = (
    NoticeStatus.RETRACTED,
    NoticeStatus.CONCERN,
    NoticeStatus.CORRECTED,
)
XML = (
    '<CommentsCorrectionsList><CommentsCorrections RefType="{kind}"><RefSource>J Sleep. 2020;1:2'
    " &amp; more</RefSource><PMID>1</PMID></CommentsCorrections></CommentsCorrectionsList>"
)


def told(raw: str = "", **fields: str) -> list[Notice]:
    record = Record(
        source_file="f", position=1, format="f", provider=None,
        fields=Fields(**fields),  # type: ignore[arg-type]
        raw=raw,
    )  # fmt: skip
    return list(notices_in(record))


@pytest.mark.parametrize(
    ("tag", "status"),
    [("RIN ", RETRACTED), ("RRI ", RETRACTED), ("ECI ", CONCERN), ("EIN ", CORRECTED), ("CRI ", CORRECTED)],
)  # fmt: skip
def test_pubmed_links_a_report_to_its_notices(tag: str, status: NoticeStatus) -> None:
    raw = f"PMID- 1\n{tag}- J Sleep. 2020 Jan;\n      1(2):3. PMID: 9\nTI  - A trial\n"
    assert told(raw) == [Notice(status, "J Sleep. 2020 Jan; 1(2):3. PMID: 9")]


@pytest.mark.parametrize(
    ("kind", "status"),
    [("RetractionIn", RETRACTED), ("ExpressionOfConcernIn", CONCERN), ("ErratumIn", CORRECTED)],
)
def test_pubmed_xml_links_a_report_to_its_notices(kind: str, status: NoticeStatus) -> None:
    assert told(XML.format(kind=kind)) == [Notice(status, "J Sleep. 2020;1:2 & more")]


def test_comments_and_the_other_end_of_a_link_are_no_notices_of_this_report() -> None:
    assert told("CIN - J Sleep. 2020;1:2\nROF - J Sleep. 2019;1:2\nEFR - J Sleep. 2019;1:3\n") == []
    assert told(XML.format(kind="CommentIn") + XML.format(kind="RetractionOf")) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "RETRACTED: A trial of sleep"},
        {"title": "[Retracted article] – A trial"},
        {"title": "Retracted Article: A trial"},
        {"type": "Journal Article; Retracted Publication"},
    ],
)
def test_a_marked_title_or_type_says_that_a_report_is_retracted(fields: dict[str, str]) -> None:
    assert told(**fields) == [Notice(RETRACTED)]


@pytest.mark.parametrize(
    "title", ["Retracted memories in infancy", "Retraction of the lid", "Why trials are retracted: a survey"]
)  # fmt: skip
def test_a_title_that_speaks_of_retraction_is_no_mark(title: str) -> None:
    assert told(title=title) == []


def test_the_gravest_notice_decides() -> None:
    assert gravest([Notice(CORRECTED), Notice(RETRACTED), Notice(CONCERN)]) is RETRACTED
    assert gravest([]) is NoticeStatus.NONE
