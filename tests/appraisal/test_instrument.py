from pathlib import Path

import pytest

from appraisal.instrument import Instrument, read_instrument
from screening.problems import WinnowError

_SMALL = """
id = "mine"
version = "2"
name = "Mine"
abbreviation = "M"
citation = "me"
licence = "mine"
[scale]
kind = "numbers"
minimum = 1
maximum = 4
total = true
[[categories]]
id = "a"
label = "A"
[[categories]]
id = "b"
label = "B"
"""


def test_the_ccat_has_eight_categories_and_22_items_and_forty_points(ccat: Instrument) -> None:
    assert [category.label for category in ccat.categories] == [
        "Preliminaries",
        "Introduction",
        "Design",
        "Sampling",
        "Data collection",
        "Ethical matters",
        "Results",
        "Discussion",
    ]
    assert [len(category.items) for category in ccat.categories] == [3, 2, 4, 3, 2, 2, 3, 3]
    assert ccat.maximum == 40
    assert ccat.scale.values == (0, 1, 2, 3, 4, 5)
    assert all(item.prompt and item.descriptors for c in ccat.categories for item in c.items)


def test_an_instrument_says_whose_words_it_uses_and_is_named_by_id_and_version(
    ccat: Instrument,
) -> None:
    assert ccat.slug == "ccat-1.4"
    assert "CC BY-SA" in ccat.licence
    assert "own words" in ccat.wording


def test_levels_without_numbers_have_no_total(
    checklist: Instrument, bias_domains: Instrument
) -> None:
    assert checklist.maximum is None
    assert bias_domains.maximum is None
    assert checklist.scale.describe() == "yes, no, unclear or not-applicable"


def test_an_overall_judgement_need_not_stand_last(bias_domains: Instrument) -> None:
    assert bias_domains.categories[0].overall
    assert bias_domains.unit == "result"


def test_a_total_counts_the_instruments_own_categories_and_levels() -> None:
    assert read_instrument(_SMALL, "mine.toml").maximum == 8


@pytest.mark.parametrize("text", ["2.5", "6", "-1", "five", "", "½"])
def test_there_are_no_half_scores_and_none_outside_the_scale(ccat: Instrument, text: str) -> None:
    with pytest.raises(ValueError, match="not a score"):
        ccat.scale.read(text)


def test_a_level_is_read_by_value_or_label_whatever_its_case(checklist: Instrument) -> None:
    assert checklist.scale.read("Not applicable") == "not-applicable"
    assert checklist.scale.read(" YES ") == "yes"


def test_every_mistake_of_a_file_is_named_at_once() -> None:
    broken = _SMALL.replace('id = "b"', 'id = "a"').replace("maximum = 4", "maximum = 0")
    broken = broken.replace('licence = "mine"', 'lisence = "mine"')
    with pytest.raises(WinnowError) as refused:
        read_instrument(broken, "mine.toml")
    places = {problem.where for problem in refused.value.problems}
    assert {"mine.toml, lisence", "mine.toml, licence", "mine.toml, scale"} <= places


def test_a_category_given_twice_is_refused() -> None:
    with pytest.raises(WinnowError, match="Two categories have the id a"):
        read_instrument(_SMALL.replace('id = "b"', 'id = "a"'), "mine.toml")


def test_a_file_that_is_no_toml_names_its_line() -> None:
    with pytest.raises(WinnowError, match="line 3"):
        read_instrument('id = "x"\n\nversion = \n', "mine.toml")


@pytest.mark.parametrize(
    ("scale", "sentence"),
    [
        ('kind = "ordered"\nlevels = [{value="a", label="A"}]', "at least two levels"),
        (
            (
                'kind = "ordered"\ntotal = true\n'
                'levels = [{value="a", label="A"}, {value="b", label="B"}]'
            ),
            "cannot be added up",
        ),
        (
            'kind = "unordered"\nlevels = [{value="a", label="A"}, {value="a", label="B"}]',
            "same value",
        ),
        ('kind = "numbers"\nminimum = 0\nmaximum = 3\nanchors = {7 = "x"}', "outside the scale"),
    ],
)
def test_a_scale_that_cannot_be_used_is_refused(scale: str, sentence: str) -> None:
    start = _SMALL.index('kind = "numbers"')
    end = _SMALL.index("[[categories]]")
    with pytest.raises(WinnowError, match=sentence):
        read_instrument(f"{_SMALL[:start]}{scale}\n{_SMALL[end:]}", "mine.toml")


def test_the_example_in_the_readme_is_an_instrument() -> None:
    readme = Path(__file__).parents[2] / "appraisal" / "instruments" / "README.md"
    blocks = readme.read_text(encoding="utf-8").split("```toml\n")[1:]
    example = read_instrument(blocks[1].split("```")[0], "README.md")
    assert example.slug == "my-checklist-1.0"
    assert [point.id for point in example.descriptors] == ["aim-clear"]


def test_a_category_with_a_scale_of_its_own_is_scored_on_it() -> None:
    own = '[categories.scale]\nkind = "numbers"\nminimum = 0\nmaximum = 9\n'
    with pytest.raises(WinnowError, match="one scale for all"):
        read_instrument(_SMALL + own, "mine.toml")
    mixed = read_instrument(_SMALL.replace("total = true", "") + own, "mine.toml")
    assert mixed.scale_of("b").maximum == 9
    assert mixed.scale_of("a").maximum == 4
