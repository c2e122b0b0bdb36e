"""A flow agrees with the merges, tables and texts beside it, or says by how much it does not."""

import pytest

from screening.flow.agreement import (
    TableRows,
    check_labels,
    check_merges,
    check_quoted,
    check_tables,
)
from screening.flow.counting import Counts, derive
from screening.flow.labels import LABELS

FLOW = derive(
    Counts(
        databases=20,
        duplicates=3,
        late_duplicates=1,
        screened=17,
        dbr_excluded=4,
        studies=5,
        reports=6,
    )
)


def test_duplicates_are_the_surplus_of_the_merged_groups() -> None:
    assert check_merges(FLOW, [1, 1, 2, 4]) == []
    (finding,) = check_merges(FLOW, [1, 2, 2])
    assert (finding.rule, finding.gap) == ("I1b", 2)


def test_tables_have_a_row_for_each_of_their_units() -> None:
    rows = TableRows(extraction=5, extraction_unit="studies", appraisal=6, excluded=4)
    assert check_tables(FLOW, rows) == []


@pytest.mark.parametrize(
    "rows", [TableRows(extraction=5), TableRows(appraisal=5), TableRows(excluded=3)]
)
def test_a_missing_row_is_a_gap(rows: TableRows) -> None:
    (finding,) = check_tables(FLOW, rows)
    assert (finding.rule, finding.gap) == ("I12", -1)


def test_numbers_in_the_text_equal_those_of_the_diagram() -> None:
    assert check_quoted(FLOW, [("reports", 6), ("ongoing", 3)]) == []
    (finding,) = check_quoted(FLOW, [("reports", 7)])
    assert (finding.rule, finding.gap) == ("I14", 1)


def test_wording_of_ones_own_speaks_of_the_unit_it_counts() -> None:
    assert check_labels({"screened": "Records read", "reports": "Included"}) == []
    (finding,) = check_labels({"screened": "Studies screened"})
    assert finding.rule == "I13"


def test_the_official_wording_speaks_of_the_unit_it_counts() -> None:
    assert check_labels({name: label.text for name, label in LABELS.items()}) == []
    updated = {name: label.updated for name, label in LABELS.items() if label.updated}
    assert check_labels(updated) == []
