"""Retractions reach the table, the text and the problems, from people and from records."""

import csv
from pathlib import Path

from review.pipeline.project import open_project
from review.pipeline.synthesis.notices import notice_checks
from tests.review.one_report import ANNA_AND_BEN, OneReport, one_report
from tests.review.running import TITLES, small_review


def marked_report(folder: Path) -> OneReport:
    """Return a review whose one included report is marked as retracted in its export."""
    review = OneReport(small_review(folder, ANNA_AND_BEN))
    export = review.folder / "exports" / "medline.ris"
    marked = export.read_text(encoding="utf-8").replace(TITLES[0], f"RETRACTED: {TITLES[0]}")
    export.write_text(marked, encoding="utf-8")
    review.run("load")
    for stage in ("title_abstract", "full_text"):
        review.run("screen", "--reference", "r1", "--verdict", "include", "--stage", stage)
    return review


def table(review: OneReport) -> list[dict[str, str]]:
    out = review.folder / "tables"
    review.run("tables", "--only", "notices", "--format", "csv", "--out", out)
    with (out / "notices.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_what_a_person_found_stands_in_the_table_and_in_check(tmp_path: Path) -> None:
    review = one_report(tmp_path / "review")
    assert any("nobody has said whether any included report" in said for said in review.found())
    row = {
        "report": "writer2000",
        "status": "retracted",
        "notice": "J Sleep 2020",
        "checked": "2024",
    }
    review.enter("notices", dict(row))
    (line,) = table(review)
    assert [line[name] for name in ("status", "notice", "checked")] == [
        "Retracted",
        "J Sleep 2020",
        "2024",
    ]
    said = review.found()
    assert any("was retracted (J Sleep 2020)" in message for message in said)
    assert not any("nobody has said" in message for message in said)


def test_nobody_having_looked_is_no_table_of_clean_reports(tmp_path: Path) -> None:
    review = one_report(tmp_path / "review")
    with open_project(review.folder) as project:
        assert notice_checks(project) is None


def test_a_mark_in_an_export_is_told_without_anybody_looking(tmp_path: Path) -> None:
    review = marked_report(tmp_path / "review")
    (line,) = table(review)
    assert (line["status"], line["checked"]) == ("Retracted", "As exported from MEDLINE (Ovid)")
    assert any("This included report was retracted." in said for said in review.found())


def test_a_person_who_says_otherwise_than_the_record_is_asked_to_look_again(tmp_path: Path) -> None:
    review = marked_report(tmp_path / "review")
    review.enter("notices", {"report": "writer2000", "status": "none found", "checked": "2024"})
    assert [line["status"] for line in table(review)] == ["None found"]
    (told,) = [said for said in review.found() if "Look again" in said]
    assert "says none found, but its record from MEDLINE (Ovid) says retracted" in told


def noticed_report(folder: Path, *titles: str) -> OneReport:
    """Return a review with one included report, and further records with these titles."""
    review = OneReport(small_review(folder, ANNA_AND_BEN))
    export = review.folder / "exports" / "medline.ris"
    further = "".join(
        f"TY  - JOUR\nTI  - {title}\nAU  - Editor, E.\nPY  - 2021\nER  - \n" for title in titles
    )
    export.write_text(export.read_text(encoding="utf-8") + further, encoding="utf-8")
    review.run("load")
    for stage in ("title_abstract", "full_text"):
        review.run("screen", "--reference", "r1", "--verdict", "include", "--stage", stage)
    return review


def test_a_retraction_notice_loaded_as_a_record_of_its_own_is_told_and_never_taken_for_an_answer(
    tmp_path: Path,
) -> None:
    notice = f'Retraction notice to "{TITLES[0]}" [J Sleep 12 (2019) 1-9]'
    review = noticed_report(tmp_path / "review", notice, "Correction of squint in children")
    (told,) = [said for said in review.found() if "looks like a notice" in said]
    assert notice in told
    assert "(retracted)" in told
    with open_project(review.folder) as project:
        assert notice_checks(project) is None
    sheet = review.folder / "notices.csv"
    review.run("extract", "--sheet", "notices", "--export", sheet)
    with sheet.open(encoding="utf-8-sig") as file:
        (row,) = csv.DictReader(file)
    assert notice in row["Record that may be the notice"]
    assert row["Status"] == ""
    review.run("extract", "--sheet", "notices", "--import", sheet)
    with open_project(review.folder) as project:
        assert notice_checks(project) is None


def test_what_a_person_said_of_a_possible_notice_ends_the_question(tmp_path: Path) -> None:
    for number, answer in enumerate(
        ({"status": "retracted"}, {"status": "none found", "record": "see {record}"})
    ):
        review = noticed_report(tmp_path / f"review{number}", f"Retraction: {TITLES[0]}")
        (told,) = [said for said in review.found() if "looks like a notice" in said]
        record = told.split("The record ")[1].split(":")[0]
        row = {name: text.format(record=record) for name, text in answer.items()}
        review.enter("notices", {"report": "writer2000", "checked": "2024", **row})
        assert not any("looks like a notice" in said for said in review.found())
