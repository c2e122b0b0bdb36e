"""The one finder of what the program brings along: templates, instruments, fonts, the example.

In a checkout (and an editable install) these lie beside pyproject.toml; in a wheel they lie inside the
`review` package. Everything below this package takes them as text, bytes or paths.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from screening.problems import WinnowError, error

FONT_FAMILY = "Source Sans Pro"
_FONT_STYLES = ("Regular", "Bold", "It", "BoldIt")


class FontFile(NamedTuple):
    """A font of the program: its style ("Regular", "Bold", "It", "BoldIt") and its TrueType file."""

    style: str
    path: Path

    def data(self) -> bytes:
        """Return the bytes of the file."""
        return self.path.read_bytes()


@cache
def root() -> Path:
    """Return the folder that holds `templates/`, `data/` and `review.toml`."""
    package = Path(str(files("review")))
    checkout = package.parent
    project = checkout / "pyproject.toml"
    if project.is_file() and 'name = "winnow-review"' in project.read_text(encoding="utf-8"):
        return checkout
    return package


def path(name: str) -> Path:
    """Return the path of a resource, such as "templates/flow/diagram.svg" or the folder "data".

    Raises WinnowError where it is absent, which means that the installation is damaged.
    """
    found = root() / name
    if not found.exists():
        raise WinnowError(
            error(
                str(found),
                f'The program\'s own file "{name}" is missing. The installation is damaged: install'
                " winnow-review again.",
                name,
            )
        )
    return found


def text(name: str) -> str:
    """Return the text of a resource, read as UTF-8."""
    return path(name).read_text(encoding="utf-8")


def instruments() -> dict[str, str]:
    """Return the text of every appraisal instrument by the name of its file, in order of names."""
    folder = Path(str(files("appraisal"))) / "instruments"
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.toml"))}


@cache
def fonts() -> dict[str, FontFile]:
    """Return the program's font by style; the files come with the package font-source-sans-pro.

    Raises WinnowError where a file is missing, because pictures drawn without it would lose their
    text in silence.
    """
    folder = Path(str(files("font_source_sans_pro"))) / "files"
    found = {
        style: FontFile(style, folder / f"SourceSansPro-{style}.ttf") for style in _FONT_STYLES
    }
    missing = [font for font in found.values() if not font.path.is_file()]
    if missing:
        raise WinnowError(
            error(
                str(font.path),
                f'The font "{FONT_FAMILY} {font.style}" is missing: install font-source-sans-pro again.',
            )
            for font in missing
        )
    return found


@contextmanager
def font_folder() -> Iterator[Path]:
    """Give a folder that holds the program's fonts alone, one file for each style.

    The fonts' own package has two files for each style, and which of them a renderer takes depends on
    the order of the folder.
    """
    with TemporaryDirectory(prefix="winnow-fonts-") as name:
        for font in fonts().values():
            (Path(name) / font.path.name).write_bytes(font.data())
        yield Path(name)
