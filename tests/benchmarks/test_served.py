"""What the benchmarks of the pages start, and what they leave behind."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import served

SILENT = "print(flush=True); import time; time.sleep(60)"
NOWHERE = "print('http://127.0.0.1:1/', flush=True)"


@pytest.mark.parametrize("program", [SILENT, NOWHERE])
def test_a_server_whose_start_fails_is_not_left_running(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[str]] = []
    popen = subprocess.Popen

    def noted(*arguments: Any, **more: Any) -> subprocess.Popen[str]:
        started.append(popen(*arguments, **more))
        return started[-1]

    monkeypatch.setattr(served, "_SERVE", ("-c", program))
    monkeypatch.setattr(subprocess, "Popen", noted)
    with pytest.raises((RuntimeError, ConnectionRefusedError)):
        served.Served(tmp_path)
    assert [each.poll() is not None for each in started] == [True]
