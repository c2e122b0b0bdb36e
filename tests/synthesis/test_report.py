"""The report says what the ledger knows: the same numbers in the text, the tables and the diagram."""

import dataclasses
import io
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from lxml import html as lxml_html

from appraisal.agreement import agreement
from appraisal.instrument import read_instrument
from appraisal.scores import Appraisal
from appraisal.section import AppraisalSection
from review import resources
from review.diagrams import metrics
from screening.decisions import Policy
from screening.diagram.content import numbers as diagram_numbers
from screening.diagram.drawing import DiagramOptions, layout, svg
from screening.flow.counting import Flow, Pending
from screening.records import Stage
from synthesis.author_text import AuthorText, empty_text, read_author_text
from synthesis.flow_text import flow_sentences
from synthesis.included import Amendment, NoticeCheck
from synthesis.report import (
    Figure,
    Paragraph,
    Place,
    Report,
    WordPicture,
    with_references,
)
from synthesis.report_inputs import About, Deduplicated, ReportInputs, ScreenedStage
from synthesis.report_outline import compose
from synthesis.section import ReportSection
from synthesis.sentences import Noun, in_words
from synthesis.tables.catalogue import build
from synthesis.tables.flow_counts import flow_table
from synthesis.tables.table import PROVISIONAL, Table
from synthesis.writers import html, report_docx, report_html
from tests.screening.flow.flow_strategies import reviews
from tests.synthesis import worked_example

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcffff3f"
    "030005fe02fea735812e0000000049454e44ae426082"
)
COUNT_IDS = {"databases", "registers", "duplicates", "automation", "other_removed", "unscreened"}
WORDS = {in_words(n): n for n in range(1000)} | {"no": 0, "none": 0}


def figure(flow: Flow) -> Figure:
    drawn = layout(flow, metrics(), DiagramOptions())
    template = resources.text("templates/flow/diagram.svg")
    picture = svg(drawn, template, metrics=metrics(), text="named")
    return Figure(
        id="flow",
        title=drawn.title,
        alt=drawn.description,
        svg=picture,
        for_word=lambda: WordPicture(picture, PNG),
    )


def inputs(flow: Flow = worked_example.FLOW, **changes: Any) -> ReportInputs:
    tables = worked_example.table_inputs(flow)
    built, _ = build(tables, worked_example.sections())
    review = worked_example.protocol()["review"]
    given = {
        "about": About(
            title=review["title"],
            question=review["question"],
            aims=tuple(review["aims"]),
            builds_on=review["builds_on"],
            registration=review["registration"],
        ),
        "tables": tables,
        "built": built,
        "deduplicated": Deduplicated(program="Winnow 0.1.0", automatic=660, by_person=11, apart=3),
        "screened": [
            ScreenedStage(stage=Stage.TITLE_ABSTRACT, policy=Policy.SINGLE, reviewers=("first",))
        ],
        "raters": ("first",),
        "figures": [figure(flow)],
    }
    return ReportInputs(**(given | changes))


@pytest.fixture(scope="module")
def made() -> Report:
    return compose(inputs())


def prose(report: Report, heading: str) -> str:
    section = next(each for each in report.sections if each.heading == heading)
    return " ".join(b.sentence.text for b in section.blocks if isinstance(b, Paragraph))


def page(report: Report) -> str:
    written = report_html.write(
        report,
        template=worked_example.PAGE,
        style=worked_example.STYLE,
        link=lambda source: f"trace.html#{source}",
    )
    return written.decode()


def count(text: str) -> int:
    """Read a number off the page as a reader does: "1,070 records", "Sixteen reports", "none"."""
    word = text.strip().lower()
    figures = re.match(r"[\d,]+", word)
    if figures:
        return int(figures[0].replace(",", ""))
    words = re.findall(r"[a-z-]+", word)
    return next(WORDS[said] for end in range(5, 0, -1) if (said := " ".join(words[:end])) in WORDS)


def stated(flow: Flow) -> dict[str, int]:
    """Return every count of a flow by its trace id, as the diagram knows them."""
    boxes = flow.boxes()
    found: dict[str, int] = {}
    for name, value in boxes.items():
        if isinstance(value, dict):
            found |= {f"count/{name}/{label}": n for label, n in value.items()}
        elif value is not None:
            found[f"count/{name}"] = value
    return found | {"count/pending": flow.pending.total}


# --- One set of numbers ------------------------------------------------------------------------------


def test_numbers_in_the_html_text_tables_and_diagram_are_those_of_the_flow(made: Report) -> None:
    flow = worked_example.FLOW
    known = stated(flow)
    root = lxml_html.fromstring(page(made))
    checked = set()
    for element in root.iter("a", "span", "td"):
        source = element.get("data-source") or (element.get("href") or "").removeprefix(
            "trace.html#"
        )
        if source.startswith("count/"):
            assert count(element.text_content()) == known[source], source
            checked.add(source)
    assert {
        f"count/{name}" for name in ("databases", "duplicates", "screened", "reports")
    } <= checked
    assert {"count/dbr_sought", "count/other_assessed", "count/studies"} <= checked


def test_numbers_in_the_word_file_are_those_of_the_flow(made: Report) -> None:
    document = Document(io.BytesIO(report_docx.write(made)))
    grid = next(t for t in document.tables if t.cell(0, 0).text == "Count")
    read = [row.cells[-1].text for row in grid.rows[1:] if row.cells[0].text != row.cells[-1].text]
    table = flow_table(worked_example.FLOW)
    assert read == [row.cells[-1].text for row in table.body]
    texts = {paragraph.text for paragraph in document.paragraphs}
    assert any(text.startswith("The searches brought 1,741 records") for text in texts)
    html_text = lxml_html.fromstring(page(made)).text_content()
    for section in made.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                assert block.sentence.text in html_text


def test_numbers_in_the_diagram_are_those_of_the_text(made: Report) -> None:
    flow = worked_example.FLOW
    picture = next(block for block in made.blocks() if isinstance(block, Figure))
    drawn = "".join(ET.fromstring(picture.svg).itertext())  # noqa: S314 - our own drawing
    for item in diagram_numbers(flow, DiagramOptions()):
        if item.n is not None:
            assert f"n = {item.n:,}" in drawn or f"n = {item.n}" in drawn
    assert {f"{item.n:,}" for item in diagram_numbers(flow, DiagramOptions())} >= {"1,070", "1,042"}
    assert "1,070 records were screened, of which 1,042 were excluded" in prose(
        made, "Study selection"
    )


@given(reviews())
def test_for_any_flow_the_sentences_and_the_table_state_its_counts_and_no_others(
    review: Any,
) -> None:
    flow = review.flow()
    known = stated(flow)
    names = re.compile(r"from (Scopus|CINAHL|Web)[^,.]*|from \d+ databases")
    for sentence in flow_sentences(flow):
        for piece in sentence.pieces:
            if piece.source:
                assert count(piece.text) == known[piece.source], piece
            else:
                assert not re.search(r"\d", names.sub("", piece.text)), piece
    for row in flow_table(flow).body:
        cell = row.cells[-1]
        if cell.text != "Not known":
            assert int(cell.text) == known[cell.source]


@settings(max_examples=8, deadline=None)
@given(reviews())
def test_any_flow_gives_a_whole_report_that_says_provisional_exactly_when_it_is(
    review: Any,
) -> None:
    flow = review.flow()
    built, _ = build(worked_example.table_inputs(flow), {})
    report = compose(
        ReportInputs(
            about=About(title="A review"), tables=worked_example.table_inputs(flow), built=built
        )
    )
    written = page(report)
    assert (PROVISIONAL in written) == flow.provisional
    report_docx.write(report)


# --- The prose ---------------------------------------------------------------------------------------


def test_the_flow_of_the_worked_example_in_prose(made: Report) -> None:
    said = prose(made, "Study selection")
    assert said.startswith(
        "The searches brought 1,741 records from eight databases. Before screening, 671 duplicates "
        "were taken out. On title and abstract, 1,070 records were screened, of which 1,042 were "
        "excluded. Twenty-eight reports were sought, 28 were assessed at full text, and 14 were "
        "excluded (Population: 2; Intervention: 5;"
    )
    assert "The review includes 16 reports of 14 studies. Figure 1 shows the flow." in said


def test_reports_of_one_study_are_named_with_their_denominator(made: Report) -> None:
    said = prose(made, "Study characteristics")
    names = re.search(r"Three of 16 reports \((.*?)\) belong to one study", said)
    assert names
    assert set(names[1].split("; ")) == {
        "Lieberman et al., 2005",
        "Lieberman et al., 2006",
        "Ghosh Ippen et al., 2011",
    }


def test_the_appraisal_in_prose_has_the_published_range_and_the_computed_mean(made: Report) -> None:
    said = prose(made, "Critical appraisal of the reports")
    assert "from 17 (Weiner et al., 2009) to 34 (Georg et al., 2021) of 40" in said
    assert "mean is 24.75 (61.9%)" in said
    assert (
        "On average Introduction is scored highest (4.38) and Ethical matters lowest (2.25)."
        in said
    )


def test_measures_are_counted_by_group_and_those_without_properties_are_named(made: Report) -> None:
    said = prose(made, "Outcome measures")
    assert "The reports used 50 measures: 18 under" in said
    assert "Nine of 50 measures (" in said


def test_the_methods_name_dates_policy_programs_and_persons(made: Report) -> None:
    assert "Eight databases were searched in April 2022" in prose(made, "Information sources")
    assert "with Winnow 0.1.0" in prose(made, "Deduplication")
    assert "were screened by one reviewer." in prose(made, "Selection process")
    assert "No report was excluded for its score" in prose(made, "Critical appraisal")


def test_two_reviewers_their_conflicts_and_their_agreement_are_told() -> None:
    stage = ScreenedStage(
        stage=Stage.FULL_TEXT,
        policy=Policy.DUAL_ADJUDICATED,
        reviewers=("a", "b", "c"),
        by_two=31,
        conflicts=2,
        agreement={"Cohen's kappa": ".72, 95% CI [.50, .90]"},
    )
    said = prose(compose(inputs(screened=[stage])), "Selection process")
    assert said == (
        "Full texts were screened by two reviewers independently, and a third settled their "
        "differences. Of 31 seen by two, their votes differed on two. "
        "Agreement before consensus was Cohen's kappa: .72, 95% CI [.50, .90]."
    )


def test_people_are_counted_only_where_the_policy_leaves_their_number_open() -> None:
    def said(policy: Policy, *reviewers: str) -> str:
        stage = ScreenedStage(stage=Stage.FULL_TEXT, policy=policy, reviewers=reviewers)
        return prose(compose(inputs(screened=[stage])), "Selection process")

    assert said(Policy.SINGLE, "a") == "Full texts were screened by one reviewer."
    assert said(Policy.SINGLE, "a", "b") == "Full texts were screened each by one of two reviewers."
    assert "took part" not in said(Policy.DUAL, "a", "b")
    both = [
        ScreenedStage(stage=stage, policy=Policy.SINGLE, reviewers=("a",))
        for stage in (Stage.TITLE_ABSTRACT, Stage.FULL_TEXT)
    ]
    assert prose(compose(inputs(screened=both)), "Selection process") == (
        "Titles and abstracts and then full texts were screened by one reviewer."
    )
    assert "; three people took part." in said(Policy.DUAL, "a", "b", "c")


def test_retractions_are_told_where_somebody_looked() -> None:
    checks = [NoticeCheck(report="bain2014", status="corrected", notice="Erratum", checked="2024")]
    tables = dataclasses.replace(worked_example.table_inputs(), notices=checks)
    built, _ = build(tables, {})
    said = prose(compose(inputs(tables=tables, built=built)), "Study characteristics")
    assert "One of 16 reports (Bain, 2014) has been corrected." in said
    assert "retracted" not in said


def test_only_reports_that_were_looked_up_are_called_free_of_retractions() -> None:
    checks = [NoticeCheck(report="bain2014", status="none found", checked="2024")]
    tables = dataclasses.replace(worked_example.table_inputs(), notices=checks)
    built, _ = build(tables, {})
    said = prose(compose(inputs(tables=tables, built=built)), "Study characteristics")
    assert "No retraction or correction was found for one of 16 reports (Bain, 2014)." in said


# --- Order, numbers and places -----------------------------------------------------------------------


def test_every_table_stands_in_the_report_once_and_is_numbered_in_reading_order(
    made: Report,
) -> None:
    ids = [block.id for block in made.blocks() if isinstance(block, Table)]
    assert len(ids) == len(set(ids))
    assert set(ids) >= {
        table.id for table in inputs().built if table.rows and table.id != "extraction_long"
    }
    assert list(made.tables().values()) == list(range(1, len(ids) + 1))


def test_every_reference_names_a_table_or_figure_that_is_there(made: Report) -> None:
    names = made.names()
    referred = [
        piece
        for block in made.blocks()
        if isinstance(block, Paragraph)
        for piece in block.sentence.pieces
        if piece.refers
    ]
    assert referred
    assert all(piece.text == names[piece.refers] for piece in referred)


def test_links_inside_the_page_have_their_targets(made: Report) -> None:
    root = lxml_html.fromstring(page(made))
    targets = {element.get("id") for element in root.iter() if element.get("id")}
    links = [a.get("href")[1:] for a in root.iter("a") if a.get("href", "").startswith("#")]
    assert links
    assert set(links) <= targets
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_a_reference_to_nothing_is_a_mistake_of_the_composer() -> None:
    from synthesis.report import Section  # noqa: PLC0415 - named only here
    from synthesis.sentences import refer, say  # noqa: PLC0415

    section = Section("s", "S", 1, (Paragraph(say(refer("gone"))),))
    with pytest.raises(ValueError, match="gone"):
        with_references(Report(title="", authors=(), sections=(section,), provisional=False))


def test_the_authors_text_stands_in_its_place_in_both_files() -> None:
    text = empty_text().replace(
        "<!-- Why is the review needed, given what is already known? -->",
        "Because *early* help matters & counts <much>.\n\n- First\n- Second",
    )
    written, problems = read_author_text(text)
    assert not problems
    report = compose(inputs(author_text=written))
    assert "<em>early</em> help matters &amp; counts &lt;much&gt;" in page(report)
    assert "<ul>\n<li>First</li>\n<li>Second</li>\n</ul>" in page(report)
    document = Document(io.BytesIO(report_docx.write(report)))
    assert "Because early help matters & counts <much>." in [p.text for p in document.paragraphs]


def test_an_empty_place_shows_its_prompt_and_a_place_left_out_shows_nothing() -> None:
    kept, left = compose(inputs()), compose(inputs(section=ReportSection(leave_out=("abstract",))))
    assert "abstract" in [b.id for b in kept.blocks() if isinstance(b, Place)]
    assert "Abstract" not in [section.heading for section in left.sections]


def test_text_without_a_place_is_printed_and_not_dropped() -> None:
    stray, _ = read_author_text("## Gone {#gone}\n\nStill here.\n")
    report = compose(inputs(author_text=AuthorText(stray=stray.stray)))
    assert prose(report, "Text without a place") == "Still here."


# --- Checklists --------------------------------------------------------------------------------------


def found(report: Report, table_id: str, place: int = 2) -> dict[str, str]:
    table = next(b for b in report.blocks() if isinstance(b, Table) and b.id == table_id)
    return {row.key: row.cells[place].text for row in table.body}


def test_the_checklists_have_all_their_items(made: Report) -> None:
    assert len(found(made, "prisma_2020")) == 42
    assert len(found(made, "prisma_s")) == 16


def test_an_item_is_found_only_where_the_report_has_it(made: Report) -> None:
    items = found(made, "prisma_2020")
    names = made.names()
    assert items["1"] == "Title"
    assert items["5"] == f"Eligibility criteria, {names['criteria']}"
    assert items["16a"] == "Study selection, Figure 1"
    assert items["16b"] == names["excluded"]
    assert items["24a"] == "Registration and protocol"
    assert found(made, "prisma_s")["8"] == names["strategies"]
    assert found(made, "prisma_s")["14"] == ""


def test_an_appraisal_of_quality_never_counts_as_risk_of_bias(made: Report) -> None:
    items = found(made, "prisma_2020")
    assert items["11"] == ""
    assert items["18"] == ""


def test_what_only_the_authors_can_say_is_left_to_them_until_they_say_it(made: Report) -> None:
    assert {found(made, "prisma_2020")[item] for item in ("3", "13d", "23a", "25")} == {""}
    text = empty_text().replace("<!-- What do the results mean beside other evidence? -->", "Much.")
    written, _ = read_author_text(text)
    report = compose(inputs(author_text=written))
    assert found(report, "prisma_2020")["23a"] == ""
    assert found(report, "prisma_2020", place=3)["23a"] == "Interpretation"


def test_a_provisional_flow_proves_no_study_selection() -> None:
    flow = worked_example.FLOW.model_copy(
        update={"provisional": True, "pending": Pending(title_abstract=2)}
    )
    report = compose(inputs(flow))
    assert found(report, "prisma_2020")["16a"] == ""
    assert "two decisions are still outstanding" in prose(report, "Study selection")


def test_amendments_are_found_where_there_are_any(made: Report) -> None:
    from datetime import date  # noqa: PLC0415 - named only here

    assert found(made, "prisma_2020")["24c"] == ""
    change = Amendment(version=2, adopted=date(2024, 5, 1), by="first", reason="Wider age range")
    tables = dataclasses.replace(worked_example.table_inputs(), amendments=[change])
    built, _ = build(tables, {})
    report = compose(inputs(tables=tables, built=built))
    assert found(report, "prisma_2020")["24c"] == (
        f"Registration and protocol, {report.names()['amendments']}"
    )


def test_the_same_report_gives_the_same_bytes(made: Report) -> None:
    assert report_docx.write(made) == report_docx.write(compose(inputs()))
    assert page(made) == page(compose(inputs()))
    assert html.fragment(inputs().built[0]) == html.fragment(inputs().built[0])
    assert Noun("a", "b")(2) == "b"


def test_a_review_without_databases_does_not_speak_of_them() -> None:
    flow = Flow(databases=0, registers=0, screened=0, other_sources={"Reports at hand": 4},
                other_sought=4, other_assessed=4, reports=4, studies=4, template="new_v2")  # fmt: skip
    said = [sentence.text for sentence in flow_sentences(flow)]
    assert said == [
        "Other methods brought four records from Reports at hand.",
        "Four reports found by other methods were sought and four were assessed at full text.",
        "The review includes four reports of four studies.",
    ]


def test_a_stage_nobody_decided_at_is_not_told() -> None:
    stages = [ScreenedStage(stage=Stage.TITLE_ABSTRACT, policy=Policy.SINGLE, reviewers=())]
    report = compose(inputs(screened=stages))
    assert "Selection process" not in [section.heading for section in report.sections]


def test_where_nothing_was_merged_the_methods_say_that() -> None:
    done = Deduplicated(program="Winnow 0.1.0", automatic=0, by_person=0)
    said = prose(compose(inputs(deduplicated=done)), "Deduplication")
    assert said == "Winnow 0.1.0 found no two records of the same publication."


def test_agreement_of_raters_on_the_total_is_named_in_full() -> None:
    instrument = worked_example.instrument()
    appraisals = [
        Appraisal(unit=each.unit, instrument="ccat", instrument_version="1.4", rater=rater,
                  scores=each.scores, complete=True)
        for each in worked_example.scores()
        for rater in ("x", "y")
    ]  # fmt: skip
    made = agreement(instrument, appraisals)
    said = prose(compose(inputs(rater_agreement=made)), "Critical appraisal of the reports")
    assert "Agreement of raters on the total is 1.00" in said
    assert "ICC(A,1), two-way random effects, absolute agreement, single rater" in said


def test_methods_name_levels_in_words_and_the_calibration_round() -> None:
    path = worked_example.ROOT / "appraisal/instruments/checklist-1.0.toml"
    checklist = read_instrument(path.read_text(encoding="utf-8"), path.name)
    tables = dataclasses.replace(
        worked_example.table_inputs(worked_example.FLOW),
        appraisal=AppraisalSection.model_validate({"calibration": {"units": ["bain2014", "x"]}}),
        domains={},
    )
    two = inputs(tables=tables, raters=("x", "y"))
    said = prose(compose(two), "Critical appraisal")
    assert "One report was scored first, to agree on how to score." in said
    assert "Its categories are scored in whole numbers 0 to 5." in said
    assert prose(compose(two), "Data items").startswith("The data sought were country")
    said = prose(
        compose(inputs(tables=dataclasses.replace(tables, instrument=checklist))),
        "Critical appraisal",
    )
    assert "Its categories are scored as yes, no, unclear, or not applicable." in said
    assert "scored first" not in said
