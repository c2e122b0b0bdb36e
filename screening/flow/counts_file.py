"""A flow's counts as a person writes them in TOML, with every mistake told at once by its line.

A number that cannot be read is refused, never taken for 0 and never left out in silence.
"""

import difflib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from screening.flow.values import Counts
from screening.problems import Problem, error

if TYPE_CHECKING:
    from tree_sitter import Node

# Where each table of the file goes; the names of a table's rows are the user's own.
TABLES = {
    "databases": "database_specific",
    "database_specific": "database_specific",
    "registers": "register_specific",
    "register_specific": "register_specific",
    "other_sources": "other_sources",
    "title_abstract_reasons": "title_abstract_reasons",
    "dbr_excluded_reasons": "dbr_excluded_reasons",
    "other_excluded_reasons": "other_excluded_reasons",
}
REASONS = ("title_abstract_reasons", "dbr_excluded_reasons", "other_excluded_reasons")
NUMBERS = tuple(name for name in Counts.model_fields if name not in TABLES.values())
_ALSO_REASONS = ("duplicates", "automation", "ongoing", "awaiting_classification")
LARGEST = 999_999_999  # more than all databases hold together

_GROUPED = r"[+-]?\d{1,3}(?:[,.'’\u2009\u202f\u00a0 ]\d{3})+"
_LINE = re.compile(r"\s*(?P<key>[^=#]*[^=#\s])\s*=\s*(?P<value>[^#]*?)\s*(?:#.*)?")


@dataclass(frozen=True, slots=True)
class CountsFile:
    """What was read: the counts, and the problems of all that could not be."""

    counts: Counts
    problems: list[Problem]


def read_counts(data: bytes, name: str) -> CountsFile:
    """Read the counts of a flow from the bytes of a TOML file; `name` is for messages.

    The keys are the ids of the counts (`Counts`); what a single source or reason counts stands in one
    of `TABLES`, which may go with a whole (`databases = 10` and `[database_specific]`). The counts hold what could be read, the problems tell of each line that could not.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return CountsFile(
            Counts(),
            [error(name, "This file is not text in UTF-8. Save it as UTF-8 text and try again.")],
        )
    reader = _Reader(name)
    root = reader.repaired(text)
    for path, value in _pairs(root):
        reader.take(path, value)
    values: dict[str, Any] = dict(reader.numbers)
    for table, parts in reader.tables.items():
        values[table] = tuple(parts.items()) if table in REASONS else parts
    problems = sorted(reader.problems, key=lambda entry: entry[0])
    return CountsFile(Counts(**values), [problem for _, problem in problems])


@dataclass(slots=True)
class _Reader:
    name: str
    numbers: dict[str, int] = field(default_factory=dict)
    tables: dict[str, dict[str, int]] = field(default_factory=dict)
    lines: dict[tuple[str, ...], int] = field(default_factory=dict)
    problems: list[tuple[int, Problem]] = field(default_factory=list)

    def repaired(self, text: str) -> "Node":
        """Return the tree of a text, with each line that is not TOML reported and passed over."""
        lines = text.split("\n")
        while broken := _broken_line(root := _tree("\n".join(lines)), lines):
            line = lines[broken - 1]
            said = _LINE.fullmatch(line)
            if said:
                self.problem(broken, _refusal(_plain(said["key"]), _plain(said["value"])))
            else:
                self.problem(
                    broken,
                    f"{line.strip()!r} is not TOML. A count is written name = number, a table of sources"
                    " or reasons begins with its name in brackets, such as [databases].",
                )
            lines[broken - 1] = ""
        return root

    def take(self, path: list[str], value: "Node") -> None:
        """Take one key and its value, or say what is wrong with them."""
        line = value.start_point.row + 1
        if tuple(path) in self.lines:
            self.problem(
                line,
                f'"{".".join(path)}" is given a second time; the first is in line'
                f" {self.lines[tuple(path)]}. Keep one of them.",
            )
            return
        self.lines[tuple(path)] = line
        match path:
            case [name] if name in NUMBERS:
                self._number(name, value, line)
            case [name]:
                self.problem(line, _unexpected(name))
            case [table, row] if table in TABLES:
                self._part(table, row, value, line)
            case [table, *rows] if table in TABLES:
                self.problem(line, _unquoted(".".join(rows)))
            case _:
                self.problem(line, _unexpected_table(path[0]))

    def problem(self, line: int, message: str) -> None:
        """Note what is wrong with a line."""
        self.problems.append((line, error(f"{self.name}, line {line}", message, "I0")))

    def _number(self, name: str, value: "Node", line: int) -> None:
        number = _integer(value)
        if number is None:
            self.problem(line, _refusal(name, _text(value), quoted=value.type == "string"))
        else:
            self.numbers[name] = number

    def _part(self, table: str, row: str, value: "Node", line: int) -> None:
        number = _integer(value)
        if not row.strip():
            self.problem(line, f"A row of [{table}] has no name. Name the source or the reason.")
        elif row in NUMBERS and not (row in _ALSO_REASONS and TABLES[table] in REASONS):
            self.problem(line, _swallowed(row, table))
        elif number is None:
            self.problem(line, _refusal(row, _text(value), quoted=value.type == "string"))
        elif row.strip() in self.tables.setdefault(TABLES[table], {}):
            self.problem(line, f'"{row}" is given a second time under [{TABLES[table]}].')
        else:
            self.tables[TABLES[table]][row.strip()] = number


def _refusal(key: str, value: str, *, quoted: bool = False) -> str:
    digits = re.sub(r"\D", "", value)
    said = f'"{key}" = {value}'
    for form, sentence in (
        (
            r"",
            (
                f'"{key}" is blank. Write its number, or delete the line: what is absent is derived where'
                " possible and otherwise unknown."
            ),
        ),
        (_GROUPED, f"{said} has a thousands separator. Write {digits}."),
        (r"-\s*\d+", f"{said} is negative. A count is 0 or more."),
        (r"0\d+", f"{said} begins with 0. Write {digits.lstrip('0') or '0'}."),
        (
            r"\d{1,9}",
            f'"{key}" = "{value}" is text. Write {value} without quotation marks.'
            if quoted
            else _unquoted(key),  # a good number on a line that is no TOML: the fault is the name's
        ),
        (r"\+?[\d_]+", f"{said} is too large to be a count. Check its digits."),
    ):
        if re.fullmatch(form, value, re.ASCII):
            return sentence
    return (
        f'"{key}" = {value!r} is not a whole number. Write its number, or delete the line if it is'
        " not known."
    )


def _unquoted(key: str) -> str:
    return f'A name with spaces or marks stands in quotation marks. Write "{key}" = number.'


def _swallowed(row: str, table: str) -> str:
    return (
        f'"{row}" is a count of its own, but below [{table}] it would be read as one of its rows.'
        " Move the line above all tables."
    )


def _unexpected(name: str) -> str:
    if name in TABLES:
        words = name.removesuffix("_reasons")
        instead = f", or {words} = N where the parts are unknown" if words in NUMBERS else ""
        return (
            f'"{name}" is a table. Write [{name}] with one "name" = number in each line{instead}.'
        )
    return f'"{name}" is not a count of the flow diagram.{_suggestion(name)}'


def _unexpected_table(name: str) -> str:
    if name in NUMBERS and name not in TABLES:
        return f'"{name}" is one number, not a table. Write {name} = number above all tables.'
    return f"[{name}] is not a table of the flow diagram.{_suggestion(name)}"


def _suggestion(name: str) -> str:
    known = list(dict.fromkeys([*NUMBERS, *TABLES]))
    plain = re.sub(r"\W+", "_", name.lower())
    # Whole words of a name say more than its letters: "records_screened" is "screened".
    inside = [each for each in known if f"_{each}_" in f"_{plain}_"]
    near = difflib.get_close_matches(plain, known, n=1, cutoff=0.6)
    best = max(inside, key=len) if inside else next(iter(near), "")
    return f' Did you mean "{best}"?' if best else f" Its counts are {', '.join(known)}."


def _integer(value: "Node") -> int | None:
    if value.type != "integer":
        return None
    number: int = int(_text(value).replace("_", ""), 0)
    return number if 0 <= number <= LARGEST else None


def _text(value: "Node") -> str:
    return _plain((value.text or b"").decode())


def _plain(written: str) -> str:
    """Return a value as it was meant: a string without its quotation marks."""
    return written.strip().strip("\"'").strip()


def _pairs(root: "Node") -> Iterator[tuple[list[str], "Node"]]:
    for node in root.children:
        if node.type == "pair":
            yield from _pair(node, [])
        elif node.type in ("table", "table_array_element"):
            header, *rest = [child for child in node.children if child.is_named]
            for child in rest:
                if child.type == "pair":
                    yield from _pair(child, _keys(header))


def _pair(node: "Node", base: list[str]) -> Iterator[tuple[list[str], "Node"]]:
    key, value = [child for child in node.children if child.is_named and child.type != "comment"]
    path = [*base, *_keys(key)]
    inside = [child for child in value.children if child.type == "pair"]
    if value.type == "inline_table" and inside:
        for child in inside:
            yield from _pair(child, path)
    else:
        yield path, value


def _keys(node: "Node") -> list[str]:
    if node.type == "dotted_key":
        return [key for child in node.children if child.is_named for key in _keys(child)]
    text = (node.text or b"").decode()
    return [next(iter(tomllib.loads(f"{text} = 0")))]


def _broken_line(root: "Node", lines: list[str]) -> int:
    """Return the first line (from 1) that the grammar cannot read, or 0."""
    for node in _broken(root):
        # What is missing at a line's end is found at the next line that has anything.
        last: int = min(node.start_point.row, len(lines) - 1)
        for row in range(last, -1, -1):
            if lines[row].strip():
                return row + 1
    return 0


def _broken(node: "Node") -> Iterator["Node"]:
    if node.is_error or node.is_missing:
        yield node
    elif node.has_error:
        for child in node.children:
            yield from _broken(child)


def _tree(text: str) -> "Node":
    import tree_sitter_toml  # noqa: PLC0415 - only where a counts file is read
    from tree_sitter import Language, Parser  # noqa: PLC0415 - likewise

    return Parser(Language(tree_sitter_toml.language())).parse(text.encode()).root_node
