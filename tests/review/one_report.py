"""One included report in a small review, and the doors of the program to it."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from review.pipeline.check import check
from review.pipeline.project import open_project
from tests.review.running import PROTOCOL, small_review, winnow

ANNA_AND_BEN = PROTOCOL.replace('reviewers = ["anna"]', 'reviewers = ["anna", "ben"]')


@dataclass(frozen=True)
class OneReport:
    """A review whose record r1, "writer2000", was included; anna speaks where nobody is named."""

    folder: Path

    def run(self, *arguments: object, who: str = "anna") -> str:
        """Run the program in the review and return what it says; it must succeed."""
        named = ("--as", who) if arguments[0] in _PERSONAL else ()
        ran = winnow(*arguments, *named, "--project", self.folder)
        assert ran.status == 0, ran.err
        return ran.out

    def found(self) -> list[str]:
        """Return the messages of every problem of the review."""
        with open_project(self.folder) as project:
            return [problem.message for problem in check(project)]

    def enter(self, sheet: str, *rows: dict[str, object]) -> None:
        """Take in rows of a sheet as a file of that name."""
        self.run("extract", "--import", self._file(sheet, rows))

    def score(self, rater: str, points: int, unit: str = "writer2000") -> None:
        """Take in a complete appraisal in which every category has the same score."""
        categories = json.loads(self.run("appraise", "--json"))[0]["scores"]
        row = {"unit": unit, "rater": rater, **dict.fromkeys(categories, points), "complete": "yes"}
        who = "anna" if rater == "consensus" else rater
        self.run("appraise", "--import", self._file(rater, [row]), who=who)

    def _file(self, name: str, rows: Sequence[dict[str, object]]) -> Path:
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        path = self.folder / f"{name}.csv"
        path.write_text(out.getvalue(), encoding="utf-8")
        return path


_PERSONAL = {
    "load",
    "dedupe",
    "screen",
    "extract",
    "appraise",
    "link",
    "retrieve",
    "run",
    "stop",
    "rank",
}


def one_report(folder: Path, more: str = "") -> OneReport:
    """Make the review, with `more` at the end of its protocol."""
    review = OneReport(small_review(folder, ANNA_AND_BEN + more))
    review.run("load")
    review.run("dedupe")
    for stage in ("title_abstract", "full_text"):
        review.run("screen", "--reference", "r1", "--verdict", "include", "--stage", stage)
    return review
