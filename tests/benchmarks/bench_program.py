"""Time the program's own verbs on a review of 100,000 references, each in a process of its own.

    python tests/benchmarks/bench_program.py [--references 100000] [--project DIR]

The review has five sources, duplicates, every reference screened, some thousand reports excluded at
full text and some hundred included. Prints seconds by the clock and of the processor, and the most
memory, of each verb. `--project` uses a review made before, or makes it there.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from review.pipeline.project import open_project  # noqa: E402 - the checkout comes first
from review.pipeline.screening.screen import name_sought  # noqa: E402
from review.protocol import read_protocol  # noqa: E402
from review.store.events import Decided, Event, Merged, ProtocolAdopted, Retrieved  # noqa: E402
from screening.records import Stage, Verdict  # noqa: E402
from tests.benchmarks.bench_store import load, tell  # noqa: E402

SOURCES = 5
PROTOCOL = """
[review]
title = "A large review"
question = "How fast is it?"
reviewers = ["anna"]

[[criteria]]
id = "population"
include = ["Infants"]

[screening.full_text]
reasons = ["population", { id = "design", label = "Wrong design" }]
""" + "".join(
    f'[[sources]]\nid = "source-{n}"\nname = "Source {n}"\nkind = "database"\n'
    for n in range(1, SOURCES + 1)
)
VERBS = (
    ("--help",),
    ("flow",),
    ("flow", "--out", "OUT/flow.svg"),
    ("flow", "--out", "OUT/flow.html"),
    ("status",),
    ("tables", "--out", "OUT/tables"),
    ("report", "--out", "OUT"),
    ("check",),
)


def make(folder: Path, references: int) -> None:
    """Write a review of so many references, screened to its end."""
    (folder / "review.toml").write_text(PROTOCOL, encoding="utf-8")
    section = read_protocol(PROTOCOL).screening.model_dump(mode="json")
    digest = sha256(PROTOCOL.encode()).hexdigest()
    with open_project(folder) as project:
        with project.write("anna") as writer:
            writer.append(ProtocolAdopted(text=PROTOCOL, sha256=digest, screening=section))
        for source in range(1, SOURCES + 1):
            load(project.ledger, references // SOURCES, source)
        keys = [f"r{n}" for n in range(1, references + 1)]
        merged = keys[: references // 5]
        append(project, (
            Merged(records=(a, b), method="automatic", score=0.99, reason="same DOI")
            for a, b in zip(merged[::2], merged[1::2], strict=True)
        ))  # fmt: skip
        seen = [*merged[::2], *keys[references // 5 :]]
        sought = seen[::20]
        append(project, (
            Decided(
                reference=key,
                stage=Stage.TITLE_ABSTRACT,
                verdict=Verdict.INCLUDE if n % 20 == 0 else Verdict.EXCLUDE,
            )
            for n, key in enumerate(seen)
        ))  # fmt: skip
        name_sought(project, "anna")
        append(project, (Retrieved(reference=key, outcome="retrieved") for key in sought))
        append(project, (
            Decided(
                reference=key,
                stage=Stage.FULL_TEXT,
                verdict=Verdict.EXCLUDE if n % 10 else Verdict.INCLUDE,
                reasons=("population",) if n % 10 else (),
            )
            for n, key in enumerate(sought)
        ))  # fmt: skip


def append(project: object, events: Iterable[Event]) -> None:
    """Append events in one transaction."""
    with project.write("anna", "file") as writer:  # type: ignore[attr-defined]
        writer.append_many(events)


def measure(folder: Path, out: Path) -> None:
    """Time each verb."""
    run = "import sys; from review.cli import main; sys.argv = ['winnow', *sys.argv[1:]]; main()"
    for verb in VERBS:
        words = [word.replace("OUT", str(out)) for word in verb]
        named = [] if verb == ("--help",) else ["--project", str(folder)]
        begun = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-c", run, *words, *named],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, _, used = os.wait4(process.pid, 0)
        tell(
            f"winnow {' '.join(verb):<28}{time.perf_counter() - begun:>8.2f} s   "
            f"processor {used.ru_utime + used.ru_stime:>7.2f} s   {used.ru_maxrss / 1024:>5.0f} MB"
        )


def main() -> None:
    """Make the review where there is none, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--references", type=int, default=100_000)
    parser.add_argument("--project", type=Path, help="a review made before, or where to make it")
    chosen = parser.parse_args()
    tell(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as name:
        folder = chosen.project or Path(name) / "review"
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "review.toml").exists():
            make(folder, chosen.references)
        measure(folder, Path(name))


if __name__ == "__main__":
    main()
