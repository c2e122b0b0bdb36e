"""What the program brings along is found in a checkout and in a wheel alike."""

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from review import resources
from screening.problems import WinnowError


def test_templates_lie_beside_the_project_file_in_a_checkout() -> None:
    assert (resources.root() / "pyproject.toml").is_file()
    assert resources.text("templates/flow/diagram.svg").lstrip().startswith("<svg")


def test_a_wheel_brings_its_templates_inside_the_package(tmp_path: Path) -> None:
    checkout = resources.root()
    for package in ("review", "screening", "appraisal"):
        shutil.copytree(
            checkout / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copytree(checkout / "templates", tmp_path / "review" / "templates")
    program = "from review import resources; print(resources.path('templates/flow/diagram.svg'))"
    done = subprocess.run(
        [sys.executable, "-P", "-c", program],
        env={"PYTHONPATH": f"{tmp_path}:{sysconfig.get_path('purelib')}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(done.stdout.strip()) == tmp_path / "review/templates/flow/diagram.svg"


def test_a_missing_resource_is_told_as_a_damaged_installation() -> None:
    with pytest.raises(WinnowError, match="install winnow-review again"):
        resources.path("templates/no-such-file")


def test_every_font_is_a_truetype_file() -> None:
    fonts = resources.fonts()
    assert set(fonts) == {"Regular", "Bold", "It", "BoldIt"}
    assert {font.data()[:4] for font in fonts.values()} == {b"\x00\x01\x00\x00"}
