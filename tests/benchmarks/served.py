"""`winnow serve` in a process of its own, and the team that may come in."""

import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from review.pipeline.people import set_person
from review.pipeline.project import Project
from review.web.passwords import hashed

ROOT = Path(__file__).parents[2]
PASSWORD = "a long word for a benchmark"  # noqa: S105 - of people who do not exist
_SERVE = ("-c", "from review.cli import main; main()", "serve", "--no-open", "--port", "0")


class Served:
    """`winnow serve` on a review's folder; `start` is how many seconds went by until its first page."""

    def __init__(self, folder: Path, *more: str) -> None:
        begun = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, *_SERVE, "--project", str(folder), *more],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        )
        try:
            self.entrance = self._said()
            self.place = urlsplit(self.entrance).netloc
            self._await_page()
        except BaseException:
            self._stop()
            raise
        self.start = time.perf_counter() - begun

    def memory(self) -> tuple[float, float]:
        """Return the megabytes that the server takes now and took at most, by Linux's own account."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        kilobytes = dict(re.findall(r"(Vm\w+):\s+(\d+) kB", status))
        return int(kilobytes["VmRSS"]) / 1024, int(kilobytes["VmHWM"]) / 1024

    def processor(self) -> float:
        """Return the seconds of processor the server has used."""
        stat = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii")
        used = stat.rpartition(")")[2].split()
        return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def _said(self) -> str:
        assert self._process.stdout is not None
        words = self._process.stdout.readline().split()
        if not words:
            message = "winnow serve did not say where it serves; what it said instead is above."
            raise RuntimeError(message)
        return words[-1]

    def _await_page(self) -> None:
        connection = http.client.HTTPConnection(self.place)
        try:
            while not self._answers(connection):
                time.sleep(0.005)
        finally:
            connection.close()

    def _answers(self, connection: http.client.HTTPConnection) -> bool:
        try:
            connection.request("GET", "/sign-in")
        except ConnectionRefusedError:
            connection.close()
            if self._process.poll() is not None:
                raise  # it has ended, and will answer nobody
            return False
        connection.getresponse().read()
        return True

    def _stop(self) -> None:
        self._process.terminate()
        self._process.wait(30)
        if self._process.stdout is not None:
            self._process.stdout.close()


def compiled() -> None:
    """Compile the program, as pip does where it is installed: otherwise a start may measure that."""
    packages = ("appraisal", "review", "screening", "synthesis")
    subprocess.run([sys.executable, "-m", "compileall", "-q", *packages], cwd=ROOT, check=True)


def team(project: Project, names: Sequence[str]) -> None:
    """Give people an account each, all with one password; the first of them is the owner."""
    password = hashed(PASSWORD)
    for number, name in enumerate(names):
        roles = ("reviewer",) if number else ("reviewer", "owner")
        set_person(project, names[0], name, roles, password_hash=password)
