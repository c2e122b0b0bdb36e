"""Counting has one place. Templates show numbers they are given and never make one.

The flow, the tables and the sentences receive finished values; a template that added, counted or
compared its way to a number would be a second origin for it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[2] / "templates"
TEMPLATES = sorted(
    path
    for path in ROOT.rglob("*")
    if path.is_file() and path.suffix in {".html", ".svg", ".xml", ".txt", ".jinja"}
)
ARITHMETIC = (
    nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg,
)  # fmt: skip
COUNTING_FILTERS = {"length", "count", "sum", "round", "int", "float", "abs", "max", "min", "batch"}
COUNTING_CALLS = {"count", "__len__", "index"}
LOOP_NUMBERS = [(name, nodes.Name("loop", "load")) for name in ("revindex", "revindex0", "length")]


def counting(source: str) -> Iterator[str]:
    tree = Environment(autoescape=True, extensions=["jinja2.ext.do"]).parse(source)
    for node in tree.find_all(nodes.Node):
        line = f"line {getattr(node, 'lineno', '?')}"
        if isinstance(node, ARITHMETIC) and not _is_formatting(node):
            yield f"{line}: arithmetic ({type(node).__name__})"
        elif isinstance(node, nodes.Filter) and node.name in COUNTING_FILTERS:
            yield f"{line}: filter {node.name}"
        elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):
            if node.node.attr in COUNTING_CALLS:
                yield f"{line}: call {node.node.attr}"
        elif isinstance(node, nodes.Getattr) and (node.attr, node.node) in LOOP_NUMBERS:
            yield f"{line}: loop.{node.attr}"


def _is_formatting(node: nodes.Node) -> bool:
    """Return whether a % puts a number into a text ("%.2f" % x), which makes no other number of it."""
    return (
        isinstance(node, nodes.Mod)
        and isinstance(node.left, nodes.Const)
        and isinstance(node.left.value, str)
    )


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_does_not_count(template: Path) -> None:
    assert list(counting(template.read_text(encoding="utf-8"))) == []


def test_there_are_templates_to_look_at() -> None:
    names = {str(path.relative_to(ROOT)) for path in TEMPLATES}
    assert {"flow/diagram.svg", "report/report.html"} <= names


@pytest.mark.parametrize(
    "source",
    [
        "{{ a + 1 }}",
        "{{ rows | length }}",
        "{{ rows | sum(attribute='n') }}",
        "{% for x in y %}{{ loop.length }}{% endfor %}",
        "{% if rows.count(1) %}x{% endif %}",
    ],
)
def test_counting_would_be_noticed(source: str) -> None:
    assert list(counting(source))
