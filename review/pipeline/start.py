"""Start a review: a folder with a review.toml, from answers or as the worked example."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from review import resources
from screening.problems import WinnowError, error

FOLDERS = ("exports", "fulltexts", "out")


@dataclass(frozen=True, slots=True)
class StartingSource:
    """A source as it is known before anything was searched."""

    id: str
    name: str
    kind: str = "database"
    exports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """What a new review.toml is written from."""

    title: str
    question: str
    reviewers: Sequence[str]
    sources: Sequence[StartingSource]
    dual: bool = False


def start_review(directory: Path, answers: Answers) -> Path:
    """Write a new review.toml and its folders, and return the file's path.

    Raises WinnowError where the folder already holds a review.
    """
    from jinja2 import Environment, StrictUndefined

    path = _free_place(directory)
    template = Environment(undefined=StrictUndefined, autoescape=False).from_string(  # noqa: S701 - TOML, not HTML
        resources.text("templates/project/review.toml")
    )
    text = template.render(
        title=_toml(answers.title),
        question=_toml(answers.question),
        reviewers=_toml(list(answers.reviewers)),
        policy=_toml("dual" if answers.dual else "single"),
        sources=[
            {
                "id": _toml(source.id),
                "name": _toml(source.name),
                "kind": _toml(source.kind),
                "exports": _toml(list(source.exports)),
            }
            for source in answers.sources
        ],
    )
    for folder in FOLDERS:
        (directory / folder).mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def start_example(directory: Path) -> Path:
    """Copy the worked example, its protocol and its data, and return the path of its review.toml.

    Raises WinnowError where the folder already holds a review.
    """
    path = _free_place(directory)
    directory.mkdir(parents=True, exist_ok=True)
    path.write_text(resources.text("review.toml"), encoding="utf-8")
    shutil.copytree(
        resources.path("data"),
        directory / "data",
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns("generate", "__pycache__"),
    )
    return path


def _free_place(directory: Path) -> Path:
    path = directory / "review.toml"
    if path.exists():
        raise WinnowError(
            error(
                str(path), "a review already lives here. Choose another folder: winnow init FOLDER."
            )
        )
    return path


def _toml(value: str | list[str]) -> str:
    """Write a text or a list of texts as TOML, whose escapes include those of JSON."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
