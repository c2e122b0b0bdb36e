"""Measure deduplication: accuracy and speed on the labelled sets, speed on invented records.

    python tests/benchmarks/bench_dedupe.py
    python tests/benchmarks/bench_dedupe.py sets [SET ...] [--data DIR]
    python tests/benchmarks/bench_dedupe.py scale [10000 100000 1000000]

Without an argument it measures speed: srsr, beside bib-dedupe where it is there, and the scale. `sets` runs `winnow dedupe --input` in a process of its own on each labelled set, scores it, and does the
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

from tests.benchmarks.synthetic_records import synthetic  # noqa: E402 - the checkout comes first

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
WINNOW = [sys.executable, "-c", "from review.cli import main; main()", "dedupe"]
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


@dataclass(frozen=True)
class Run:
    """What a command took: wall and processor seconds, and MB of memory of all its processes at the most.

    Processor seconds are those of the process and its children: they compare tools on a busy machine.
    """

    seconds: float
    worked: float
    memory: float
    said: str


def measured(command: Sequence[str]) -> Run:
    """Run a command to its end and return what it took."""
    started = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=subprocess.DEVNULL)
        most = 0.0
        running = True
        while running:
            # Looking costs time of its own, the more the larger a process is.
            most = max(most, sum(map(held, family(process.pid))))
            try:
                process.wait(0.3)
                running = False
            except subprocess.TimeoutExpired:
                pass
        seconds = time.perf_counter() - started
        said.seek(0)
        text = said.read()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(seconds, worked, most / 1024, text)


def family(process: int) -> list[int]:
    """Return the numbers of a process and all that it started, as far as the system tells."""
    found = [process]
    for parent in found:
        try:
            children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
        except OSError:
            continue
        found += map(int, children.split())
    return found


def held(process: int) -> int:
    """Return the memory of a process in KiB, what it shares with others in proportion."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0)


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
    tools = {"winnow": [*WINNOW, "--input", "IN", "--output", "OUT"]}
    if peer:
        tools["bib-dedupe"] = [peer, "SCRIPT", "IN", "OUT"]
    else:
        print("bib-dedupe is not measured: WINNOW_BENCH_BIB_DEDUPE names no Python that has it.")
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
            seconds = {}
            for tool, command in tools.items():
                out = Path(folder) / f"{name}-{tool}.csv"
                places = {"IN": str(records), "OUT": str(out), "SCRIPT": str(script)}
                run = measured([places.get(word, word) for word in command])
                seconds[tool] = run.seconds
                found = groups_in(out)
                raw, mend = figures(found, truth), figures(found, mended)
                print(
                    f"| {name} | {tool} | {raw.f1:.4f} | {raw.missed} / {raw.wrong} | {mend.f1:.4f} | "
                    f"{mend.missed} / {mend.wrong} | {run.seconds:.1f} | {run.worked:.1f} | {run.memory:.0f} |",
                    flush=True,
                )
            if len(seconds) > 1:
                print(f"\n{name}: {seconds['bib-dedupe'] / seconds['winnow']:.0f} times as fast\n")


def bench_scale(sizes: Sequence[int]) -> None:
    """Print phases, accuracy and memory for each number of invented records, from file to file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in sizes:
            records, truth, out = (folder / f"{what}.csv" for what in ("records", "truth", "out"))
            # In a process of its own, whose memory is given back.
            subprocess.run(
                [sys.executable, __file__, "make", str(size), str(records), str(truth)], check=True
            )
            run = measured([*WINNOW, "--input", str(records), "--output", str(out), "--json"])
            said = json.loads(run.said)
            score = figures(groups_in(out), groups_in(truth))
            facts = {
                "records": size,
                "seconds": round(run.seconds, 2),
                "cpu_seconds": round(run.worked, 2),
                "microseconds_per_record": round(run.seconds / size * 1e6, 1),
                "phases": said["seconds"],
                "peak_mb": round(run.memory),
                "candidate_pairs": said["candidate_pairs"],
                "f1": round(score.f1, 4),
                "missed": score.missed,
                "wrong": score.wrong,
                "queued": said["review"],
            }
            print(json.dumps(facts), flush=True)


def make(size: int, records: Path, truth: Path) -> None:
    """Write invented records and which publication each describes."""
    gc.disable()
    made = synthetic(size)
    names = ("title", "year", "journal", "volume", "issue", "pages", "doi", "abstract")
    with (
        records.open("w", encoding="utf-8", newline="") as one,
        truth.open("w", encoding="utf-8", newline="") as other,
    ):
        rows, labels = csv.writer(one), csv.writer(other)
        rows.writerow(("id", "authors", *names))
        labels.writerow(("id", "group_id"))
        for item in made.items:
            values = [getattr(item.fields, name) for name in names]
            rows.writerow((item.key, "; ".join(item.fields.authors), *values))
            labels.writerow((item.key, made.truth[item.key]))


def main() -> None:
    """Run the benchmark the command line names."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("what", choices=("sets", "scale", "make", ""), nargs="?", default="")
    parser.add_argument("which", nargs="*")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data/dedupe")
    arguments = parser.parse_args()
    if arguments.what == "make":
        size, records, truth = arguments.which
        make(int(size), Path(records), Path(truth))
        return
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    if arguments.what in ("sets", ""):
        if arguments.data.exists():
            chosen = SETS if arguments.what else ("srsr",)
            bench_sets(arguments.which or chosen, arguments.data)
        else:
            print(f"The labelled sets are not at {arguments.data}.")
    if arguments.what in ("scale", ""):
        bench_scale([int(size) for size in arguments.which] or [10_000, 100_000, 1_000_000])


if __name__ == "__main__":
    main()
