"""Each table says what its rows are, names what is missing, and drops nothing."""

from datetime import date

from appraisal.agreement import agreement
from appraisal.instrument import Category as Scored
from appraisal.instrument import Instrument, Scale
from appraisal.scores import Appraisal, Basis, unit_scores
from appraisal.section import AppraisalSection, Calibration
from screening.agreement import agreement as reviewer_agreement
from screening.criteria import Criterion, Exemption
from screening.flow.counting import Flow, Template
from screening.records import Category, Fields, SourceKind, Stage, Verdict
from screening.sources import HistoryLine, Source
from synthesis.directions import direction_grid
from synthesis.extraction import Contact, Extracted
from synthesis.fields import Field
from synthesis.findings import Direction, DirectionBasis, Finding, Indicator, Predictor
from synthesis.included import (
    Amendment,
    ExcludedReport,
    IncludedReport,
    KnownReport,
    MissingReport,
    NoticeCheck,
    SearchedSource,
    UnfinishedReport,
)
from synthesis.measures import Measure, Property, Use
from synthesis.section import Domain
from synthesis.summary_of_findings import summary_of_findings
from synthesis.tables.agreement import (
    ReviewerPair,
    rater_agreement_table,
    reviewer_agreement_table,
)
from synthesis.tables.amendments import amendments_table
from synthesis.tables.certainty import cerqual_table, summary_table, swim_table
from synthesis.tables.criteria import criteria_table
from synthesis.tables.directions import directions_table, votes_table
from synthesis.tables.extraction import Extraction, extraction_table, long_table
from synthesis.tables.findings import findings_table, indicators_table, predictors_table
from synthesis.tables.flow_counts import flow_table
from synthesis.tables.measures import Measures, measures_tables, property_text
from synthesis.tables.reports import (
    contacts_table,
    excluded_table,
    included_table,
    missing_table,
    notices_table,
    unfinished_table,
)
from synthesis.tables.scores import scores_table
from synthesis.tables.search import history_table, known_table, sources_table, strategies_table
from synthesis.tables.table import Table
from synthesis.tables.themes import themes_table
from synthesis.themes import Presence, Quote, Stance, Theme, by_report
from synthesis.worksheets import CerqualJudgement, GradeJudgement, MissingResults, SwimItem

DASH = "\N{EM DASH}"
LABELS = {"a": "Adams, 2001", "b": "Brown, 2002", "c": "Cole, 2003"}
TOOL = Instrument(
    id="tool",
    version="1",
    name="A Tool",
    abbreviation="AT",
    citation="",
    licence="",
    scale=Scale(kind="numbers", minimum=0, maximum=5, total=True),
    categories=(Scored(id="one", label="One"), Scored(id="two", label="Two")),
)


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def fields(key: str, **changes: object) -> Fields:
    family, year = LABELS[key].split(", ")
    return Fields(authors=(f"{family}, X.",), year=int(year), title=f"Work {key}", **changes)


def reports() -> list[IncludedReport]:
    study = {"a": "a", "b": "a", "c": "c"}
    return [
        IncludedReport(key=key, label=label, study=study[key], fields=fields(key))
        for key, label in LABELS.items()
    ]


# --- Search ----------------------------------------------------------------------------------------


def searched(**changes: object) -> SearchedSource:
    source = Source(
        **({"id": "medline", "name": "MEDLINE", "platform": "PubMed", "kind": "database"} | changes)
    )
    return SearchedSource(source=source, records=10, strategy="a AND b")


def test_what_is_not_recorded_of_a_source_is_a_dash_that_a_note_explains() -> None:
    table = sources_table([searched()])
    assert texts(table)[0][3:5] == [DASH, DASH]
    assert f"{DASH} = not yet recorded." in table.general_note()


def test_a_stated_limit_and_a_date_are_printed_as_words() -> None:
    table = sources_table([searched(searched="2022-04-09", limits={"date": "none"})])
    assert texts(table)[0][3:5] == ["9 April 2022", "Date: none"]


def test_sources_that_ran_one_strategy_share_its_row_and_missing_strategies_are_named() -> None:
    other = SearchedSource(
        source=Source(id="w", name="A website", kind=SourceKind.WEBSITE), records=1
    )
    table = strategies_table([searched(), searched(id="cinahl", name="CINAHL"), other])
    assert texts(table) == [["MEDLINE (PubMed) and CINAHL (PubMed)", "a AND b"]]
    assert "No strategy is recorded for A website." in table.general_note()


def test_histories_show_each_line_with_its_hits() -> None:
    lines = (HistoryLine(line=1, query="a", hits=7), HistoryLine(line=2, query="b"))
    table = history_table([searched(history=lines)])
    assert texts(table) == [["MEDLINE (PubMed)"], ["1", "a", "7"], ["2", "b", DASH]]


def test_known_reports_that_were_missed_are_said_to_be() -> None:
    known = [KnownReport(name="a", found_in=("MEDLINE",)), KnownReport(name="b", found_in=())]
    table = known_table(known, LABELS)
    assert [row[1] for row in texts(table)] == ["Yes", "No"]
    assert "Found: 1 of 2." in table.general_note()


# --- Criteria and flow -------------------------------------------------------------------------------


def test_criteria_that_need_one_of_several_say_so_and_each_exception_has_its_footnote() -> None:
    criterion = Criterion(
        id="age",
        include=("Children",),
        at_least_one_of=("Play", "Talk"),
        exclude=("Adults",),
        exceptions=(
            Exemption(report="a", because="the mean is below five", value=49.14, unit="months"),
            Exemption(report="zz", because="of reasons"),
        ),
    )
    table = criteria_table([criterion], LABELS)
    assert texts(table) == [["Age", "Children\nAt least one of: Play; Talk", "Adults"]]
    first, second = (text for _, text in table.marked_notes())
    assert (
        "Adams, 2001 was included as an exception: the mean is below five (49.14 months)" in first
    )
    assert "zz was included" in second


def test_an_unknown_count_is_not_known_and_never_nought() -> None:
    table = flow_table(Flow(databases=5))
    found = {row.key: row.cells[-1].text for row in table.body}
    assert found["databases"] == "5"
    assert found["screened"] == "Not known"
    assert "late_duplicates" not in found


def test_an_updated_review_shows_what_it_took_over() -> None:
    flow = Flow(previous_studies=2, total_studies=3, studies=1, template=Template.UPDATED_V1)
    keys = [row.key for row in flow_table(flow).body]
    assert keys[0] == "previous_studies"
    assert keys[-2:] == ["total_studies", "total_reports"]


# --- Reports ---------------------------------------------------------------------------------------


def test_reports_are_listed_by_author_and_year_and_keep_their_reasons() -> None:
    found = [
        ExcludedReport(key=key, label=LABELS[key], fields=fields(key), reasons=("Design", "Age"))
        for key in "cab"
    ]
    table = excluded_table(found)
    assert [row.key for row in table.rows] == ["a", "b", "c"]
    assert texts(table)[0][2:4] == ["Design", "Age"]


def test_the_included_list_says_which_study_a_report_belongs_to() -> None:
    assert [row[1] for row in texts(included_table(reports()))] == [
        "Adams, 2001",
        "Adams, 2001",
        "Cole, 2003",
    ]


def test_unfinished_reports_are_told_apart_by_category() -> None:
    found = [
        UnfinishedReport(
            key="a", label=LABELS["a"], fields=fields("a"), category=Category.AWAITING
        ),
        UnfinishedReport(
            key="b",
            label=LABELS["b"],
            fields=fields("b", registrations=("NCT1",)),
            category=Category.ONGOING,
        ),
    ]
    assert [row[1:3] for row in texts(unfinished_table(found))] == [
        ["Ongoing study", "NCT1"],
        ["Awaiting classification", ""],
    ]


def test_a_report_not_retrieved_without_a_reason_shows_that_none_is_recorded() -> None:
    table = missing_table([MissingReport(key="a", label=LABELS["a"], fields=fields("a"))])
    assert texts(table)[0][1] == DASH


def test_every_included_report_has_a_notice_status_even_where_nobody_looked() -> None:
    table = notices_table([NoticeCheck(report="b", status="retracted", checked="2024")], LABELS)
    assert [row[1] for row in texts(table)] == ["Not checked", "Retracted", "Not checked"]


def test_questions_to_authors_without_an_answer_say_so() -> None:
    contact = Contact(report="a", date="2024-01-02", asked="Standard deviations?")
    assert texts(contacts_table([contact], LABELS))[0][4] == "No answer"


def test_amendments_have_their_date_and_reason() -> None:
    made = Amendment(
        version=2, adopted=date(2024, 1, 2), by="first", reason="Wider", changes=("criteria",)
    )
    assert texts(amendments_table([made])) == [
        ["2", "2 January 2024", "first", "Wider", "criteria"]
    ]


# --- Extraction and scores ---------------------------------------------------------------------------


def test_not_reported_is_told_apart_from_not_yet_looked() -> None:
    values = [
        Extracted(report="a", field="country", value="UK"),
        Extracted(report="b", field="country", status="not reported"),
        Extracted(report="c", field="n", value="10", arm="cpp", time_point="baseline"),
        Extracted(report="c", field="n", value="9", arm="control", time_point="baseline"),
    ]
    extraction = Extraction(
        reports=reports(),
        fields=[Field(id="country", label="Country"), Field(id="n", label="n")],
        values=values,
    )
    table = extraction_table(extraction)
    places = {column.id: place for place, column in enumerate(table.columns)}
    assert [row[places["country"]] for row in texts(table)] == ["UK", "Not reported", DASH]
    assert texts(table)[2][places["n"]] == "cpp, baseline: 10\ncontrol, baseline: 9"
    assert [row[places["study"]] for row in texts(table)] == ["Adams, 2001", "Adams, 2001", ""]
    assert len(long_table(extraction).rows) == 4


def test_scores_that_raters_have_not_settled_are_marked_and_missing_ones_are_dashes() -> None:
    scores = [
        unit_scores(TOOL, "a", {"one": 5, "two": 3}),
        unit_scores(TOOL, "b", {"one": 4}, basis=Basis.NOT_SETTLED),
    ]
    table = scores_table(TOOL, scores, LABELS, AppraisalSection(bands={"low": 0, "high": 75}))
    assert texts(table) == [
        ["Adams, 2001", "5", "3", "8", "80", "high"],
        ["Brown, 2002", "4", DASH, DASH, DASH, DASH],
    ]
    assert table.rows[1].cells[0].note_ids == ("open",)
    assert "defined by the authors of this review" in table.general_note()


def test_scores_of_the_calibration_round_are_told_from_the_others() -> None:
    section = AppraisalSection.model_validate({"calibration": {"units": ["b"]}})
    scores = [unit_scores(TOOL, unit, {"one": 5, "two": 3}) for unit in LABELS]
    table = scores_table(TOOL, scores, LABELS, section)
    assert [row.cells[0].note_ids for row in table.rows] == [(), ("calibration",), ()]
    assert "calibration round" in dict(table.marked_notes())["a"]
    later = section.model_copy(update={"calibration": Calibration()})
    assert scores_table(TOOL, scores, LABELS, later).notes == ()


def test_scores_stand_upright_where_every_heading_fits_and_lie_across_where_not() -> None:
    scores = [unit_scores(TOOL, unit, {"one": 5, "two": 3}) for unit in LABELS]
    assert not scores_table(TOOL, scores, LABELS).landscape
    many = TOOL.model_copy(
        update={
            "categories": tuple(
                each.model_copy(update={"id": f"{each.id}{n}", "label": "Preliminaries"})
                for n in range(5)
                for each in TOOL.categories
            )
        }
    )
    assert scores_table(many, [], LABELS).landscape


# --- Measures --------------------------------------------------------------------------------------


def test_a_property_is_a_line_in_apa_style_with_its_source() -> None:
    def said(**values: object) -> str:
        return property_text(Property(measure="m", number=1, **values))

    alpha = {"property": "internal consistency", "statistic": "Cronbach's alpha"}
    assert said(**alpha, value=0.9, source="Lee, 1999", cited_via="Kim, 2001") == (
        "Internal consistency: Cronbach's alpha = .90 (Lee, 1999, as cited in Kim, 2001)"
    )
    assert said(**alpha, operator=">=", value=0.75, n=12) == (
        "Internal consistency: Cronbach's alpha \N{LESS-THAN OR EQUAL TO} .75 (n = 12)"
    ).replace("\N{LESS-THAN OR EQUAL TO}", "\N{GREATER-THAN OR EQUAL TO}")
    assert said(property="test-retest reliability", low=0.7, high=0.88) == (
        "Test-retest reliability: .70\N{EN DASH}.88"
    )
    assert said(property="content validity", printed="high") == "Content validity: high"
    assert said(property="measurement error", statistic="SEM", value=0.5) == (
        "Measurement error: SEM = 0.5"
    )
    assert said(property="internal consistency", status="not assessed") == (
        "Internal consistency: not assessed"
    )


def test_measures_of_a_group_the_protocol_lacks_are_not_dropped() -> None:
    measures = Measures(
        groups={"parent": "Parent"},
        measures=[Measure(id="x", name="X", group="teacher")],
        uses=[Use(measure="x", report="a", time_point="baseline"), Use(measure="x", report="zz")],
    )
    tables = {table.id: table for table in measures_tables(measures, LABELS)}
    assert texts(tables["measures_parent"]) == []
    assert texts(tables["measures_teacher"])[0][3] == "Adams, 2001 (baseline); zz"


# --- Synthesis -------------------------------------------------------------------------------------


def finding(report: str, number: int, direction: Direction, **more: object) -> Finding:
    return Finding(report=report, number=number, domain="d", direction=direction, **more)


DOMAINS = {"d": Domain(label="A domain", group="child"), "e": Domain(label="Another")}


def test_findings_stand_under_their_domain_in_the_order_of_reports() -> None:
    found = [
        finding("c", 1, Direction.BETTER, text="C"),
        finding("a", 1, Direction.WORSE, text="A"),
    ]
    table = findings_table(found, reports(), DOMAINS, {})
    assert [row.cells[0].text for row in table.rows] == ["A domain", "Adams, 2001", "Cole, 2003"]


def test_reports_of_one_study_are_one_vote() -> None:
    found = [finding(key, 1, Direction.BETTER) for key in "abc"]
    studies = {report.key: report.study for report in reports()}
    by_study = direction_grid(DOMAINS, found, list(studies), studies)
    (row,) = votes_table(by_study).body
    assert [cell.text for cell in row.cells[1:3]] == ["2", "2"]
    by_report_grid = direction_grid(DOMAINS, found, list(studies))
    assert texts(directions_table(by_report_grid, LABELS))[1][1] == "; ".join(LABELS.values())


def test_no_sign_test_is_made_from_significance_and_the_table_says_why() -> None:
    found = [finding("a", 1, Direction.BETTER, basis=DirectionBasis.SIGNIFICANCE)]
    grid = direction_grid(DOMAINS, found, ["a"], {"a": "a"})
    table = votes_table(grid)
    assert "No sign test: directions were read from significance" in table.marked_notes()[0][1]
    assert table.body[0].cells[-2].text == ""


def test_factors_related_to_gain_name_their_report() -> None:
    made = Predictor(report="a", factor="Age", relation="greater gain")
    assert texts(predictors_table([made], LABELS))[0][3] == "Adams, 2001"


def test_an_indicator_stands_beside_its_threshold() -> None:
    made = Indicator(report="a", id="i", name="Visits", count=9, of=12, percent=75, threshold=80)
    (row,) = texts(indicators_table([made], LABELS))
    assert row[2:8] == ["Adams, 2001", "", "", "9 of 12", "75", "80"]


def test_the_summary_of_findings_gives_certainty_only_where_it_was_judged() -> None:
    found = [finding("a", 1, Direction.BETTER, n=20), finding("c", 1, Direction.WORSE)]
    grid = direction_grid(DOMAINS, found, ["a", "c"], {"a": "a", "c": "c"})
    grade = GradeJudgement(domain="d", start="high", certainty="moderate", explanation="Small.")
    missing = MissingResults(domain="d", judgement="high")
    judged = texts(summary_table(summary_of_findings(grid, [grade], [missing])))[0]
    assert judged == [
        "A domain",
        "2",
        "2",
        "20 (1 without a number)",
        "1 better; 1 worse",
        "moderate",
        "Small.",
        "high",
    ]
    assert texts(summary_table(summary_of_findings(grid)))[0][5] == "Not judged"


def test_themes_name_the_reports_they_show_in_by_how_they_show() -> None:
    themes = [Theme(id="t", name="Trust"), Theme(id="u", name="Time", parent="t")]
    presences = [
        Presence(theme="t", report="a"),
        Presence(theme="t", report="b", stance=Stance.ABSENT),
    ]
    quotes = [Quote(theme="t", report="a", place="p. 3")]
    grid = by_report(themes, presences, quotes, list(LABELS))
    first, second = texts(themes_table(grid, LABELS))
    assert first == ["Trust", "", "present: Adams, 2001\nabsent: Brown, 2002", "1"]
    assert second[0] == "\N{EM SPACE}Time"


def test_worksheets_are_printed_as_filled_in() -> None:
    judged = CerqualJudgement(
        theme="t",
        methodological_limitations="minor",
        coherence="minor",
        adequacy="serious",
        relevance="minor",
        confidence="low",
        explanation="Thin.",
    )
    assert texts(cerqual_table([judged], {"t": "Trust"}))[0][0] == "Trust"
    table = swim_table([SwimItem(item=3, answer="Votes were counted.")])
    assert len(table.rows) == 9
    assert texts(table)[2][2] == "Votes were counted."


# --- Agreement -------------------------------------------------------------------------------------


def test_coefficients_of_reviewers_stand_side_by_side() -> None:
    votes = [(Verdict.INCLUDE, Verdict.INCLUDE)] + [(Verdict.EXCLUDE, Verdict.EXCLUDE)] * 8
    votes.append((Verdict.INCLUDE, Verdict.EXCLUDE))
    pair = ReviewerPair(
        stage=Stage.TITLE_ABSTRACT, first="x", second="y", statistics=reviewer_agreement(votes)
    )
    (row,) = texts(reviewer_agreement_table([pair]))
    assert row[:5] == ["Title and abstract", "x, y", "10", "90.0%", "15.0%"]
    assert row[5].startswith(".62, 95% CI [")
    assert row[6] == ".80"


def test_what_cannot_be_estimated_is_said_to_be_so() -> None:
    votes = [(Verdict.EXCLUDE, Verdict.EXCLUDE)] * 5
    pair = ReviewerPair(
        stage=Stage.FULL_TEXT, first="x", second="y", statistics=reviewer_agreement(votes)
    )
    (row,) = texts(reviewer_agreement_table([pair]))
    assert row[5] == "not estimable"
    assert "nan" not in " ".join(row)


def test_raters_are_compared_per_category_and_unfinished_units_are_named() -> None:
    made = [
        Appraisal(
            unit=unit,
            instrument="tool",
            instrument_version="1",
            rater=rater,
            scores={"one": one, "two": 3},
            complete=unit != "c",
        )
        for unit, one in (("a", 5), ("b", 2), ("c", 1))
        for rater in ("x", "y")
    ]
    table = rater_agreement_table(agreement(TOOL, made), TOOL, LABELS, ["a", "z"])
    of_studies = TOOL.model_copy(update={"unit": "study"})
    told = rater_agreement_table(agreement(of_studies, made), of_studies, LABELS).general_note()
    assert told.startswith("2 studies scored by x and y.")
    assert "1 of them in the calibration round: Adams, 2001." in table.general_note()
    assert [row[0] for row in texts(table)] == ["One", "Two", "Total"]
    assert (
        "Left out, because not every rater has completed them: Cole, 2003." in table.general_note()
    )
    assert texts(table)[1][4] == "2 of 2 the same, 2 of 2 within one"
