"""The diagram shows the whole flow, clips nothing and can be read without being seen."""

import xml.etree.ElementTree as ET
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review import resources
from review.diagrams import metrics
from screening.diagram.content import Item, numbers
from screening.diagram.drawing import DiagramOptions, Layout, layout, svg, undrawable
from screening.diagram.laying_out import MARGIN, PAPERS
from screening.flow.counting import Counts, Flow, Pending, Template, derive
from tests.screening.flow.flow_strategies import worded_flows, words

SVG = "{http://www.w3.org/2000/svg}"
FULL = Counts(
    databases=1741,
    registers=0,
    database_specific={"PsycINFO": 1000, "MEDLINE": 741},
    duplicates=671,
    automation=0,
    other_removed=0,
    screened=1070,
    records_excluded=1042,
    dbr_sought=28,
    dbr_not_retrieved=0,
    dbr_assessed=28,
    dbr_excluded_reasons=(("Population", 9), ("No outcomes", 5)),
    studies=12,
    reports=14,
)
OTHER = FULL.model_copy(
    update={
        "citations": 3,
        "other_sought": 3,
        "other_not_retrieved": 0,
        "other_assessed": 3,
        "other_excluded": 1,
        "reports": 16,
    }
)
PREVIOUS = {"previous_studies": 8, "previous_reports": 10}
TEMPLATES = {
    Template.NEW_V1: FULL,
    Template.NEW_V2: OTHER,
    Template.UPDATED_V1: FULL.model_copy(update=PREVIOUS),
    Template.UPDATED_V2: OTHER.model_copy(update=PREVIOUS),
}
options = st.builds(
    DiagramOptions,
    paper=st.sampled_from(["a4", "letter"]),
    sources=st.booleans(),
    reports_line=st.booleans(),
    retrieval=st.booleans(),
    title_abstract_reasons=st.booleans(),
    appraisal=st.booleans(),
    synthesis=st.booleans(),
    title=words.filter(str.strip),
)


@cache
def template() -> str:
    return resources.text("templates/flow/diagram.svg")


def drawn(flow: Flow, chosen: DiagramOptions | None = None) -> Layout:
    return layout(flow, metrics(), chosen)


def picture(flow: Flow, chosen: DiagramOptions | None = None, **how: object) -> ET.Element:
    return ET.fromstring(svg(drawn(flow, chosen), template(), metrics=metrics(), **how))  # noqa: S314 - our own drawing


def shown(root: ET.Element) -> dict[str, str]:
    """Return the text of every number in a drawing by the id of its count."""
    return {span.get("data-id", ""): span.text or "" for span in root.iter(f"{SVG}tspan")}


@given(worded_flows(), options)
@settings(max_examples=40, deadline=None)
def test_whatever_the_names_and_numbers_the_drawing_is_whole(
    flow: Flow, chosen: DiagramOptions
) -> None:
    page = drawn(flow, chosen)
    every_text_lies_inside_its_box(page)
    no_box_covers_another_and_all_lie_on_the_page(page)
    no_arrow_runs_through_a_box(page)
    it_fits_its_paper(page, chosen)
    every_number_is_shown(page, numbers(flow, chosen))


def every_text_lies_inside_its_box(page: Layout) -> None:
    for box in page.boxes:
        for line in box.lines:
            width = sum(metrics().width(run.text, line.size, bold=line.bold) for run in line.runs)
            assert box.x <= line.left
            assert line.left + width <= box.right + 0.05
            assert box.y <= line.baseline - 0.7 * line.size
            assert line.baseline + 0.25 * line.size <= box.bottom


def no_box_covers_another_and_all_lie_on_the_page(page: Layout) -> None:
    for nth, box in enumerate(page.boxes):
        assert min(box.x, box.y) >= 0
        assert box.right <= page.width
        assert box.bottom <= page.height
        for other in page.boxes[nth + 1 :]:
            beside = box.right <= other.x or other.right <= box.x
            assert beside or box.bottom <= other.y or other.bottom <= box.y, (box.id, other.id)


def no_arrow_runs_through_a_box(page: Layout) -> None:
    for arrow in page.arrows:
        for (x0, y0), (x1, y1) in pairwise(arrow.points):
            for box in page.boxes:
                left, right = max(min(x0, x1), box.x + 0.1), min(max(x0, x1), box.right - 0.1)
                top, bottom = max(min(y0, y1), box.y + 0.1), min(max(y0, y1), box.bottom - 0.1)
                assert left > right or top > bottom, (arrow.source, arrow.target, box.id)


def it_fits_its_paper(page: Layout, chosen: DiagramOptions) -> None:
    short, long = (side - 2 * MARGIN + 0.1 for side in PAPERS[chosen.paper])
    width, height = (long, short) if page.landscape else (short, long)
    assert page.print_width <= width
    assert page.print_height <= height


def every_number_is_shown(page: Layout, items: list[Item]) -> None:
    root = ET.fromstring(svg(page, template(), metrics=metrics(), text="named"))  # noqa: S314 - ours
    found = [(span.get("data-id"), span.text) for span in root.iter(f"{SVG}tspan")]
    for item in items:
        assert (item.id, item.number) in found


@pytest.mark.parametrize("wanted", list(Template))
def test_each_template_shows_its_official_boxes_and_arrows(wanted: Template) -> None:
    flow = derive(TEMPLATES[wanted])
    page = drawn(flow)
    boxes = {box.id for box in page.boxes}
    arrows = {(arrow.source, arrow.target) for arrow in page.arrows}
    assert flow.template is wanted
    assert boxes >= {"hdr_dbr", "dbr_identified", "dbr_removed", "screened", "records_excluded"}
    assert boxes >= {"dbr_sought", "dbr_not_retrieved", "dbr_assessed", "dbr_excluded", "included"}
    assert [stage.text for stage in page.stages] == ["Identification", "Screening", "Included"]
    assert arrows >= {("dbr_identified", "dbr_removed"), ("dbr_identified", "screened")}
    assert arrows >= {("screened", "dbr_sought"), ("dbr_assessed", "included")}
    assert wanted.other_methods == (("other_assessed", "included") in arrows)
    assert wanted.other_methods == ({"hdr_other", "other_identified"} <= boxes)
    assert wanted.updated == (arrows >= {("previous", "total"), ("included", "total")})
    assert wanted.updated == ({"hdr_prev", "previous", "total"} <= boxes)


def test_new_and_updated_reviews_are_worded_as_in_their_templates() -> None:
    new = "".join(picture(derive(TEMPLATES[Template.NEW_V1])).itertext())
    updated = "".join(picture(derive(TEMPLATES[Template.UPDATED_V1])).itertext())
    assert "Identification of studies via databases and registers" in new
    assert "Studies included in review" in new
    assert "Identification of new studies via databases and registers" in updated
    assert "New studies included in review" in updated


@pytest.mark.parametrize("reasons", [1, 40])
def test_one_reason_and_forty_are_all_shown(reasons: int) -> None:
    listed = tuple(
        (f"Reason {n}: the population is not the one asked about", n) for n in range(reasons)
    )
    page = drawn(derive(FULL.model_copy(update={"dbr_excluded_reasons": listed, "reports": None})))
    box = page.box("dbr_excluded")
    assert box is not None
    assert {run.id for line in box.lines for run in line.runs if "/" in run.id} == {
        f"dbr_excluded_reasons/{label}" for label, _ in listed
    }
    assert page.scale * 9 > 5  # points: small, but legible in print


def test_text_is_drawn_where_it_was_measured() -> None:
    """Look at the ink: draw the words alone and see that none falls outside the boxes."""
    image = pytest.importorskip("PIL.Image")
    from io import BytesIO  # noqa: PLC0415 - with the image

    import numpy as np  # noqa: PLC0415 - with the image

    from synthesis.writers.png import png  # noqa: PLC0415 - with the image

    names = {"WAVAWAVA ToToTo fifi ffl Äé ÑÑÑ": 999_999, "Œuvre" * 30: 7, "МЕДЛАЙН и другие" * 4: 1}
    page = drawn(
        derive(FULL.model_copy(update={"database_specific": names, "databases": 1_000_007}))
    )
    words_alone = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="{{ layout.width }}" height="{{ layout.height }}"'
        " font-family=\"'{{ family }}'\">{% for box in layout.boxes %}{% for line in box.lines %}"
        '<text xml:space="preserve" x="{{ line.left }}" y="{{ line.baseline }}" font-size="{{ line.size }}"'
        '{% if line.bold %} font-weight="700"{% endif %}>{% for run in line.runs %}{{ run.text }}{% endfor %}'
        "</text>{% endfor %}{% endfor %}</svg>"
    )
    files = [font.path for font in resources.fonts().values()]
    drawing = svg(page, words_alone, metrics=metrics(), text="named")
    pixels = np.asarray(
        image.open(BytesIO(png(drawing, files, family=metrics().family, dpi=192))).convert("L")
    )
    outside = pixels < 128
    assert outside.sum() > 1000
    for box in page.boxes:
        outside[
            int(2 * box.y) : int(2 * box.bottom) + 1, int(2 * box.x) : int(2 * box.right) + 1
        ] = False
    assert not outside.any()


def test_a_provisional_flow_says_so_first() -> None:
    flow = derive(FULL).model_copy(
        update={"pending": Pending(title_abstract=7), "provisional": True}
    )
    root = picture(flow)
    assert "PROVISIONAL. Still open: 7 at title and abstract." in "".join(root.itertext())
    assert (root.findtext(f"{SVG}desc") or "").startswith("Provisional: 7")
    assert "pending/title_abstract" in shown(root)


def test_a_final_flow_does_not_say_provisional() -> None:
    assert "rovisional" not in svg(drawn(derive(FULL)), template(), metrics=metrics(), text="named")


def test_unscreened_and_late_duplicates_have_boxes_of_their_own() -> None:
    texts = shown(picture(derive(FULL.model_copy(update={"unscreened": 5, "late_duplicates": 2}))))
    assert texts["unscreened"] == "(n = 5)"
    assert texts["late_duplicates"] == "(n = 2)"


def test_open_categories_stand_in_the_lane_they_came_through() -> None:
    flow = derive(OTHER.model_copy(update={"ongoing": 3}))
    both = flow.model_copy(update={"dbr_ongoing": 1, "other_ongoing": 2})
    assert shown(picture(flow))["ongoing"] == "(n = 3)"
    assert {name: n for name, n in shown(picture(both)).items() if "ongoing" in name} == {
        "dbr_ongoing": "(n = 1)",
        "other_ongoing": "(n = 2)",
    }


def test_what_is_not_known_is_never_drawn_as_nothing() -> None:
    texts = shown(picture(derive(Counts(databases=10))))
    assert texts["screened"] == "(n = ?)"
    assert "automation" not in texts


def test_optional_boxes_come_and_go_with_the_options() -> None:
    flow = derive(FULL.model_copy(update={"appraised": 14, "synthesised": 12}))
    plain = {box.id for box in drawn(flow).boxes}
    chosen = DiagramOptions(appraisal=True, synthesis=True, retrieval=False, reports_line=False)
    page = drawn(flow, chosen)
    assert {box.id for box in page.boxes} - plain == {"appraised", "synthesised"}
    assert plain - {box.id for box in page.boxes} == {"dbr_sought", "dbr_not_retrieved"}
    assert "reports" not in {run.id for run in page.runs()}


def test_retrieval_stays_while_a_report_was_lost_there() -> None:
    flow = derive(FULL.model_copy(update={"dbr_not_retrieved": 3, "dbr_assessed": None}))
    assert drawn(flow, DiagramOptions(retrieval=False)).box("dbr_sought") is not None


def test_records_excluded_by_automation_are_told_apart() -> None:
    by_tool = {"records_excluded_by_human": 1000, "records_excluded_by_automation": 42}
    texts = shown(picture(derive(FULL.model_copy(update=by_tool))))
    assert texts["records_excluded_by_automation"] == "(n = 42)"


def test_a_count_may_be_worded_in_ones_own_way_but_must_exist() -> None:
    chosen = DiagramOptions(labels={"screened": "Records read by two people"})
    assert "Records read by two people" in "".join(picture(derive(FULL), chosen).itertext())
    with pytest.raises(ValueError, match="labels names counts"):
        DiagramOptions(labels={"screend": "x"})


def test_the_picture_has_a_title_and_its_numbers_in_words() -> None:
    root = picture(derive(OTHER))
    assert root.get("role") == "img"
    ids = (root.get("aria-labelledby") or "").split()
    assert [root[0].get("id"), root[1].get("id")] == ids
    description = root.findtext(f"{SVG}desc") or ""
    for n in (1741, 671, 1070, 1042, 28, 16):
        assert f" {n}" in description


def test_numbers_lead_where_they_are_told_to() -> None:
    links = {"screened": "screened.html?a=1&b=2", "dbr_excluded_reasons/Population": "#population"}
    root = picture(derive(FULL), links=links)
    found = {anchor.get("href"): anchor.get("data-id") for anchor in root.iter(f"{SVG}a")}
    assert found == {href: name for name, href in links.items()}
    assert root.get("role") == "group"


def test_outlined_text_needs_no_font() -> None:
    root = picture(derive(OTHER), text="outlined")
    assert list(root.iter(f"{SVG}text")) == []
    defined = {path.get("id") for path in root.iter(f"{SVG}path")}
    used = {
        (use.get("{http://www.w3.org/1999/xlink}href") or "")[1:] for use in root.iter(f"{SVG}use")
    }
    assert used
    assert used <= defined


def test_characters_the_font_lacks_are_told() -> None:
    flow = derive(FULL.model_copy(update={"database_specific": {"中国知网": 1741}}))
    (problem,) = undrawable(drawn(flow), metrics())
    assert "中国知网" in problem.message
    assert undrawable(drawn(derive(FULL)), metrics()) == []


@given(st.text(max_size=80), st.floats(5, 200))
def test_wrapping_loses_nothing_but_spaces(text: str, width: float) -> None:
    lines = metrics().wrap(text, width, 9)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) == 1 or metrics().width(line, 9) <= width for line in lines)
