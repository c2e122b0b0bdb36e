"""Every page that has an address of its own is valid HTML."""

import pytest

from tests.review.web.visiting import Visitor, paths

markup = pytest.importorskip("tests.markup", reason="html5lib is not here (make test installs it).")


def test_every_page_is_valid(anna: Visitor) -> None:
    seen = 0
    for path in paths("GET"):
        asked = path.replace("{reference}", "r1").replace("{stage}", "title_abstract")
        response = anna.get(asked.replace("{sheet}", "findings"))
        if "{" not in path and response.text.lstrip().lower().startswith("<!doctype html>"):
            assert markup.faults(response.text) == [], path
            seen += 1
    assert seen > 10
