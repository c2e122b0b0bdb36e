"""Every verb is documented, has help with an example, and starts."""

from pathlib import Path

import pytest

from review.cli import VERBS
from tests.review.running import winnow

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_in_the_readme_and_has_help_with_an_example(verb: str) -> None:
    assert f"`{verb}`" in README
    ran = winnow(verb, "--help")
    assert ran.status == 0
    assert "Example" in ran.out
    assert f"\n    winnow {verb}" in ran.out, "an example stands on a line of its own"
    assert "\\b" not in ran.out


def test_the_help_lists_every_verb() -> None:
    shown = winnow("--help").out
    assert not [verb for verb in VERBS if verb not in shown]
