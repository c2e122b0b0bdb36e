"""`winnow convert` on files, folders, patterns, archives and standard input."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from review.cli import convert_files
from review.cli.convert import command
from screening.problems import WinnowError
from screening.records import Fields

RIS = "TY  - JOUR\nTI  - One\nAU  - Roe, Ann\nPY  - 2001\nER  - \n\n"


def run(*arguments: str, piped: bytes = b"") -> Result:
    return CliRunner().invoke(command, list(arguments), input=piped)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.ris").write_text(RIS * 2)
    (tmp_path / "b.csv").write_text("Title,Year\nTwo,2002\n")
    (tmp_path / ".hidden").write_text("x")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "c.nbib").write_text("PMID- 3\nTI  - Three\n")
    return tmp_path


def test_json_lines_have_the_keys_and_order_that_others_rely_on(folder: Path) -> None:
    result = run(str(folder / "a.ris"))
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert list(lines[0]) == [
        "source_file", "position", "format", "provider", *Fields().as_json(), "raw",
    ]  # fmt: skip
    assert [(line["position"], line["title"], line["authors"]) for line in lines] == [
        (1, "One", ["Roe, Ann"]),
        (2, "One", ["Roe, Ann"]),
    ]


def test_folders_patterns_and_archives_are_opened(folder: Path) -> None:
    archive = folder / "all.zip"
    with zipfile.ZipFile(archive, "w") as stream:
        stream.writestr("d.ris", RIS)
    titles = [json.loads(line)["title"] for line in run(str(folder)).stdout.splitlines()]
    assert titles == ["One", "One", "One", "Two", "Three"]
    assert len(run(str(folder / "*.ris")).stdout.splitlines()) == 2
    (line,) = run(str(archive)).stdout.splitlines()
    assert json.loads(line)["source_file"].endswith("all.zip/d.ris")


def test_standard_input_is_a_dash() -> None:
    assert json.loads(run("-", piped=RIS.encode()).stdout)["source_file"] == "-"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("d.ris", RIS)
    assert json.loads(run("-", piped=stream.getvalue()).stdout)["source_file"] == "-/d.ris"


def test_the_ending_of_out_tells_the_format_and_the_account_is_json(folder: Path) -> None:
    out = folder / "new" / "all.bib"
    result = run(str(folder / "a.ris"), "--out", str(out), "--json")
    assert out.read_text().count("@article{") == 2
    (account,) = json.loads(result.stdout)["files"]
    assert (account["records"], account["start_tags"], account["field_counts"]["title"]) == (
        2,
        2,
        2,
    )


def test_what_is_doubtful_leaves_with_one_and_says_so_as_json(folder: Path) -> None:
    (folder / "odd.ris").write_text(f"{RIS}TI  - No TY\nER  - \n")
    result = run(str(folder / "odd.ris"), "--json")
    problem = json.loads(result.stderr.splitlines()[0])
    assert result.exit_code == 1
    assert (problem["severity"], problem["subject"]) == ("warning", "TY")
    assert "line" in problem["where"]


def test_unreadable_leaves_with_two_but_not_where_something_else_was_read(folder: Path) -> None:
    page = folder / "login.ris"
    page.write_text("<html><title>Sign in</title></html>")
    assert run(str(page)).exit_code == 2
    assert run(str(page), str(folder / "a.ris")).exit_code == 1


def test_what_is_not_there_is_named_all_at_once() -> None:
    with pytest.raises(WinnowError) as refused:
        list(convert_files.inputs_from(["no-such-file", "nor-this"]))
    assert [problem.where for problem in refused.value.problems] == ["no-such-file", "nor-this"]


def test_a_failed_conversion_leaves_the_old_file_as_it_was(folder: Path) -> None:
    out = folder / "old.ris"
    out.write_text("old")
    assert run(str(folder / "no-such-file"), "--out", str(out)).exit_code != 0
    assert out.read_text() == "old"


@pytest.mark.parametrize("target", ["jsonl", "ris", "csv", "bib", "csl", "xlsx"])
def test_files_read_side_by_side_give_the_same_output(
    folder: Path, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone, shared = io.BytesIO(), io.BytesIO()
    accounts = convert_files.convert(convert_files.inputs_from([str(folder)]), target, alone)
    monkeypatch.setattr(convert_files, "WORTH_SHARING", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    again = convert_files.convert(convert_files.inputs_from([str(folder)]), target, shared)
    assert alone.getvalue() == shared.getvalue()
    assert accounts == again
