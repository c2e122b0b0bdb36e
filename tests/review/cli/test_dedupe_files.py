import csv
import gzip
import json
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from review.cli import dedupe_pieces
from review.cli.dedupe import command
from review.cli.dedupe_cells import Cells, cells_in, cells_of_rows
from review.cli.dedupe_gaps import mended
from review.cli.dedupe_reading import read_input
from screening.identification.forms.folding import fold
from screening.identification.matching.many_texts import Texts
from screening.problems import WinnowError

HEADER = "id,title,authors,year,journal,volume,number,pages,doi,pmid,abstract,isbn\n"
ROWS = (
    '007,"A trial of play therapy in early infancy","Lieberman, A. and Horn, P.",2005,J Child Psychol,4,2,244-58,10.1000/x,,,\n'
    '8,"A TRIAL OF PLAY THERAPY IN EARLY INFANCY","Lieberman, A.; Horn, P.",2005,Journal of Child Psychology,4,2,244-258,,,,\n'
    "9,Sleep in shift workers at night,Chen L,1999,Sleep,7,1,1-9,,,,\n"
)


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(command, [str(argument) for argument in arguments])
    if isinstance(result.exception, WinnowError):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "records.csv"
    path.write_text(HEADER + ROWS, encoding="utf-8")
    return path


def test_a_table_that_python_wrote_is_read_like_the_one_it_was_made_of(
    table: Path, tmp_path: Path
) -> None:
    run("--input", table, "--output", tmp_path / "groups.csv")
    written = list(csv.reader(StringIO(HEADER + ROWS)))
    for row in written[1:]:
        for place, column in enumerate(written[0]):
            if not row[place]:
                row[place] = "nan" if column != "abstract" else "<NA>"
            elif column in ("year", "volume", "number"):
                row[place] += ".0"
    with (tmp_path / "by_python.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(written)
    run("--input", tmp_path / "by_python.csv", "--output", tmp_path / "same.csv")
    assert (tmp_path / "same.csv").read_bytes() == (tmp_path / "groups.csv").read_bytes()


def test_a_title_that_is_a_word_for_nothing_is_none_only_where_its_row_has_the_word_elsewhere() -> (
    None
):
    titles = Texts.of(["None", "None", "One.0"])
    dois = Texts.of(["10.1000/1", "None", "-"])
    assert list(mended("title", titles, (titles, dois))) == ["None", "", "One.0"]
    assert list(mended("doi", dois, (titles, dois))) == ["10.1000/1", "", ""]


def test_groups_are_written_with_the_columns_promised(table: Path, tmp_path: Path) -> None:
    status, said, _ = run("--input", table, "--output", tmp_path / "groups.csv")
    assert status == 0
    assert "3 records, 2 references" in said
    rows = rows_of(tmp_path / "groups.csv")
    assert list(rows[0]) == ["id", "group_id", "kept", "decision", "score", "reason"]
    assert [(row["id"], row["group_id"], row["kept"], row["decision"]) for row in rows] == [
        ("007", "007", "1", "auto"),
        ("8", "007", "0", "auto"),
        ("9", "9", "1", "single"),
    ]
    assert rows[0]["reason"].startswith("same title, authors")


def test_ids_stay_verbatim(table: Path) -> None:
    assert read_input(table).keys == ["007", "8", "9"]


def test_json_gives_counts_seconds_and_memory(table: Path, tmp_path: Path) -> None:
    _, said, _ = run("--input", table, "--output", tmp_path / "g.csv", "--json")
    facts = json.loads(said)
    assert (facts["records"], facts["references"], facts["duplicates"]) == (3, 2, 1)
    assert {"read and normalise", "block", "compare", "write"} <= set(facts["seconds"])
    assert "peak_memory_mb" in facts


def test_pairs_are_listed_with_score_and_reason(table: Path, tmp_path: Path) -> None:
    run("--input", table, "--output", tmp_path / "g.csv", "--pairs", tmp_path / "p.csv")
    pairs = rows_of(tmp_path / "p.csv")
    assert [(pair["a"], pair["b"], pair["decision"]) for pair in pairs] == [("007", "8", "auto")]


@pytest.mark.parametrize("threads", [1, 4])
def test_threads_change_nothing(table: Path, tmp_path: Path, threads: int) -> None:
    out = tmp_path / f"{threads}.csv"
    run("--input", table, "--output", out, "--threads", threads)
    run("--input", table, "--output", tmp_path / "default.csv")
    assert out.read_bytes() == (tmp_path / "default.csv").read_bytes()


def test_a_tsv_and_a_workbook_and_a_gzip_read_the_same(table: Path, tmp_path: Path) -> None:
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    tsv = tmp_path / "records.tsv"
    with tsv.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter="\t").writerows(rows)
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(tmp_path / "records.xlsx")
    packed = tmp_path / "records.csv.gz"
    packed.write_bytes(gzip.compress(table.read_bytes()))
    run("--input", table, "--output", tmp_path / "wanted.csv")
    for path in (tsv, tmp_path / "records.xlsx", packed):
        run("--input", path, "--output", tmp_path / "groups.csv")
        assert rows_of(tmp_path / "groups.csv") == rows_of(tmp_path / "wanted.csv")


def test_an_export_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "export.ris"
    record = "TY  - JOUR\nTI  - A trial of play therapy in early infancy\nAU  - Lieberman, A.\nPY  - 2005\nER  - \n"
    path.write_text(record * 2, encoding="utf-8")
    assert read_input(path).keys == ["1", "2"]


def test_any_of_the_columns_will_do(tmp_path: Path) -> None:
    path = tmp_path / "thin.csv"
    path.write_text(
        "id,title\n1,A trial of play therapy\n2,A trial of play therapy\n", encoding="utf-8"
    )
    assert len(read_input(path).keys) == 2


def test_columns_that_are_not_used_are_named(tmp_path: Path) -> None:
    path = tmp_path / "more.csv"
    path.write_text("id,title,colour\n1,A,red\n", encoding="utf-8")
    assert "colour" in read_input(path).problems[0].message


def test_an_empty_table_gives_an_empty_answer(tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    path.write_text(HEADER, encoding="utf-8")
    status, _, _ = run("--input", path, "--output", tmp_path / "g.csv")
    assert status == 0
    assert rows_of(tmp_path / "g.csv") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [("id,title\n1,A\n1,B\n", "row 2 and again"), ("id,title\n,A\n", "no id")],
)
def test_ids_that_cannot_be_told_are_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WinnowError, match=message):
        read_input(path)


def test_a_missing_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(WinnowError, match="cannot be read"):
        read_input(tmp_path / "nowhere.csv")


def test_the_order_of_rows_changes_neither_groups_nor_what_is_kept(
    tmp_path: Path, table: Path
) -> None:
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    turned = tmp_path / "turned.csv"
    turned.write_text(lines[0] + "".join(reversed(lines[1:])), encoding="utf-8")
    run("--input", table, "--output", tmp_path / "a.csv")
    run("--input", turned, "--output", tmp_path / "b.csv")
    key = lambda row: row["id"]  # noqa: E731
    assert sorted(rows_of(tmp_path / "a.csv"), key=key) == sorted(
        rows_of(tmp_path / "b.csv"), key=key
    )


CELLS = st.text(st.sampled_from("ab\",;\n\r\t 'é\u00a0"), max_size=6)


def told(cells: Cells) -> object:
    texts = [list(column) for column in (*cells.columns, *cells.verbatim)]
    return texts, cells.total, cells.rows.tolist(), cells.longer


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=3), max_size=5), st.sampled_from("\n\r"))
def test_cells_are_parted_as_the_csv_module_parts_them(rows: list[list[str]], end: str) -> None:
    stream = StringIO()
    csv.writer(stream, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    parted = cells_in(stream.getvalue().encode(), ",", 2)
    assert parted is not None
    assert told(parted) == told(cells_of_rows(rows, 2))


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from('a",\n '), max_size=12))
def test_cells_with_stray_quotes_are_left_to_the_csv_module(text: str) -> None:
    parted = cells_in(text.encode(), ",", 2)
    wanted = cells_of_rows(list(csv.reader(StringIO(text, newline=""))), 2)
    assert parted is None or told(parted) == told(wanted)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=3), min_size=1, max_size=4))
def test_rows_that_were_taken_for_the_header_are_left_out(rows: list[list[str]]) -> None:
    stream = StringIO()
    csv.writer(stream, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(rows)
    parted = cells_in(stream.getvalue().encode(), ",", 2, skipped=1)
    assert parted is not None
    assert told(parted) == told(cells_of_rows(rows[1:], 2))


def long_table(rows: list[str]) -> bytes:
    return ("id,title,abstract\n" + "".join(rows)).encode()


@pytest.mark.parametrize(
    "stray", ['5" disks', '"quoted, with a\nline"', '"two ""words"""', "plain"]
)
def test_a_text_read_in_pieces_gives_the_rows_of_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stray: str
) -> None:
    monkeypatch.setattr(dedupe_pieces, "_PIECE", 64)
    monkeypatch.setattr(dedupe_pieces, "_LONGEST_ROW", 256)
    path = tmp_path / "long.csv"
    path.write_bytes(
        long_table([f'{n},A trial of {stray if n == 7 else "play"},"x, y"\n' for n in range(40)])
        if not stray.startswith('"')
        else long_table([f"{n},{stray},z\n" for n in range(40)])
    )
    rows = rows_of(path)
    read = read_input(path, 2)
    assert read.keys == [row["id"] for row in rows]
    assert sorted(read.table.titles) == sorted(fold(row["title"]) for row in rows)


def test_rows_are_numbered_across_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dedupe_pieces, "_PIECE", 64)
    path = tmp_path / "long.csv"
    path.write_bytes(long_table([f"{n},A,\n" for n in range(40)] + ["41,B,c,d\n", ",C,\n"]))
    with pytest.raises(WinnowError, match="no id") as caught:
        read_input(path)
    assert "row 43" in caught.value.problems[0].where


def test_without_an_id_the_number_of_the_row_names_a_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dedupe_pieces, "_PIECE", 64)
    path = tmp_path / "long.csv"
    path.write_text("title,year\n" + "A trial of play,2000\n" * 20, encoding="utf-8")
    assert read_input(path).keys == [str(number) for number in range(1, 21)]


def test_a_packed_file_that_ends_early_is_said_in_a_sentence(table: Path, tmp_path: Path) -> None:
    packed = tmp_path / "broken.csv.gz"
    packed.write_bytes(gzip.compress(table.read_bytes())[:-12])
    with pytest.raises(WinnowError, match="cannot be read"):
        read_input(packed)


def test_what_needs_quotes_in_the_groups_has_them(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text('id,title\n"a,""b",A trial of play\n', encoding="utf-8")
    run("--input", path, "--output", tmp_path / "g.csv")
    assert [row["id"] for row in rows_of(tmp_path / "g.csv")] == ['a,"b']
