"""Measure the ranking process on a large review, and decisions beside it.

    python tests/benchmarks/bench_ranking_process.py [--sets ../shared/data/screening] [--references 50000]

The references are those of the labelled sets, over and over, with the words of each shifted so that none
is another's copy. Printed are the seconds until the first order, the process's CPU time and peak
memory (Linux), and how long a decision with the next reference takes with and without ranking beside it.
"""

import argparse
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from review.cli.rank_files import read_labelled
from review.cli.terminal import say
from review.pipeline.project import Project
from review.pipeline.screening.rank import STAGE
from review.pipeline.screening.ranking_process import RankingDesk
from review.pipeline.screening.screen import Ruling, decide
from review.store import queries
from screening.records import Verdict
from tests.review.pipeline.reviews import review

PROTOCOL = '[review]\ntitle = "Large"\nquestion = "How long?"\nreviewers = ["anna"]\n'


def texts(sets: Path) -> Iterator[str]:
    """Yield texts without end, every round of them with their words moved on by one place."""
    known = [
        text.split()
        for path in sorted(sets.glob("*.csv*"))
        for text in read_labelled(path)[0].texts
    ]
    for turn in count():
        for words in known:
            if len(words) > 50:
                yield " ".join((*words[turn:], *words[:turn]))


def decision(project: Project, desk: RankingDesk | None) -> float:
    """Decide on the next reference, look for the one after it, and return the milliseconds."""
    with project.ledger.read() as conn:
        key = queries.queue(conn, STAGE, "anna", order="ranked")[0]
    started = time.perf_counter()
    decide(project, "anna", key, Ruling(STAGE, Verdict.EXCLUDE))
    if desk is not None:
        desk.note_decision("anna")
    with project.ledger.read() as conn:
        queries.queue(conn, STAGE, "anna", order="ranked")
    return 1000 * (time.perf_counter() - started)


def measure(project: Project) -> None:
    """Print what ranking costs, and what it costs those who decide meanwhile."""
    alone = [decision(project, None) for _ in range(100)]
    beside: list[float] = []
    with RankingDesk(project) as desk:
        started = time.perf_counter()
        while True:
            beside.append(decision(project, desk))
            with project.ledger.read() as conn:
                if queries.ranked_order(conn, STAGE, "anna"):
                    break
            time.sleep(0.1)
        say(f"first order after {time.perf_counter() - started:.0f} s")
        if desk.process_id is not None and Path("/proc/self/status").exists():
            status = Path(f"/proc/{desk.process_id}/status").read_text(encoding="ascii")
            peak = next(line.split()[1] for line in status.splitlines() if "VmHWM" in line)
            say(f"peak memory of the ranking process {int(peak) // 1024:,} MB")
    for name, times in (("without ranking", alone), ("beside ranking", beside)):
        late = sorted(times)[int(0.95 * len(times))]
        say(f"decision {name}: median {statistics.median(times):.0f} ms, 95 % within {late:.0f} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=Path, default=Path("../shared/data/screening"))
    parser.add_argument("--references", type=int, default=50_000)
    arguments = parser.parse_args()
    say(f"{platform.platform()}, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        many = list(islice(texts(arguments.sets), arguments.references))
        with review(Path(folder), many, protocol=PROTOCOL) as opened:
            measure(opened)
