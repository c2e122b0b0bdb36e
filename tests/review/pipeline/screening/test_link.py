"""Reports of one study: what speaks for it is shown, and only a person links."""

import json
from pathlib import Path

import pytest

from tests.review.running import small_review, winnow

SAME_TRIAL = """TY  - JOUR
TI  - Lullabies on the neonatal unit: a randomised trial
AU  - Writer, Beth
AU  - Reader, Carl
PY  - 2001
T2  - Journal of Trials
AB  - We randomised 120 children. Registered as NCT01234567.
ER  -

TY  - JOUR
TI  - Lullabies on the neonatal unit: follow-up at two years
AU  - Writer, Beth
AU  - Reader, Carl
PY  - 2003
T2  - Journal of Trials
AB  - Two years after the trial 120 children were seen again. NCT01234567.
ER  -
"""


@pytest.fixture
def review(tmp_path: Path) -> Path:
    folder = small_review(tmp_path / "review")
    (folder / "exports" / "scopus.ris").write_text(SAME_TRIAL, encoding="utf-8")
    for verb in ("load", "dedupe"):
        assert winnow(verb, "--project", folder).status == 0
    for key in ("r4", "r5"):
        ran = winnow(
            "screen", "--reference", key, "--verdict", "include", "--stage", "title_abstract",
            "--project", folder,
        )  # fmt: skip
        assert ran.status == 0, ran.err
    return folder


def test_reports_that_share_authors_and_sample_are_suggested_and_not_linked(review: Path) -> None:
    ran = winnow("link", "--json", "--project", review)
    assert ran.status == 0, ran.err
    (one,) = json.loads(ran.out)
    assert one["reports"] == ["writer2001", "writer2003"]
    assert "2 authors in common" in one["because"]
    said = winnow("link", "--project", review).out
    assert "writer2001 and writer2003: " in said


def test_what_a_person_linked_is_suggested_no_more(review: Path) -> None:
    ran = winnow("link", "lullabies", "writer2001", "writer2003", "--project", review)
    assert ran.status == 0, ran.err
    assert json.loads(winnow("link", "--json", "--project", review).out) == []
    assert "Nothing speaks for a link" in winnow("link", "--project", review).out
