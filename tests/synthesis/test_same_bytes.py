"""The same review gives the same bytes: in another process, at another time, in another zone."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
# A process whose clock is shifted before any library can look at it.
CHILD = """
import datetime, hashlib, sys, time
shift = float(sys.argv[1])
now, local = time.time, time.localtime
time.time = lambda: now() + shift
time.localtime = lambda seconds=None: local(time.time() if seconds is None else seconds)
class Shifted(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.fromtimestamp(time.time(), tz)
    @classmethod
    def utcnow(cls):
        return cls.now(datetime.timezone.utc).replace(tzinfo=None)
datetime.datetime = Shifted

from synthesis.report_outline import compose
from synthesis.writers import report_docx, report_html
from synthesis.writers.table_files import Format, table_files
from tests.synthesis import test_report, worked_example

inputs = test_report.inputs()
report = compose(inputs)
files = {"report.docx": report_docx.write(report), "report.html": report_html.write(
    report, template=worked_example.PAGE, style=worked_example.STYLE)}
for form in Format:
    files |= table_files(inputs.built, form, style=worked_example.STYLE)
for name, content in sorted(files.items()):
    print(name, hashlib.sha256(content).hexdigest())
"""


def digests(shift: int, zone: str, seed: str) -> list[str]:
    environment = {
        **os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "LC_ALL": "C",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(shift)],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
        cwd=ROOT,
    )
    return done.stdout.splitlines()


def test_every_file_is_the_same_in_a_fresh_process_years_later() -> None:
    today = digests(0, "UTC", "1")
    later = digests(3 * 365 * 86400, "Pacific/Auckland", "2")
    assert today == later
    assert len(today) > 20
