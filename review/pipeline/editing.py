"""The texts that people write by hand, review.toml and the report's own text, changed from a page."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from review.pipeline.project import Project
from review.pipeline.unchanged import ChangedMeanwhile
from screening.problems import WinnowError, error


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the review as it stands, and what tells this text from any other."""

    text: str
    seen: str


def written(project: Project, name: str) -> Written:
    """Return a text file of the review. Raises WinnowError where it is not UTF-8 or lies elsewhere."""
    path = _inside(project, name)
    try:
        text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    except (OSError, UnicodeDecodeError):
        raise WinnowError(
            error(name, "this cannot be read as UTF-8 text. Save it again.")
        ) from None
    return Written(text, _seen(text))


def write_over(project: Project, name: str, text: str, *, seen: str) -> None:
    """Put a text in the place of the one a person has `seen`, whole or not at all.

    Raises ChangedMeanwhile where another one lies there by now; nothing is written then.
    """
    path = _inside(project, name)
    if written(project, name).seen != seen:
        raise ChangedMeanwhile(name)
    whole = path.with_name(f".{path.name}.new")
    whole.write_text(text.rstrip("\n") + "\n", encoding="utf-8")
    whole.replace(path)


@dataclass(frozen=True, slots=True)
class NewSource:
    """A place searched, as a person fills it in; what is empty is left out."""

    name: str
    platform: str = ""
    kind: str = "database"
    searched: str = ""
    reported: str = ""
    strategy: str = ""


def with_source(text: str, source: NewSource, known: Collection[str]) -> str:
    """Return a text of review.toml with one more source at its end, under an id that is not `known`."""
    said = {
        "id": _identifier(source.name, known),
        "name": source.name,
        "platform": source.platform,
        "kind": source.kind,
        "searched": source.searched,
    }
    lines = ["[[sources]]", *(f"{key} = {_toml(value)}" for key, value in said.items() if value)]
    if source.reported:
        number = source.reported
        lines.append(f"reported = {number if number.isdecimal() else _toml(number)}")
    if source.strategy:
        lines.append(f"strategy = {_long(source.strategy)}")
    return "\n".join([text.rstrip("\n"), "", *lines, ""]).lstrip("\n")


def _identifier(name: str, known: Collection[str]) -> str:
    folded = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower())
    plain = "-".join(part for part in folded.split("-") if part) or "source"
    found, number = plain, 1
    while found in known:
        number += 1
        found = f"{plain}-{number}"
    return found


def _toml(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _long(value: str) -> str:
    """Return a text as it was typed where TOML can hold it so, else in one line."""
    plain = all(c.isprintable() or c in "\n\t" for c in value)
    return f"'''\n{value}'''" if plain and "'''" not in value else _toml(value)


def _inside(project: Project, name: str) -> Path:
    path = project.path(name).resolve()
    if not path.is_relative_to(project.directory.resolve()):
        raise WinnowError(
            error(
                name, "this file lies outside the review's folder. Change it with an editor there."
            )
        )
    return path


def _seen(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
