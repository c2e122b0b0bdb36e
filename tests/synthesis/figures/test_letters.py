"""Letters are named, carried along or drawn as shapes, and nothing else of a figure changes."""

import re
from xml.etree import ElementTree as ET

import pytest

from screening.diagram.drawing import Metrics
from screening.identification.overlap import overlap
from screening.stopping.figure import figure
from screening.stopping.testing import stopping
from synthesis.figures.drawing import Drawing, Path, Text, svg
from synthesis.figures.overlap import MOST, overlap_plot
from synthesis.figures.stopping import stopping_plot

NAMES = {"m": "MEDLINE (Ovid)", "s": "Scopus", "p": "APA PsycInfo"}
FOUND = overlap([["m", "s"], ["m"], ["m", "m"], ["s"], ["m", "s", "p"]])


def words(*texts: str) -> Drawing:
    shapes = tuple(Text(50, 20 + 12 * n, text, anchor="end") for n, text in enumerate(texts))
    return Drawing("words", "Words", "Some words.", 100, 60, shapes)


def test_each_drawing_finds_its_own_part_of_the_font(metrics: Metrics, template: str) -> None:
    first, second = (svg(words(text), template, metrics) for text in ("abc", "xyz"))
    families = [re.findall(r"@font-face \{ font-family: '(.+?)'", each) for each in (first, second)]
    assert families[0] != families[1]
    assert all(f"font-family=\"'{family}'" in first for family in families[0])


def test_outlined_letters_need_no_font(metrics: Metrics, template: str) -> None:
    drawn = svg(words("Wach", "Schlaf"), template, metrics, letters="outlined")
    root = ET.fromstring(drawn)  # noqa: S314 - our own
    assert not list(root.iter("{http://www.w3.org/2000/svg}text"))
    shapes = {each.get("id") for each in root.iter("{http://www.w3.org/2000/svg}path")}
    used = re.findall(r'xlink:href="#(.+?)"', drawn)
    assert len(used) == len("WachSchlaf")
    assert set(used) <= shapes


def test_an_outlined_text_ends_where_it_is_anchored(metrics: Metrics, template: str) -> None:
    drawn = svg(words("Schlaf"), template, metrics, letters="outlined")
    (start,) = re.findall(r"translate\(50 20\) translate\((-[\d.]+) 0\)", drawn)
    assert float(start) == pytest.approx(-metrics.width("Schlaf", 10), abs=0.01)


def test_named_letters_leave_the_font_to_the_page(metrics: Metrics, template: str) -> None:
    drawn = svg(words("abc"), template, metrics, letters="named")
    assert "@font-face" not in drawn
    assert "font-family=\"'Source Sans Pro'" in drawn


def test_every_combination_of_sources_has_its_bar_and_number(metrics: Metrics) -> None:
    drawn = overlap_plot(FOUND, NAMES, metrics)
    said = [shape.text for shape in drawn.shapes if isinstance(shape, Text)]
    assert [text for text in said if text in NAMES.values()] == [
        "MEDLINE (Ovid)",
        "Scopus",
        "APA PsycInfo",
    ]
    assert "MEDLINE (Ovid) and Scopus: 1" in drawn.description
    bars = sum(n for _, n in FOUND.combinations)
    assert bars == FOUND.references == 5


def test_combinations_that_are_not_drawn_are_summed_up(metrics: Metrics) -> None:
    many = overlap([["m", f"s{n}"] for n in range(MOST + 5)])
    said = " ".join(s.text for s in overlap_plot(many, {}, metrics).shapes if isinstance(s, Text))
    assert "5 smaller combinations, 5 references together, are not drawn." in said


def test_the_stopping_plot_shows_course_limit_and_verdict() -> None:
    placed = figure(stopping([True, False] * 20 + [False] * 160, 300))
    drawn = stopping_plot(placed)
    assert placed.verdict in drawn.texts(bold=True)
    lines = [s.d for s in drawn.shapes if isinstance(s, Path) and s.stroke == "#1f3a5f"]
    assert [line.count("L") + 1 for line in lines] == [
        panel.line.count(" ") + 1 for panel in placed.panels
    ]
