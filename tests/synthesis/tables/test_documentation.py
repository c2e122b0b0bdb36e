import re
from pathlib import Path

from synthesis.author_text import PLACES
from synthesis.tables.catalogue import OPTIONAL, build
from synthesis.tables.section import TableSection
from tests.synthesis import worked_example

PAGE = Path(__file__).parents[3] / "docs/tables-and-report.md"


def test_every_table_is_documented_and_every_documented_table_exists() -> None:
    text = PAGE.read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([\w]+)`", text, re.MULTILINE)) - {
        "measures_GROUP",
        "groups_FIELD",
    }
    built, _ = build(worked_example.table_inputs(), {})
    made = {table.id for table in built if not table.id.startswith(("measures_", "groups_"))}
    optional = set(OPTIONAL) - {"measures", "groups"}
    assert documented == made | optional


def test_every_setting_of_a_table_is_documented() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert all(re.search(rf"^{name} = ", text, re.MULTILINE) for name in TableSection.model_fields)


def test_the_example_of_a_place_is_one() -> None:
    place = next(place for place in PLACES if place.id == "rationale")
    assert f"## {place.heading} {{#{place.id}}}" in PAGE.read_text(encoding="utf-8")
