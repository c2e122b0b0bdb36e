import itertools
import json
import re
from pathlib import Path

import pytest
from lxml import etree

from appraisal.bland_altman import BlandAltman, bland_altman
from appraisal.consensus import settle
from appraisal.instrument import Instrument, Scale, read_instrument
from appraisal.profile import profile
from appraisal.scores import UnitScores, unit_scores
from appraisal.section import AppraisalSection
from screening.diagram.drawing import Metrics
from synthesis.directions import DirectionGrid, direction_grid
from synthesis.figures import interactive
from synthesis.figures.bars import distribution, totals
from synthesis.figures.bland_altman import bland_altman_plot
from synthesis.figures.drawing import Drawing, Rect, Text, svg
from synthesis.figures.effect_direction import effect_direction_plot
from synthesis.figures.harvest import harvest_plot
from synthesis.figures.heat_table import heat_table
from synthesis.figures.measure_matrix import measure_matrices
from synthesis.figures.palette import contrast, ink_on, level_fill, shade
from synthesis.figures.theme_matrix import theme_matrix
from synthesis.findings import Direction, Finding
from synthesis.measures import Measure, Use
from synthesis.section import Domain, MeasuresSection
from synthesis.themes import Presence, Stance, Theme, by_report
from tests.appraisal.worked import PERCENTS, SCORES, TOTALS, worked_appraisals

_INSTRUMENTS = Path(__file__).parents[3] / "appraisal" / "instruments"
LABELS = {unit: f"{unit[:-4].title()} et al., {unit[-4:]}" for unit in SCORES}
DOMAINS = {"mood": Domain(label="Parental mental health"), "none": Domain(label="Nobody reports")}


THEMES = [Theme(id="a", name="Working together"), Theme(id="b", name="In one house", parent="a")]
PRESENCE = [
    Presence(theme="b", report="bain2014", stance=Stance.BOTH),
    Presence(theme="b", report="toth2002", stance=Stance.ABSENT),
]


def _instrument(slug: str) -> Instrument:
    return read_instrument((_INSTRUMENTS / f"{slug}.toml").read_text(encoding="utf-8"), slug)


@pytest.fixture(scope="module")
def ccat() -> Instrument:
    return _instrument("ccat-1.4")


@pytest.fixture(scope="module")
def rows(ccat: Instrument) -> list[UnitScores]:
    return [settle(ccat, each.unit, [each]) for each in worked_appraisals(ccat)]


@pytest.fixture(scope="module")
def grid() -> DirectionGrid:
    ways = list(Direction)
    findings = [
        Finding(
            report=report,
            number=1,
            domain="mood",
            direction=ways[place % len(ways)],
            n_intervention=[None, 20, 50, 300, 301][place % 5],
            text="<b>words</b> & more",
        )
        for place, report in enumerate(SCORES)
    ]
    return direction_grid(DOMAINS, findings, list(SCORES))


def _texts(drawing: Drawing) -> list[str]:
    return [shape.text for shape in drawing.shapes if isinstance(shape, Text)]


def _stay_inside(drawing: Drawing, metrics: Metrics) -> None:
    for shape in drawing.shapes:
        if not isinstance(shape, Text):
            continue
        length = metrics.width(shape.text, shape.size, bold=shape.bold)
        before = {"start": 0.0, "middle": length / 2, "end": length}[shape.anchor]
        if shape.turned:
            assert shape.y - length >= 0
            assert shape.y <= drawing.height
        else:
            assert shape.x - before >= 0
            assert shape.x - before + length <= drawing.width + 0.01
            assert shape.y <= drawing.height


def _apart(most: int) -> BlandAltman:
    """Return the published totals beside others that lie up to so many points below them."""
    lower = [total - place % (most + 1) for place, total in enumerate(TOTALS)]
    return bland_altman(list(SCORES), list(TOTALS), lower)


@pytest.fixture(scope="module")
def drawings(
    ccat: Instrument, rows: list[UnitScores], grid: DirectionGrid, metrics: Metrics
) -> list[Drawing]:
    scores = {row.unit: row for row in rows}
    measures = [Measure(id="bsi", name="Brief Symptom Inventory", group="parent")]
    bands = AppraisalSection(bands={"low": 0, "middling": 50, "high": 75})
    return [
        heat_table(ccat, rows, LABELS, metrics),
        distribution(ccat, profile(ccat, rows), metrics),
        totals(ccat, rows, LABELS, bands, metrics),
        effect_direction_plot(grid, LABELS, scores, metrics),
        harvest_plot(grid, LABELS, scores, {"bain2014": 3, "toth2002": 1}, metrics),
        *measure_matrices(
            MeasuresSection(groups={"parent": "Parent focused measures"}),
            measures,
            [Use(measure="bsi", report="bain2014")],
            LABELS,
            metrics,
        ),
        theme_matrix(by_report(THEMES, PRESENCE, [], list(SCORES)), LABELS, "Themes", metrics),
        bland_altman_plot(
            _apart(3), ("anna", "A rater with a long name"), "report", LABELS, metrics
        ),
        bland_altman_plot(_apart(0), ("anna", "ben"), "report", LABELS, metrics, number=2),
    ]


def test_every_figure_is_well_formed_titled_and_described_and_the_same_each_time(
    drawings: list[Drawing], template: str, metrics: Metrics
) -> None:
    for drawing in drawings:
        text = svg(drawing, template, metrics)
        tree = etree.fromstring(text.encode())
        names = {"s": "http://www.w3.org/2000/svg"}
        assert tree.findtext("s:title", namespaces=names) == drawing.title
        assert tree.findtext("s:desc", namespaces=names) == drawing.description
        assert svg(drawing, template, metrics) == text
        assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


def test_under_a_caption_a_figure_is_all_there_but_for_its_title(
    drawings: list[Drawing], template: str, metrics: Metrics
) -> None:
    for drawing in drawings:
        shown = drawing.untitled()
        title = [
            shape.text for shape in drawing.shapes[: drawing.heading] if isinstance(shape, Text)
        ]
        assert " ".join(title) == drawing.title
        assert shown.shapes == drawing.shapes[drawing.heading :]
        for shape in shown.shapes:
            if isinstance(shape, Text):
                length = metrics.width(shape.text, shape.size, bold=shape.bold)
                assert shape.y - (length if shape.turned else shape.size) >= shown.top
            if isinstance(shape, Rect):
                assert shape.y >= shown.top
        tree = etree.fromstring(svg(shown, template, metrics).encode())
        box = [float(number) for number in tree.get("viewBox", "").split()]
        assert box == pytest.approx(
            [0, shown.top, drawing.width, drawing.height - shown.top], abs=0.01
        )


def test_more_measures_than_a_page_holds_come_as_a_matrix_for_each_group(metrics: Metrics) -> None:
    groups = {"parent": "Parent focused measures", "infant": "Infant focused measures"}
    sizes = {"parent": 18, "infant": 50}
    measures = [
        Measure(id=f"{group}{n}", name=f"Scale {group} {n}", group=group)
        for group, size in sizes.items()
        for n in range(size)
    ]
    uses = [Use(measure=each.id, report="toth2002") for each in measures]
    uses.append(Use(measure="parent3", report="bain2014"))
    made = list(measure_matrices(MeasuresSection(groups=groups), measures, uses, LABELS, metrics))
    assert [each.title for each in made] == [
        "Outcome measures by report: Parent focused measures",
        "Outcome measures by report: Infant focused measures (1 of 3)",
        "Outcome measures by report: Infant focused measures (2 of 3)",
        "Outcome measures by report: Infant focused measures (3 of 3)",
    ]
    assert len({each.id for each in made}) == 4
    shown = [text for each in made for text in _texts(each) if text.startswith("Scale ")]
    assert shown == [each.name for each in measures]
    # At the width of a page's text their letters are no smaller than 6 points.
    assert all(10 * min(1, 454 / each.width, 567 / each.height) >= 6 for each in made)
    assert LABELS["bain2014"] in _texts(made[0])
    assert LABELS["bain2014"] not in _texts(made[1])
    assert "Fifteen reports that used none of these have no column." in _texts(made[1])


def test_no_label_is_cut_off(drawings: list[Drawing], metrics: Metrics) -> None:
    for drawing in drawings:
        _stay_inside(drawing, metrics)


def test_the_heat_table_shows_the_very_numbers_in_the_order_given(
    ccat: Instrument, rows: list[UnitScores], metrics: Metrics
) -> None:
    texts = _texts(heat_table(ccat, rows[::-1], LABELS, metrics))
    start = texts.index(LABELS["weiner2009"])
    shown = texts[start:]
    for unit, total, percent in list(zip(SCORES, TOTALS, PERCENTS, strict=True))[::-1]:
        place = shown.index(LABELS[unit])
        row = shown[place + 1 : place + 11]
        assert row == [*map(str, SCORES[unit]), str(total), str(percent)]


def test_fifty_reports_with_long_names_stay_readable(ccat: Instrument, metrics: Metrics) -> None:
    many = [
        unit_scores(ccat, f"u{n}", dict.fromkeys((c.id for c in ccat.categories), n % 6))
        for n in range(50)
    ]
    labels = {f"u{n}": "A corporate author with a very long name indeed, " * 3 for n in range(50)}
    drawing = heat_table(ccat, many, labels, metrics)
    _stay_inside(drawing, metrics)
    rows_of_first_column = [
        shape.y for shape in drawing.shapes if isinstance(shape, Text) and shape.text.isdecimal()
    ]
    assert len(rows_of_first_column) == 50 * 10


def test_a_missing_score_is_an_empty_cell_and_said_so(ccat: Instrument, metrics: Metrics) -> None:
    drawing = heat_table(ccat, [unit_scores(ccat, "x", {"design": 3})], {"x": "X"}, metrics)
    assert "An empty cell has no score yet." in _texts(drawing)
    assert "Sampling not scored" in drawing.description
    assert "nan" not in drawing.description.casefold()
    assert "None" not in " ".join(_texts(drawing))


@pytest.mark.parametrize("slug", ["checklist-1.0", "bias-domains-1.0"])
def test_other_instruments_have_figures_with_marks_and_a_legend(
    slug: str, metrics: Metrics
) -> None:
    instrument = _instrument(slug)
    values = instrument.scale.values
    scores = {c.id: values[n % len(values)] for n, c in enumerate(instrument.categories)}
    made = [unit_scores(instrument, "x", scores)]
    texts = _texts(heat_table(instrument, made, {"x": "X"}, metrics))
    for level in instrument.scale.levels:
        assert level.symbol in texts
        assert level.label in texts
    assert not any("Total" in text for text in texts)
    assert distribution(instrument, profile(instrument, made), metrics).shapes
    assert interactive.distribution(instrument, profile(instrument, made)).data
    with pytest.raises(ValueError, match="no total"):
        totals(instrument, made, {}, AppraisalSection(), metrics)


def test_a_category_with_a_scale_of_its_own_loses_no_level(metrics: Metrics) -> None:
    mixed = _instrument("checklist-1.0")
    own = Scale.model_validate({"kind": "numbers", "minimum": 1, "maximum": 7})
    first = mixed.categories[0].model_copy(update={"scale": own})
    mixed = mixed.model_copy(update={"categories": (first, *mixed.categories[1:])})
    made = [unit_scores(mixed, "x", {first.id: 7})]
    profiled = profile(mixed, made)
    bars = interactive.distribution(mixed, profiled).data
    assert [bar.name for bar in bars if sum(bar.x)] == ["7"]
    assert "7" in _texts(distribution(mixed, profiled, metrics))
    assert "7" in _texts(heat_table(mixed, made, {}, metrics))


def test_there_are_no_bands_on_totals_unless_the_authors_drew_them(
    ccat: Instrument, rows: list[UnitScores], metrics: Metrics
) -> None:
    plain = _texts(totals(ccat, rows, LABELS, AppraisalSection(), metrics))
    assert not any("Bands" in text for text in plain)
    banded = AppraisalSection(bands={"low": 0, "high": 50})
    assert any("authors' own" in t for t in _texts(totals(ccat, rows, LABELS, banded, metrics)))


def test_a_domain_nobody_reports_on_takes_no_column(grid: DirectionGrid, metrics: Metrics) -> None:
    texts = _texts(effect_direction_plot(grid, LABELS, {}, metrics))
    assert not any("Nobody" in text for text in texts)


def test_a_theme_not_looked_for_is_told_from_an_absent_one(metrics: Metrics) -> None:
    themes = by_report(THEMES, PRESENCE, [], ["bain2014", "toth2002", "lavi2015"])
    drawing = theme_matrix(themes, LABELS, "Themes", metrics)
    texts = _texts(drawing)
    assert texts.count("no") == 2  # the cell and its legend
    assert "Working together: not looked for" in drawing.description
    assert texts[texts.index("\u00b1") :][:3] == ["\u00b1", "no", "1"]


def test_every_study_stands_behind_exactly_one_hypothesis(
    grid: DirectionGrid, metrics: Metrics
) -> None:
    drawing = harvest_plot(grid, LABELS, {}, {}, metrics)
    for label in LABELS.values():
        assert drawing.description.count(label) == 1


@pytest.mark.parametrize("slug", ["ccat-1.4", "checklist-1.0", "bias-domains-1.0"])
def test_text_on_every_level_has_enough_contrast(slug: str) -> None:
    scale = _instrument(slug).scale
    for value in scale.values:
        fill = level_fill(scale, value)
        assert contrast(fill, ink_on(fill)) >= 4.5


def test_darker_is_more_so_that_no_hue_is_needed() -> None:
    white = "#ffffff"
    steps = [contrast(shade(n / 10), white) for n in range(11)]
    assert steps == sorted(steps)


def test_interactive_figures_are_json_that_no_page_can_misread(
    ccat: Instrument, rows: list[UnitScores], grid: DirectionGrid
) -> None:
    for figure in (
        interactive.heat_table(ccat, rows, LABELS),
        interactive.distribution(ccat, profile(ccat, rows)),
        interactive.totals(ccat, rows, LABELS),
        interactive.effect_directions(grid, LABELS),
    ):
        text = interactive.as_json(figure)
        assert not re.search(r"[<>&]", text)
        assert json.loads(text)["data"]
        assert interactive.as_json(figure) == text
        fragment = interactive.as_html(figure, "chart")
        assert 'id="chart"' in fragment
        assert "https://" not in fragment


def test_the_words_of_a_finding_do_not_become_markup(grid: DirectionGrid) -> None:
    data = json.loads(interactive.as_json(interactive.effect_directions(grid, LABELS)))["data"]
    shown = [text for trace in data for text in trace["text"]]
    assert shown
    assert all("&lt;b&gt;words&lt;/b&gt; &amp; more" in text for text in shown)


def test_units_in_one_place_of_a_bland_altman_plot_share_a_mark_with_their_number(
    metrics: Metrics,
) -> None:
    found = bland_altman(["bain2014", "toth2002", "lavi2015"], [20, 20, 30], [22, 22, 29])
    drawn = bland_altman_plot(found, ("anna", "ben"), "report", LABELS, metrics)
    assert "2" in _texts(drawn)
    assert "A number in a mark counts the reports that lie there." in _texts(drawn)
    assert LABELS["toth2002"] + ": mean 21, difference -2" in drawn.description
    data = json.loads(interactive.as_json(interactive.bland_altman("anna", "ben", found, LABELS)))
    assert data["data"][0]["customdata"][0] == f"{LABELS['bain2014']}<br>{LABELS['toth2002']}"


def test_fifty_reports_in_columns_come_in_panels_whose_labels_do_not_overlap(
    metrics: Metrics,
) -> None:
    name = "World Health Organization Regional Office for the Eastern Mediterranean"
    labels = {f"u{n}": f"{name}, {n}" for n in range(50)}
    measures = [Measure(id="bsi", name="Brief Symptom Inventory", group="parent")]
    uses = [Use(measure="bsi", report=report) for report in labels]
    (drawn,) = measure_matrices(MeasuresSection(), measures, uses, labels, metrics)
    _stay_inside(drawn, metrics)
    assert drawn.width <= 972
    texts = _texts(drawn)
    assert texts.count("Brief Symptom Inventory") == 2
    assert texts.count("50") == 1
    tops = {shape.y for shape in drawn.shapes if isinstance(shape, Text) and shape.turned}
    assert len(tops) == 2
    for top in tops:
        places = sorted(
            shape.x
            for shape in drawn.shapes
            if isinstance(shape, Text) and shape.turned and shape.y == top
        )
        apart = [after - before for before, after in itertools.pairwise(places)]
        assert min(apart) >= 11
