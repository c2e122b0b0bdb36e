"""A small review that has come as far as its included reports, with two raters and two extractors."""

from pathlib import Path

from review.pipeline.project import open_project
from review.pipeline.screening.retrieve import record_outcome
from review.pipeline.screening.screen import Ruling, decide
from screening.records import Stage, Verdict
from tests.review.running import PROTOCOL
from tests.review.web.visiting import ready_review

STUDIED = (
    PROTOCOL.replace('reviewers = ["anna"]', 'reviewers = ["anna", "ben", "cleo"]')
    + """
[screening.title_abstract]
policy = "single"

[appraisal]
raters = 2

[extraction]
extractors = 2

[[extraction.fields]]
id = "country"
label = "Country"

[[extraction.fields]]
id = "sample"
label = "Sample"
type = "number"
units = ["dyads", "children"]

[[extraction.fields]]
id = "randomised"
label = "Randomised"
type = "yes_no"

[domains]
sleep = { label = "Sleep" }

[measures]
groups = { infant = "Infant focused measures" }
"""
)


def studied_review(folder: Path) -> Path:
    """Write a review whose references r1, r2 and r3 are included as reports; r5 waits."""
    ready_review(folder, STUDIED)
    with open_project(folder) as project:
        for key in ("r1", "r2", "r3"):
            decide(project, "anna", key, Ruling(Stage.TITLE_ABSTRACT, Verdict.INCLUDE))
            record_outcome(project, "anna", key, retrieved=True)
            decide(project, "anna", key, Ruling(Stage.FULL_TEXT, Verdict.INCLUDE))
    return folder
