from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from screening.stopping.figure import figure, svg
from screening.stopping.testing import stopping

TEMPLATE = Path(__file__).parents[3] / "templates" / "figures" / "stopping.svg"
LABELS = [True, False] * 20 + [False] * 160


@pytest.mark.parametrize(
    ("labels", "total"), [([], 0), ([], 7), ([True], 1), (LABELS, 300), (LABELS, 123_456)]
)
def test_every_mark_lies_inside_the_picture(labels: list[bool], total: int) -> None:
    drawn = figure(stopping(labels, total))
    for panel in drawn.panels:
        points = [tuple(map(float, point.split(","))) for point in panel.line.split()]
        assert all(panel.left <= x <= panel.right for x, _ in points)
        assert all(panel.top <= y <= panel.bottom for _, y in points)
        assert all(panel.left <= tick.place <= panel.right for tick in panel.x_ticks)
        assert len({tick.label for tick in panel.x_ticks}) == len(panel.x_ticks)


def test_the_picture_says_in_words_what_it_shows() -> None:
    found = stopping(LABELS, 300)
    drawn = figure(found)
    tree = ET.fromstring(svg(found, TEMPLATE.read_text(encoding="utf-8")))  # noqa: S314 - our own
    texts = [element.text for element in tree.iter() if element.text]
    assert drawn.verdict in texts
    assert drawn.description in texts
    assert f"{found.p_value:.3f}" in drawn.description
    assert "200 of 300" in drawn.description


def test_the_same_state_gives_the_same_bytes() -> None:
    template = TEMPLATE.read_text(encoding="utf-8")
    assert svg(stopping(LABELS, 300), template) == svg(stopping(LABELS, 300), template)
