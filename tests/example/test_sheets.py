"""The files an appraiser filled in agree with the published review, number by number."""

from collections import Counter, defaultdict
from typing import Any

import pytest

from appraisal.agreement import agreement
from appraisal.instrument import read_instrument
from appraisal.scores import Appraisal, percent_half_up, total
from appraisal.sheet_reading import read_scores
from review.protocol import read_protocol
from synthesis import sheets
from synthesis.directions import joint_direction
from synthesis.findings import Direction, Finding
from synthesis.measures import Measure, Property, PropertyStatus, Use
from synthesis.row import Row
from synthesis.writers.sheet_csv import read_csv
from tests.example.judging import included_keys
from tests.example.make import DATA

ROOT = DATA.parent
PROTOCOL = read_protocol((ROOT / "review.toml").read_text(encoding="utf-8"))

# The published appendix: eight scores, total and percent.
PUBLISHED = {
    "armstrong2015": (3, 2, 2, 2, 2, 2, 2, 3, 18, 45), "bain2014": (3, 4, 3, 2, 3, 4, 3, 4, 26, 65),
    "cramer1990": (2, 5, 3, 2, 3, 1, 2, 2, 20, 50), "fonagy2016": (4, 5, 4, 4, 3, 4, 4, 4, 32, 80),
    "ghoshippen2011": (3, 5, 3, 3, 3, 2, 4, 3, 26, 65), "georg2021": (5, 5, 4, 5, 4, 3, 4, 4, 34, 85),
    "hagan2017": (2, 5, 2, 2, 1, 2, 3, 4, 21, 53), "herve2009": (3, 3, 2, 3, 3, 3, 3, 3, 23, 58),
    "lavi2015": (3, 5, 2, 2, 2, 2, 3, 4, 23, 58), "lieberman2005": (3, 5, 3, 3, 3, 2, 5, 3, 27, 68),
    "lieberman2006": (3, 5, 3, 3, 3, 2, 4, 4, 27, 68), "matthess2021": (4, 5, 3, 2, 2, 2, 3, 4, 25, 63),
    "salomonsson2021": (4, 5, 3, 5, 2, 3, 3, 5, 30, 75), "sleed2013": (2, 4, 2, 2, 3, 2, 3, 4, 22, 55),
    "toth2002": (4, 5, 3, 2, 4, 1, 3, 3, 25, 63), "weiner2009": (3, 2, 2, 2, 1, 1, 3, 3, 17, 43),
}  # fmt: skip

# The published synthesis: which way each report points in each domain ("tables add" included).
GRID = {
    "child-development": {"better": "bain2014 sleed2013 salomonsson2021", "no difference": "fonagy2016 matthess2021"},
    "infant-regulation": {"better": "cramer1990 georg2021 lieberman2005 lieberman2006", "mixed": "herve2009"},
    "child-trauma": {"better": "hagan2017 lieberman2005 ghoshippen2011 weiner2009"},
    "child-representations": {"better": "toth2002"},
    "parental-mental-health": {
        "better": "fonagy2016 georg2021 ghoshippen2011 hagan2017 lieberman2005 matthess2021 lavi2015 salomonsson2021 "
        "lieberman2006 herve2009",
        "worse": "bain2014",
    },
    "parenting-stress": {"no difference": "georg2021", "mixed": "matthess2021", "better": "fonagy2016"},
    "self-efficacy": {"better": "fonagy2016 cramer1990", "no difference": "georg2021"},
    "personality": {"no difference": "matthess2021"},
    "child-rearing-attitudes": {"better": "lavi2015"},
    "parental-representations": {"better": "armstrong2015 cramer1990 fonagy2016 toth2002"},
    "reflective-functioning": {"no difference": "georg2021 matthess2021 fonagy2016 bain2014"},
    "interaction": {
        "better": "cramer1990", "mixed": "bain2014 matthess2021", "no difference": "fonagy2016 georg2021 sleed2013",
    },
    "infant-attachment": {"no difference": "fonagy2016 matthess2021"},
}  # fmt: skip


@pytest.fixture(scope="module")
def entered() -> dict[type[Row], list[Any]]:
    known = sheets.Known(
        ids={
            "report": included_keys(),
            "domain": list(PROTOCOL.domains),
            "group": list(PROTOCOL.measures.groups),
            "measure": [],
        },
        section=PROTOCOL.extraction,
    )
    files = [name for files in PROTOCOL.inputs.sheets.values() for name in files]
    read = sheets.read_workbook(
        [read_csv((ROOT / name).read_bytes(), name) for name in files], known
    )
    assert read.problems == ()
    found: dict[type[Row], list[Any]] = defaultdict(list)
    for row in read.rows:
        found[type(row)].append(row)
    return found


def test_the_scores_are_the_published_matrix_with_totals_and_half_up_percents() -> None:
    path = ROOT / "appraisal/instruments/ccat-1.4.toml"
    ccat = read_instrument(path.read_text(encoding="utf-8"), path.name)
    units = {key: key for key in included_keys()}
    read = read_scores(
        read_csv((DATA / "appraisals.csv").read_bytes(), "appraisals.csv"), ccat, units
    )
    assert read.problems == ()
    found = {}
    for appraisal in read.rows:
        points = total(ccat, appraisal.scores)
        assert points is not None
        scores = tuple(appraisal.scores[category.id] for category in ccat.categories)
        found[appraisal.unit] = (*scores, points, percent_half_up(points, 40))
    assert found == PUBLISHED


def test_a_simulated_rater_agrees_closely_but_not_wholly_with_the_published_scores() -> None:
    path = ROOT / "appraisal/instruments/ccat-1.4.toml"
    ccat = read_instrument(path.read_text(encoding="utf-8"), path.name)
    units = {key: key for key in included_keys()}
    appraisals: list[Appraisal] = []
    for name in ("appraisals.csv", "simulated_rater.csv"):
        read = read_scores(read_csv((DATA / name).read_bytes(), name), ccat, units)
        assert read.problems == ()
        appraisals += [row for row in read.rows if isinstance(row, Appraisal)]
    found = agreement(ccat, appraisals)
    assert found.raters == ("first", "simulated")
    assert len(found.units) == 16
    assert found.rows[-1].label == "Total"
    assert found.rows[-1].icc is not None
    assert found.rows[-1].icc.value is not None
    assert 0.5 < found.rows[-1].icc.value < 1
    assert all(
        (pair.closeness.within_one or 0) > pair.closeness.exact
        for row in found.rows
        for pair in row.pairs
    )


def test_every_report_has_its_required_fields(entered: dict[type[Row], list[Any]]) -> None:
    rows = [row for kind in entered for row in entered[kind] if kind.sheet == "extraction"]
    for field in (
        "country",
        "aims",
        "design",
        "intervention",
        "comparison",
        "limitations",
        "ethics",
    ):
        assert sorted(row.report for row in rows if row.field == field) == sorted(included_keys())


def test_the_groups_have_18_14_and_18_measures(entered: dict[type[Row], list[Any]]) -> None:
    assert Counter(row.group for row in entered[Measure]) == {
        "parent": 18,
        "infant": 14,
        "parent_infant": 18,
    }


def test_every_measure_has_a_use_and_a_property(entered: dict[type[Row], list[Any]]) -> None:
    ids = {row.id for row in entered[Measure]}
    assert {row.measure for row in entered[Use]} == ids
    assert {row.measure for row in entered[Property]} == ids


def test_nine_measures_have_no_reported_property(entered: dict[type[Row], list[Any]]) -> None:
    reported = {row.measure for row in entered[Property] if row.status is PropertyStatus.REPORTED}
    silent = {row.id for row in entered[Measure]} - reported
    assert silent == {"P05", "I07", "I08", "I13", "D03", "D04", "D05", "D11", "D17"}


def test_the_findings_join_to_the_published_directions(entered: dict[type[Row], list[Any]]) -> None:
    cells: dict[tuple[str, str], list[Direction]] = defaultdict(list)
    for row in entered[Finding]:
        cells[row.domain, row.report].append(row.direction)
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for (domain, report), directions in cells.items():
        found[domain][joint_direction(directions)].add(report)
    assert found == {
        domain: {direction: set(reports.split()) for direction, reports in row.items()}
        for domain, row in GRID.items()
    }
    assert list(GRID) == list(PROTOCOL.domains)
