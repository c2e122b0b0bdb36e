import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from synthesis.combined_p import combine_domain, fisher, one_sided
from synthesis.directions import direction_grid, joint_direction, votes
from synthesis.extraction import Extracted
from synthesis.fields import ExtractionSection, Field
from synthesis.findings import Direction, DirectionBasis, Finding
from synthesis.section import Domain
from synthesis.sign_test import sign_test, wilson
from synthesis.suitability import design_suitability
from synthesis.summary_of_findings import summary_of_findings

MENTAL = {"mental-health": Domain(label="Parental mental health")}
BETTER, WORSE = Direction.BETTER, Direction.WORSE
STUDY = {"lieberman2005": "trial", "lieberman2006": "trial", "ghoshippen2011": "trial"}
# The worked example's row, here as if directions had been read from estimates.
POSITIVE = [
    "fonagy2016",
    "georg2021",
    "ghoshippen2011",
    "hagan2017",
    "lieberman2005",
    "matthess2021",
    "lavi2015",
    "salomonsson2021",
    "lieberman2006",
    "herve2009",
]
REPORTS = [*POSITIVE, "bain2014"]


def _finding(
    report: str,
    direction: Direction,
    number: int = 1,
    basis: DirectionBasis = DirectionBasis.ESTIMATE,
    n: int | None = None,
) -> Finding:
    return Finding(
        report=report,
        number=number,
        domain="mental-health",
        direction=direction,
        basis=basis,
        n=n,
    )


FINDINGS = [_finding(report, BETTER) for report in POSITIVE] + [_finding("bain2014", WORSE)]


@pytest.mark.parametrize(
    ("better", "worse", "p"),
    [(9, 0, 0.0039), (5, 1, 0.2188), (10, 2, 0.0386), (10, 1, 0.0117), (8, 1, 0.0391)],
)
def test_the_sign_test_is_two_sided_and_exact(better: int, worse: int, p: float) -> None:
    found = sign_test(better, worse).p
    assert found is not None
    assert round(found, 4) == p


def test_ten_of_twelve_is_83_percent_with_wilsons_interval_55_to_95() -> None:
    found = sign_test(10, 2)
    assert found.share is not None
    assert found.low is not None
    assert found.high is not None
    assert (round(found.share * 100), round(found.low * 100), round(found.high * 100)) == (
        83,
        55,
        95,
    )


def test_nothing_with_a_direction_gives_no_test() -> None:
    found = sign_test(0, 0, left_out=4)
    assert (found.p, found.share, found.left_out) == (None, None, 4)
    with pytest.raises(ValueError, match="at least one"):
        wilson(0, 0)


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_sign_test_is_the_same_from_either_side(better: int, worse: int) -> None:
    one, other = sign_test(better, worse), sign_test(worse, better)
    assert one.p == other.p
    if one.low is not None and one.share is not None and one.high is not None:
        assert 0 <= one.low <= one.share <= one.high <= 1


def test_reports_of_one_trial_count_once() -> None:
    by_report = votes(direction_grid(MENTAL, FINDINGS, REPORTS), "mental-health")
    assert (by_report.counts[BETTER], by_report.counts[WORSE], by_report.unit) == (10, 1, "report")
    assert by_report.test is None
    assert "not independent" in by_report.no_test_because
    by_study = votes(direction_grid(MENTAL, FINDINGS, REPORTS, STUDY), "mental-health")
    assert by_study.test is not None
    assert by_study.test.p is not None
    assert (by_study.test.better, by_study.test.worse, by_study.unit) == (8, 1, "study")
    assert round(by_study.test.p, 3) == 0.039


def test_a_grid_read_from_significance_gets_no_sign_test() -> None:
    coded = [*FINDINGS[1:], _finding(POSITIVE[0], BETTER, basis=DirectionBasis.SIGNIFICANCE)]
    found = votes(direction_grid(MENTAL, coded, REPORTS, STUDY), "mental-health")
    assert found.test is None
    assert "significance" in found.no_test_because
    assert found.counts[BETTER] == 8


def test_what_has_no_direction_stays_in_the_denominator() -> None:
    more = [*FINDINGS, _finding("toth2002", Direction.MIXED), _finding("x", Direction.UNKNOWN)]
    grid = direction_grid(MENTAL, more, [*REPORTS, "toth2002", "x"], STUDY)
    found = votes(grid, "mental-health")
    assert found.test is not None
    assert (found.test.counted, found.test.left_out, found.total) == (9, 2, 11)


@pytest.mark.parametrize(
    ("directions", "joint"),
    [
        ([BETTER] * 7 + [WORSE] * 3, BETTER),
        ([BETTER] * 2 + [WORSE], Direction.MIXED),
        ([WORSE, WORSE, Direction.NO_DIFFERENCE], WORSE),
        ([Direction.NO_DIFFERENCE, Direction.UNKNOWN], Direction.NO_DIFFERENCE),
        ([Direction.UNKNOWN], Direction.UNKNOWN),
        ([], Direction.UNKNOWN),
        ([BETTER, BETTER, Direction.MIXED], Direction.MIXED),
    ],
)
def test_a_study_points_where_seven_in_ten_outcomes_point(
    directions: list[Direction], joint: Direction
) -> None:
    assert joint_direction(directions) is joint


@given(st.lists(st.sampled_from(list(Direction)), max_size=12))
def test_the_order_and_the_side_of_outcomes_do_not_matter(directions: list[Direction]) -> None:
    turned = {BETTER: WORSE, WORSE: BETTER}
    mirrored = [turned.get(each, each) for each in directions]
    joint = joint_direction(directions)
    assert joint_direction(directions[::-1]) is joint
    assert joint_direction(mirrored) is turned.get(joint, joint)


def test_fishers_method_gives_beckers_published_example() -> None:
    found = fisher([0.016, 0.067, 0.250, 0.405, 0.871])
    assert found is not None
    assert (round(found.chi_squared, 3), found.df) == (18.533, 10)
    assert round(found.p, 4) == 0.0466


def test_a_two_sided_p_needs_a_direction_to_be_turned() -> None:
    assert one_sided(0.04, BETTER) == 0.02
    assert one_sided(0.04, WORSE) == 0.98
    with pytest.raises(ValueError, match="no one-sided form"):
        one_sided(0.04, Direction.MIXED)


@pytest.mark.parametrize("p", [0.0, -0.1, 1.1])
def test_a_p_of_nought_is_refused_and_never_infinite(p: float) -> None:
    with pytest.raises(ValueError, match="not a p value"):
        fisher([p])
    assert fisher([]) is None


def test_only_an_exact_p_with_a_direction_enters_and_the_others_are_told_why() -> None:
    given = {
        "bain2014": [("= .04", WORSE)],
        "georg2021": [("= .04", BETTER)],
        "fonagy2016": [("< .05", BETTER)],
        "lavi2015": [("= .03", BETTER), ("= .2", BETTER)],
        "herve2009": [("= .5", Direction.MIXED)],
        "hagan2017": [("", BETTER)],
    }
    findings = [
        _finding(report, way, number).model_copy(update={"p": p})
        for report, results in given.items()
        for number, (p, way) in enumerate(results, start=1)
    ]
    found = combine_domain(direction_grid(MENTAL, findings, REPORTS, STUDY), "mental-health")
    assert found.used == {"georg2021": 0.02, "bain2014": 0.98}
    assert {report: words.split(" ")[0] for report, words in found.left_out.items()} == {
        "fonagy2016": "only",
        "hagan2017": "no",
        "lavi2015": "2",
        "herve2009": "the",
    }
    assert found.combined == fisher([0.02, 0.98])
    with pytest.raises(ValueError, match="over studies"):
        combine_domain(direction_grid(MENTAL, findings, REPORTS), "mental-health")


def test_domains_stand_in_the_order_they_state_and_then_as_they_are_written() -> None:
    domains = {
        "last": Domain(label="Last"),
        "second": Domain(label="Second", order=2),
        "first": Domain(label="First", order=1),
    }
    grid = direction_grid(domains, [], [])
    assert [key for key, _ in grid.domains] == ["first", "second", "last"]


SECTION = ExtractionSection(
    fields=(Field(id="design", label="Design", type="choice", choices=("RCT", "cohort", "pilot")),),
    design_field="design",
)


def _design(report: str, value: str) -> Extracted:
    return Extracted(report=report, field="design", value=value)


def test_the_first_choice_of_design_is_the_most_suitable_and_a_study_takes_its_best() -> None:
    rows = [
        _design("lieberman2005", "rct"),
        _design("lieberman2006", "cohort"),
        _design("bain2014", "pilot"),
        Extracted(report="toth2002", field="design", status="not reported"),
    ]
    studies = {report: STUDY.get(report, report) for report in [*REPORTS, "toth2002"]}
    assert design_suitability(SECTION, rows, studies) == {"trial": 3, "bain2014": 1}
    assert design_suitability(ExtractionSection(), rows, studies) == {}


def test_a_design_field_must_be_a_field_of_one_choice() -> None:
    with pytest.raises(ValidationError, match="no field of one choice"):
        ExtractionSection(fields=(Field(id="a", label="A"),), design_field="a")


def test_a_summary_counts_studies_and_says_whose_number_is_missing() -> None:
    sized = [_finding("lieberman2005", BETTER, n=75), _finding("lieberman2006", BETTER, n=50)]
    grid = direction_grid(MENTAL, [*sized, _finding("bain2014", WORSE)], REPORTS, STUDY)
    (line,) = summary_of_findings(grid)
    assert line.studies == ("trial", "bain2014")
    assert line.reports == ("lieberman2005", "lieberman2006", "bain2014")
    assert (line.participants, line.without_number) == (75, ("bain2014",))
    with pytest.raises(ValueError, match="counts studies"):
        summary_of_findings(direction_grid(MENTAL, sized, REPORTS))
