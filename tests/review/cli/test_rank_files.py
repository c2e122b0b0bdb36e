import csv
import gzip
import json
from pathlib import Path

import pytest

from review.cli.rank_files import read_labelled, simulate
from screening.problems import WinnowError

ROWS = [
    (f"{topic} {number}", "An abstract,\nin two lines", int(topic == "infants"))
    for number in range(12)
    for topic in ("infants", "bridges", "rivers")
]


def write(path: Path, rows: list[tuple[object, ...]], header: str = "") -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header.split(",") if header else ("title", "abstract", "label_included"))
        writer.writerows(rows)
    return path


def test_the_facts_are_those_of_the_interface(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    simulate(write(tmp_path / "a.csv", ROWS), 1, as_json=True, order=None)
    facts = json.loads(capsys.readouterr().out)
    assert list(facts) == ["n", "included", "wss95", "recall10", "loss", "seconds"]
    assert (facts["n"], facts["included"]) == (36, 12)
    assert 0 <= facts["loss"] <= 1


def test_the_order_names_every_row_once_with_its_label(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order = tmp_path / "order.csv"
    simulate(write(tmp_path / "a.csv", ROWS), 1, as_json=False, order=order)
    with order.open(encoding="utf-8", newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert [int(line["place"]) for line in lines] == list(range(1, 37))
    assert sorted(int(line["row"]) for line in lines) == list(range(1, 37))
    assert [line["given"] for line in lines].count("1") == 2
    for line in lines:
        title, _, label = ROWS[int(line["row"]) - 1]
        assert (line["title"], int(line["label_included"])) == (title, label)
    assert "Work saved over sampling" in capsys.readouterr().out


def test_a_packed_file_and_other_words_for_the_labels_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    text = "Title,ABSTRACT,label_included,keywords\nOne,,yes,key\nTwo,Long,0.0,\n"
    path.write_bytes(gzip.compress(text.encode("utf-8-sig")))
    labelled, problems = read_labelled(path)
    assert labelled.labels == (True, False)
    assert labelled.texts == ("One\nkey", "Two\nLong")
    assert problems == []


def test_a_file_that_is_not_utf_8_is_read_with_a_note(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("title,abstract,label_included\nÉtude,,1\n".encode("cp1252"))
    labelled, problems = read_labelled(path)
    assert labelled.titles == ("Étude",)
    assert "Windows-1252" in problems[0].message


def test_every_label_that_is_none_is_named_by_its_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [("A", "", 1), ("B", "", "maybe"), ("C", "x\ny", "")])
    with pytest.raises(WinnowError) as caught:
        read_labelled(path)
    assert [problem.where for problem in caught.value.problems] == [
        "a.csv, line 3",
        "a.csv, line 5",
    ]
    assert '"maybe"' in caught.value.problems[0].message
    assert caught.value.exit_status == 1


def test_missing_columns_are_named_together(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [], header="title,year")
    with pytest.raises(WinnowError, match="abstract and label_included are missing"):
        read_labelled(path)


@pytest.mark.parametrize("content", [b"", b"not packed"])
def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(content)
    with pytest.raises(WinnowError, match=r"cannot be read|are missing"):
        read_labelled(path)
    with pytest.raises(WinnowError, match="cannot be read"):
        read_labelled(tmp_path / "absent.csv")


@pytest.mark.parametrize("label", [0, 1])
def test_a_file_with_too_little_to_find_is_refused_with_its_numbers(
    tmp_path: Path, label: int
) -> None:
    path = write(tmp_path / "a.csv", [("A", "", label)] * 5 + [("B", "", 1 - label)])
    with pytest.raises(WinnowError, match="a replay needs at least two"):
        simulate(path, 1, as_json=False, order=None)


def test_an_order_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ROWS)
    with pytest.raises(WinnowError, match="The order cannot be written"):
        simulate(path, 1, as_json=False, order=tmp_path / "nowhere" / "order.csv")


def test_a_small_file_takes_no_room_from_the_cells_of_files_read_after_it(tmp_path: Path) -> None:
    small = tmp_path / "small.csv"
    small.write_text("title,abstract,label_included\nOne,Two,1\n", encoding="utf-8")
    before = csv.field_size_limit()
    read_labelled(small)
    assert csv.field_size_limit() == before
