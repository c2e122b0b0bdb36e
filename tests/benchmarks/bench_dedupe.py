"""Measure deduplication: accuracy and speed on the labelled sets, speed on invented records.

    python tests/benchmarks/bench_dedupe.py sets [SET ...] [--data DIR]
    python tests/benchmarks/bench_dedupe.py scale [10000 100000 1000000]

`sets` runs `winnow dedupe --input` in a process of its own on each labelled set, scores it, and does the
same with bib-dedupe where WINNOW_BENCH_BIB_DEDUPE names a Python that has it installed (it pins other
versions of libraries: give it an environment of its own). Labels are taken as they are, and again as
docs/label-faults.md adjudicates them. `scale` shows the phases and that time per record hardly grows.
"""

import argparse
import csv
import gc
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from screening.identification.matching.groups import match  # noqa: E402 - the checkout comes first
from tests.benchmarks.synthetic_records import synthetic  # noqa: E402

SETS = (
    "haematology",
    "respiratory",
    "diabetes",
    "cardiac",
    "digital_work",
    "srsr",
    "dblp_acm",
    "cora",
)
ADJUDICATED = ROOT / "tests/calibration/adjudicated.csv"

_BIB_DEDUPE = """
import sys, warnings
warnings.filterwarnings("ignore")
import pandas as pd
from bib_dedupe.bib_dedupe import block, cluster, match, prep
if __name__ == "__main__":
    names = {"id": "ID", "authors": "author"}
    table = pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False).rename(columns=names)
    table["ENTRYTYPE"] = "article"
    groups = {key: key for key in table["ID"]}
    for group in cluster(match(block(prep(table)))):
        groups.update(dict.fromkeys(group, group[0]))
    pd.Series(groups, name="group_id").rename_axis("id").to_csv(sys.argv[2])
"""


@dataclass(frozen=True)
class Figures:
    """Pairwise F1, and per record: duplicates kept (missed) and publications lost (wrong)."""

    f1: float
    missed: int
    wrong: int


def figures(found: Mapping[str, str], truth: Mapping[str, str]) -> Figures:
    """Score groups as the first record of each in the order of `truth` is kept and others removed."""
    pairs = lambda counts: sum(count * (count - 1) // 2 for count in counts.values())  # noqa: E731
    group = {key: found.get(key, f"alone {key}") for key in truth}
    right = pairs(Counter((truth[key], group[key]) for key in truth))
    wished, made = pairs(Counter(truth.values())), pairs(Counter(group.values()))
    first: dict[str, str] = {}
    for key in truth:
        first.setdefault(group[key], key)
    kept = Counter(truth[key] for key in first.values())
    publications = set(truth.values())
    missed = sum(count - 1 for count in kept.values())
    f1 = 2 * right / (wished + made) if wished + made else 1.0
    return Figures(f1, missed, len(publications - set(kept)))


def measured(command: Sequence[str]) -> tuple[float, float, float]:
    """Run a command and return wall and processor seconds and the most memory (MB) of one process.

    Processor seconds are those of the process and its children: they compare tools on a busy machine.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{' '.join(command)} failed")
    worked = used.ru_utime + used.ru_stime
    return time.perf_counter() - started, worked, used.ru_maxrss / 1024


def groups_in(path: Path) -> dict[str, str]:
    """Return the group of each id in a csv file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row["group_id"] for row in csv.DictReader(stream)}


def adjudicated(name: str, truth: dict[str, str]) -> dict[str, str]:
    """Return the labels with the documented faults of this set mended."""
    with ADJUDICATED.open(encoding="utf-8", newline="") as stream:
        mended = {
            row["id"]: row["publication"] for row in csv.DictReader(stream) if row["set"] == name
        }
    return truth | mended


def bench_sets(names: Sequence[str], data: Path) -> None:
    """Print a table of figures per set, tool and labels."""
    peer = os.environ.get("WINNOW_BENCH_BIB_DEDUPE")
    tools = {
        "winnow": [
            sys.executable,
            "-c",
            "from review.cli import main; main()",
            "dedupe",
            "--input",
            "IN",
            "--output",
            "OUT",
        ]
    }
    if peer:
        tools["bib-dedupe"] = [peer, "SCRIPT", "IN", "OUT"]
    print(
        "| set | tool | F1 | missed / wrong | adjudicated F1 | missed / wrong | seconds | CPU seconds | MB |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "peer.py"
        script.write_text(_BIB_DEDUPE, encoding="utf-8")
        for name in names:
            poorer = data / name / "records_without_abstracts.csv.gz"
            records = poorer if poorer.exists() else data / name / "records.csv.gz"
            truth = groups_in(data / name / "labels.csv")
            mended = adjudicated(name, truth)
            for tool, command in tools.items():
                out = Path(folder) / f"{name}-{tool}.csv"
                places = {"IN": str(records), "OUT": str(out), "SCRIPT": str(script)}
                seconds, worked, memory = measured([places.get(word, word) for word in command])
                found = groups_in(out)
                raw, mend = figures(found, truth), figures(found, mended)
                print(
                    f"| {name} | {tool} | {raw.f1:.4f} | {raw.missed} / {raw.wrong} | {mend.f1:.4f} | "
                    f"{mend.missed} / {mend.wrong} | {seconds:.1f} | {worked:.1f} | {memory:.0f} |",
                    flush=True,
                )


def bench_scale(sizes: Sequence[int]) -> None:
    """Print the phases for each number of invented records, each in a process of its own."""
    for size in sizes:
        subprocess.run([sys.executable, __file__, "once", str(size)], check=True)


def bench_once(size: int) -> None:
    """Print the phases, accuracy and memory for one number of invented records."""
    gc.disable()  # as the command does
    made = synthetic(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started, worked = time.perf_counter(), time.process_time()
    found = match(made.items, clock=time.perf_counter, threads=os.cpu_count() or 1)
    seconds = time.perf_counter() - started
    worked = time.process_time() - worked
    group = {key: str(number) for number, one in enumerate(found.groups) for key in one.keys}
    score = figures(group, {key: str(number) for key, number in made.truth.items()})
    facts = {
        "records": size,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(worked, 2),
        "microseconds_per_record": round(seconds / size * 1e6, 1),
        "phases": {phase: round(value, 2) for phase, value in found.phases.items()},
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "records_mb": round(before),
        "candidate_pairs": found.candidates,
        "f1": round(score.f1, 4),
        "missed": score.missed,
        "wrong": score.wrong,
        "queued": len(found.queued),
    }
    print(json.dumps(facts), flush=True)


def main() -> None:
    """Run the benchmark the command line names."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("what", choices=("sets", "scale", "once"))
    parser.add_argument("which", nargs="*")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data/dedupe")
    arguments = parser.parse_args()
    if arguments.what != "once":
        print(
            f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
        )
    if arguments.what == "sets":
        bench_sets(arguments.which or SETS, arguments.data)
    elif arguments.what == "scale":
        bench_scale([int(size) for size in arguments.which] or [10_000, 100_000, 1_000_000])
    else:
        bench_once(int(arguments.which[0]))


if __name__ == "__main__":
    main()
