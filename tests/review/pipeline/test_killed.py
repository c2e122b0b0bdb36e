"""Killing the program at any moment costs nothing: the ledger opens, agrees with itself, and goes on."""

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.review.running import winnow

ROOT = Path(__file__).parents[3]
RUN = "import sys; from review.cli import main; sys.argv = ['winnow', *sys.argv[1:]]; main()"
STEPS = (
    ("load",),
    ("dedupe",),
    ("screen", "--import", "data/decisions/title_abstract.csv"),
)


def started(folder: Path, step: tuple[str, ...]) -> "subprocess.Popen[bytes]":
    arguments = [folder / part if part.startswith("data/") else part for part in step]
    return subprocess.Popen(
        [sys.executable, "-c", RUN, *map(str, arguments), "--project", str(folder)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def counts(folder: Path) -> str:
    return winnow("flow", "--json", "--project", folder).out


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = example(tmp_path_factory.mktemp("undisturbed"))
    for step in STEPS:
        started(folder, step).wait()
    return counts(folder)


def example(folder: Path) -> Path:
    shutil.copy(ROOT / "review.toml", folder)
    shutil.copytree(ROOT / "data", folder / "data")
    return folder


@pytest.mark.parametrize("seed", range(3))
def test_a_killed_step_leaves_a_sound_ledger_and_completes_when_run_again(
    tmp_path: Path, undisturbed: str, seed: int
) -> None:
    chance = random.Random(seed)
    folder = example(tmp_path)
    for step in STEPS:
        process = started(folder, step)
        time.sleep(chance.uniform(0.4, 2.5))
        process.send_signal(signal.SIGKILL)
        process.wait()
        rebuilt = winnow("check", "--rebuild", "--json", "--project", folder)
        assert '"subject": "projection"' not in rebuilt.err
        finished = started(folder, step)
        assert finished.wait() in (0, 1)
    assert counts(folder) == undisturbed
