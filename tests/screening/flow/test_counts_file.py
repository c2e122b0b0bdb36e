"""A counts file is read whole: every mistake is told by its line, and none is read as 0."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.flow.counting import Counts
from screening.flow.counts_file import NUMBERS, TABLES, read_counts


def problems_of(text: str) -> dict[int, str]:
    """Return the message of each problem by its line."""
    read = read_counts(text.encode(), "counts.toml")
    return {
        int(problem.where.removeprefix("counts.toml, line ")): problem.message
        for problem in read.problems
    }


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("databases = 1,744", "thousands separator. Write 1744."),
        ("databases = 1.744", "thousands separator. Write 1744."),
        ('databases = "1 744"', "thousands separator. Write 1744."),
        ('databases = "xxx"', "not a whole number"),
        ("databases = many", "not a whole number"),
        ("databases = 12.5", "not a whole number"),
        ("databases = true", "not a whole number"),
        ("databases = [1, 2]", "not a whole number"),
        ("databases =", "is blank"),
        ('databases = ""', "is blank"),
        ("databases = -5", "is negative"),
        ("databases = 99999999999", "too large"),
        ("datbases = 5", 'Did you mean "databases"?'),
        ("Databases = 5", 'Did you mean "databases"?'),
        ("dbr_excluded_reasons = 5", "dbr_excluded = N"),
        ("just some words", "is not TOML"),
        ("duplicates.PubMed = 5", "one number, not a table"),
        ("websites.BBC = 5", "one number, not a table"),
        ("nonsense.x = 5", "not a table of the flow diagram"),
        ('other_sources = {"" = 5}', "has no name"),
        ('databases = "1744"', "Write 1744 without quotation marks."),
        ("databases = 0744", "begins with 0. Write 744."),
        ("databases = 1’744", "thousands separator. Write 1744."),
        ("databases = ١٢", "not a whole number"),
        ("databases = 1_000_000_000_000", "too large"),
        ("records_screened = 5", 'Did you mean "screened"?'),
        ("late-duplicates = 5", 'Did you mean "late_duplicates"?'),
        ("Wrong setting = 5", 'Write "Wrong setting" = number'),
    ],
)
def test_what_is_no_count_is_refused_with_a_sentence(line: str, told: str) -> None:
    assert list(problems_of(f"# my review\n{line}\nreports = 4\n")) == [2]
    assert told in problems_of(f"# my review\n{line}\nreports = 4\n")[2]


def test_a_mistake_does_not_take_its_neighbours_with_it() -> None:
    read = read_counts(b"databases = 1,744\nduplicates = 671\nscreened =\nreports = 16\n", "c.toml")
    assert (read.counts.databases, read.counts.screened) == (None, None)
    assert (read.counts.duplicates, read.counts.reports) == (671, 16)
    assert len(read.problems) == 2


def test_all_mistakes_are_told_at_once_in_order_of_lines() -> None:
    text = "databases = many\n\n[dbr_excluded_reasons]\nage = -1\n'wrong, design' =\n[oops\nreports = x\n"
    assert list(problems_of(text)) == [1, 4, 5, 6, 7]


def test_a_key_given_twice_names_both_lines() -> None:
    assert problems_of("reports = 1\nstudies = 1\nreports = 2\n") == {
        3: '"reports" is given a second time; the first is in line 1. Keep one of them.'
    }
    assert list(problems_of("[databases]\nA = 1\n[database_specific]\nA = 2\n")) == [4]


def test_a_count_below_a_table_is_not_swallowed_as_one_of_its_rows() -> None:
    told = problems_of("[dbr_excluded_reasons]\nage = 3\nreports = 16\n")
    assert list(told) == [3]
    assert "Move the line above all tables" in told[3]
    assert problems_of("[dbr_excluded_reasons]\nduplicates = 3\nongoing = 1\n") == {}


def test_a_table_may_go_with_its_whole() -> None:
    read = read_counts(b"databases = 5\n[database_specific]\nA = 3\nB = 2\n", "c.toml")
    assert read.counts.databases == 5
    assert read.counts.database_specific == {"A": 3, "B": 2}


def test_tables_keep_the_order_in_which_they_are_written() -> None:
    text = '[dbr_excluded_reasons]\n"Z first" = 1\n"A second" = 2\n'
    assert read_counts(text.encode(), "c").counts.dbr_excluded_reasons == (
        ("Z first", 1),
        ("A second", 2),
    )


def test_underscores_group_digits_in_toml() -> None:
    assert read_counts(b"databases = 1_744\n", "c").counts.databases == 1744


def test_files_of_other_programs_are_read_or_refused_in_a_sentence() -> None:
    assert read_counts(b"\xef\xbb\xbfreports = 3\r\nstudies = 2\r\n", "c").counts.reports == 3
    (problem,) = read_counts("reports = 3".encode("utf-16"), "c.toml").problems
    assert "UTF-8" in problem.message


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_file_at_all_is_met_with_a_fault(data: bytes) -> None:
    read = read_counts(data, "c.toml")
    assert all(problem.message.endswith((".", "?")) for problem in read.problems)


@given(
    st.dictionaries(st.sampled_from(NUMBERS), st.integers(0, 999_999)),
    st.dictionaries(
        st.sampled_from(sorted(set(TABLES.values()))),
        st.dictionaries(st.text("abc é-1", min_size=1).filter(str.strip), st.integers(0, 9999)),
    ),
)
def test_what_is_written_well_is_read_in_full(
    numbers: dict[str, int], tables: dict[str, dict[str, int]]
) -> None:
    text = "".join(f"{name} = {n}\n" for name, n in numbers.items())
    for table, rows in tables.items():
        text += f"[{table}]\n"
        text += "".join(
            f'"{name}" = {n}\n' for name, n in {k.strip(): v for k, v in rows.items()}.items()
        )
    read = read_counts(text.encode(), "c.toml")
    assert read.problems == []
    for name, n in numbers.items():
        assert getattr(read.counts, name) == n
    for table, rows in tables.items():
        expected = {name.strip(): n for name, n in rows.items()}
        assert dict(getattr(read.counts, table)) == expected


def test_every_count_of_a_flow_can_be_written() -> None:
    assert set(NUMBERS) | set(TABLES.values()) == set(Counts.model_fields)
