"""Every platform and format that is read has its page in docs/providers, where people look it up."""

import re
from pathlib import Path

from screening.identification.maps import providers
from screening.identification.readers.syntaxes import READERS
from screening.identification.readers.tables.text_tables import NAMES

PAGES = Path(__file__).parents[4] / "docs" / "providers"
README = (PAGES / "README.md").read_text(encoding="utf-8")


def test_every_platform_that_is_recognised_is_on_a_page_of_its_own_or_with_its_kind() -> None:
    titles = "\n".join(
        page.read_text(encoding="utf-8").split("\n", 1)[0] for page in PAGES.glob("*.md")
    )
    known = {name for name, _ in providers._SIGNS}
    assert {name for name in known if name.removeprefix("APA ") not in titles} == set()


def test_every_page_is_listed_and_every_listed_page_is_there() -> None:
    listed = set(re.findall(r"\]\(([a-z-]+)\.md\)", README))
    assert listed == {page.stem for page in PAGES.glob("*.md")} - {"README"}


def test_every_word_for_a_format_is_explained() -> None:
    a_table = {"table"}  # it is named by its separator
    words = {*READERS, *NAMES.values(), "xlsx", "xls", "ods"} - a_table
    assert {word for word in words if f"`{word}`" not in README} == set()


def test_every_page_says_how_to_export_and_what_is_read() -> None:
    for page in PAGES.glob("*.md"):
        text = page.read_text(encoding="utf-8")
        if page.stem != "README":
            assert "**Export.**" in text, page
            assert "**Read.**" in text, page
