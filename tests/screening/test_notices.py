"""Records say when their report was retracted or corrected, in the ways databases have for it."""

import pytest

from screening.identification.forms.folding import fold
from screening.notices import BEGINNINGS, Notice, NoticeStatus, gravest, notice_on, notices_in
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


REPORT = Fields(title="A randomised trial of sleep", doi="10.1000/sleep.1", pmid="77")


def on_the_report(title: str, raw: str = "") -> NoticeStatus | None:
    fields = Fields(title=title)
    record = Record(source_file="f", position=1, format="f", provider=None, fields=fields, raw=raw)
    return notice_on(record, REPORT)


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("Retraction: A Randomised Trial of Sleep.", RETRACTED),
        ('Retraction notice to "A randomised trial of sleep" [J Sleep 12 (2019) 1-9]', RETRACTED),
        ("Notice of Retraction: Roe A. A randomised trial of sleep. J Sleep. 2019", RETRACTED),
        ("Statement of retraction - A randomised trial of sleep", RETRACTED),
        ("RETRACTED: A randomised trial of sleep", RETRACTED),
        ("WITHDRAWN: A randomised trial of sleep", RETRACTED),
        ("Editorial expression of concern: A randomised trial of sleep", CONCERN),
        ("Author Correction: A <i>randomised</i> trial of sleep", CORRECTED),
        ("Erratum to: A randomised trial of sleep", CORRECTED),
        ("Correction of sleep in a randomised trial", None),
        ("A randomised trial of sleep", None),
        ("Retraction: A randomised trial of sleeping pills", None),
    ],
)
def test_a_notice_with_a_record_of_its_own_repeats_the_title(
    title: str, status: NoticeStatus | None
) -> None:
    assert on_the_report(title) == status
    if status:
        assert fold(title).startswith(BEGINNINGS)


@pytest.mark.parametrize(
    "raw",
    [
        "PMID- 9\nROF - J Sleep. 2019;1(1):1-9. doi: 10.1000/SLEEP.1. PMID: 5\n",
        "PMID- 9\nROF - J Sleep. 2019;\n      1(1):1-9. PMID: 77\n",
        XML.format(kind="RetractionOf").replace("<PMID>1<", '<PMID Version="1">77<'),
    ],
)
def test_pubmed_links_a_notice_to_its_report(raw: str) -> None:
    assert on_the_report("Retraction.", raw) == RETRACTED
    other = raw.replace("77", "78").replace("SLEEP.1.", "SLEEP.11.")
    assert on_the_report("Retraction.", other) is None


def test_a_title_of_few_words_is_in_too_many_others_to_tell() -> None:
    record = Record(
        source_file="f", position=1, format="f", provider=None,
        fields=Fields(title="Retraction: Sleep in infants"), raw="",
    )  # fmt: skip
    assert notice_on(record, Fields(title="Sleep")) is None
