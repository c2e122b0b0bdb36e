"""The rules of the house that no single room can keep."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("review", "synthesis", "appraisal", "screening")
HEAVY = ("pandas", "plotly", "fastapi", "sklearn", "scipy", "numpy", "docx", "lxml", "sqlalchemy")
LONGEST = 330


def source_files() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def test_help_imports_no_heavy_library() -> None:
    ran = subprocess.run(
        [
            sys.executable,
            "-X",
            "importtime",
            "-c",
            "from review.cli import winnow; winnow(['--help'])",
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert "Usage:" in ran.stdout
    imported = {line.rpartition("|")[2].strip() for line in ran.stderr.splitlines()}
    assert not [name for name in HEAVY if name in imported]


@pytest.mark.parametrize("word", ["utils", "helpers", "manager", "common", "misc"])
def test_no_file_has_a_name_that_says_nothing(word: str) -> None:
    assert not [path for path in source_files() if word in path.stem.split("_")]


def test_no_file_outgrows_one_noun() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in source_files()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert not long


def test_lock_files_name_no_host() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index-url" not in text


def test_ruff_reads_our_configuration(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("import os, sys\n", encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--config", ROOT / "pyproject.toml", bad],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "E401" in ran.stdout
    assert "CPY001" not in ran.stdout
