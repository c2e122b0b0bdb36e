"""TOML as people write it: values with the line of every key, and every mistake at once.

`tomllib` stops at the first mistake and forgets the lines; tree-sitter's grammar gives both.
"""

import difflib
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from screening.problems import Problem, WinnowError, error

if TYPE_CHECKING:
    from tree_sitter import Node

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class TomlText:
    """A parsed TOML text: its name for messages, its values and the line of each key."""

    name: str
    data: Mapping[str, Any]
    lines: Mapping[Path, int]

    def line(self, path: Sequence[str | int]) -> int | None:
        """Return the line of the key at `path`, or of its nearest written ancestor."""
        for end in range(len(path), 0, -1):
            if (found := self.lines.get(tuple(path[:end]))) is not None:
                return found
        return None

    def where(self, path: Sequence[str | int]) -> str:
        """Return "NAME, line N" for messages, or the name alone where there is no line."""
        line = self.line(path)
        return f"{self.name}, line {line}" if line else self.name


def parse(text: str, name: str) -> TomlText:
    """Parse TOML text, keeping the line of every key.

    Raises WinnowError with every syntax error, each with its line.
    """
    root = _tree(text)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as mistake:
        problems = _syntax_errors(root, text, name) or [error(name, f"{mistake}. Mend that line.")]
        raise WinnowError(problems, exit_status=1) from None
    return TomlText(name, data, dict(_key_lines(root)))


def closest(word: str, known: Iterable[str]) -> str:
    """Return ' Did you mean "X"?' for the known word nearest to `word`, or an empty text."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f' Did you mean "{near[0]}"?' if near else ""


def validation_problems(
    mistakes: ValidationError, document: TomlText, model: type[BaseModel]
) -> list[Problem]:
    """Return pydantic's complaints as sentences with the line, the key and a suggestion."""
    found: dict[tuple[str, str], Problem] = {}
    for detail in mistakes.errors(include_url=False):
        path = _path_in(document.data, detail["loc"])
        problem = error(
            document.where(path), _sentence(detail, path, model), ".".join(map(str, path))
        )
        found.setdefault((problem.where, problem.message), problem)
    return list(found.values())


def _sentence(detail: ErrorDetails, path: Path, model: type[BaseModel]) -> str:
    key = str(path[-1]) if path else ""
    table = ".".join(str(part) for part in path[:-1] if isinstance(part, str))
    inside = f" in [{table}]" if table else ""
    match detail["type"]:
        case "extra_forbidden":
            known = sorted(_keys_at(model, path[:-1]))
            listed = f" Known keys: {', '.join(known)}." if known else ""
            return f'"{key}" is not a key{inside}.{closest(key, known)}{listed}'
        case "missing":
            return f'the key "{key}" is missing{inside}. Add it.'
        case "literal_error" | "enum":
            expected = detail.get("ctx", {}).get("expected", "")
            known = [word.strip(" '") for word in str(expected).replace(" or ", ",").split(",")]
            value = str(detail["input"])
            return f'{key} = "{value}" is not one of {", ".join(known)}.{closest(value, known)}'
        case "value_error":
            return f"{key}: {str(detail['msg']).removeprefix('Value error, ')}"
        case _:
            return f"{key}{inside}: {detail['msg']}; it is written as {detail['input']!r}."


def _path_in(data: Any, loc: Sequence[str | int]) -> Path:  # noqa: ANN401 - any TOML value
    """Drop from pydantic's location the steps that are not keys of the file (union branches)."""
    path: list[str | int] = []
    here = data
    for number, step in enumerate(loc):
        if isinstance(here, Mapping) and step in here:
            path.append(step)
            here = here[str(step)]
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            path.append(step)
            here = here[step]
        elif number == len(loc) - 1 and isinstance(here, Mapping):
            path.append(step)
    return tuple(path)


def _keys_at(model: type[BaseModel], path: Path) -> set[str]:
    """Return the keys that the model knows at a path, over all branches of its unions."""
    kinds: list[Any] = [model]
    for step in path:
        kinds = [inner for kind in kinds for inner in _inside(kind, step)]
    return {
        field.alias or name
        for kind in kinds
        for name, field in getattr(kind, "model_fields", {}).items()
    }


def _inside(kind: Any, step: str | int) -> Iterator[Any]:  # noqa: ANN401 - any annotation
    fields = getattr(kind, "model_fields", {})
    for name, field in fields.items():
        if step in (name, field.alias):
            yield from _branches(field.annotation)
    if not fields:
        yield from (branch for arm in get_args(kind) for branch in _branches(arm))


def _branches(annotation: Any) -> Iterator[Any]:  # noqa: ANN401 - any annotation
    if get_origin(annotation) in (Union, UnionType):
        for arm in get_args(annotation):
            yield from _branches(arm)
    else:
        yield annotation


def _tree(text: str) -> "Node":
    import tree_sitter_toml  # noqa: PLC0415 - only where a TOML file is read
    from tree_sitter import Language, Parser  # noqa: PLC0415 - likewise

    return Parser(Language(tree_sitter_toml.language())).parse(text.encode()).root_node


def _syntax_errors(root: "Node", text: str, name: str) -> list[Problem]:
    lines = text.split("\n")
    numbers = sorted({number for node in _broken(root) for number in _error_lines(node, lines)})
    return [
        error(
            f"{name}, line {number}",
            f"this is not TOML: {lines[number - 1].strip()!r}. {_hint(lines[number - 1])}",
        )
        for number in numbers
    ]


def _broken(node: "Node") -> Iterator[Any]:
    if node.is_error or node.is_missing:
        yield node
    elif node.has_error:
        for child in node.children:
            yield from _broken(child)


def _error_lines(node: "Node", lines: Sequence[str]) -> Iterator[int]:
    """Name the first line of a broken stretch, and each further one no `key = value` can explain."""
    first = node.start_point.row
    last = min(node.end_point.row, len(lines) - 1)
    yield first + 1
    for row in range(first + 1, last + 1):
        line = lines[row].strip()
        if line and not line.startswith(("#", "[")) and "=" not in line:
            yield row + 1


def _hint(line: str) -> str:
    if any(mark in line for mark in "“”‘’„"):
        return "Use straight quotation marks: \" and '."
    if line.count('"') % 2:
        return 'A quotation mark " is missing.'
    if line.lstrip().startswith("["):
        return "A section is written [name], or [[name]] where it may stand several times."
    if "=" not in line:
        return 'A line is written key = value, text in quotation marks: title = "My review".'
    return 'Text stands in quotation marks, lists in [ ] with commas: aims = ["one", "two"].'


def _key_lines(root: "Node") -> Iterator[tuple[Path, int]]:
    counted: dict[Path, int] = {}
    for node in root.children:
        if node.type == "pair":
            yield from _pair_lines(node, ())
        elif node.type in ("table", "table_array_element"):
            keys = _keys(next(child for child in node.children if child.is_named))
            base = (*_indexed(keys[:-1], counted), keys[-1])
            line = node.start_point.row + 1
            if node.type == "table_array_element":
                counted[base] = counted.get(base, -1) + 1
                base = (*base, counted[base])
            yield base, line
            for child in node.children:
                if child.type == "pair":
                    yield from _pair_lines(child, base)


def _indexed(keys: Sequence[str], counted: Mapping[Path, int]) -> Path:
    path: Path = ()
    for key in keys:
        path = (*path, key)
        if path in counted:
            path = (*path, counted[path])
    return path


def _pair_lines(node: "Node", base: Path) -> Iterator[tuple[Path, int]]:
    named = [child for child in node.children if child.is_named and child.type != "comment"]
    path = (*base, *_keys(named[0]))
    yield path, node.start_point.row + 1
    yield from _value_lines(named[-1], path)


def _value_lines(node: "Node", path: Path) -> Iterator[tuple[Path, int]]:
    if node.type == "inline_table":
        for child in node.children:
            if child.type == "pair":
                yield from _pair_lines(child, path)
    elif node.type == "array":
        values = [child for child in node.children if child.is_named and child.type != "comment"]
        for number, child in enumerate(values):
            yield (*path, number), child.start_point.row + 1
            yield from _value_lines(child, (*path, number))


def _keys(node: "Node") -> list[str]:
    if node.type == "dotted_key":
        return [key for child in node.children if child.is_named for key in _keys(child)]
    text = (node.text or b"").decode()
    return [next(iter(tomllib.loads(f"{text} = 0")))]
