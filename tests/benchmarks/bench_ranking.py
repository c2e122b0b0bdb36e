"""Measure ranking and the stopping rule on labelled sets, as Markdown tables.

    python tests/benchmarks/bench_ranking.py [--sets ../shared/data/screening] [--seeds 10]
    python tests/benchmarks/bench_ranking.py --beside [--seeds 3]
    python tests/benchmarks/bench_ranking.py --cost texts.csv.gz

Each replay begins from one relevant and one other reference drawn by its seed. Ranking: WSS@95, recall
after 10 %, loss, and the lowest recall after 10 % of any seed against the set's mean. Stopping: the
recall reached when the 95 % / 95 % test first allows stopping, and the share screened by then; beside
it the same for 50 and 200 irrelevant references in a row. `--beside` replays each set with ASReview's
default model too, from the same two references and relearning as often, where WINNOW_BENCH_ASREVIEW
names a Python that has asreview 3 installed. `--cost` times vectorising and one retraining
on 50,000 texts (columns title, abstract) instead.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from review.cli.rank_files import Labelled, read_labelled
from review.cli.terminal import say
from screening.ranking.learning import MODEL, rank
from screening.ranking.measures import loss, recall_at, work_saved
from screening.ranking.simulation import Simulation, simulate
from screening.ranking.vectorising import vectorise
from screening.stopping.heuristics import irrelevant_in_a_row
from screening.stopping.testing import p_value

RULES: dict[str, Callable[[Sequence[bool], int], bool]] = {
    "95 % / 95 % test": lambda labels, total: p_value(labels, total, 0.95) < 0.05,
    "50 in a row": lambda labels, _: irrelevant_in_a_row(labels, 50).met,
    "200 in a row": lambda labels, _: irrelevant_in_a_row(labels, 200).met,
}


# Its own simulation, told which two references are given; relearns after every 5 % more labels, as ours.
_ASREVIEW = """
import json, sys, warnings
warnings.filterwarnings("ignore")
import pandas as pd
from asreview.learner import ActiveLearningCycle
from asreview.models.models import get_ai_config
from asreview.simulation.simulate import Simulate
task = json.load(sys.stdin)
texts = pd.DataFrame({"title": task["texts"], "abstract": ""})
def replay(given):
    cycle = ActiveLearningCycle.from_meta(get_ai_config("elas_u4")["value"])
    cycle.n_query = lambda results: max(1, int(0.05 * len(results)))
    run = Simulate(texts, task["labels"], cycle, print_progress=False)
    run.label(given)
    run.review()
    return [int(place) for place in run._results["record_id"]]
print(json.dumps([replay(given) for given in task["given"]]))
"""


def stopped(labels: Sequence[bool], rule: Callable[[Sequence[bool], int], bool]) -> int:
    """Return how many are screened when the rule first allows stopping, or all of them."""
    for screened in range(1, len(labels)):
        if not labels[screened - 1] and rule(labels[:screened], len(labels)):
            return screened
    return len(labels)


def measure(sets: Path, seeds: int) -> None:
    """Print one row per set, the means, and the coverage of each stopping rule."""
    recalls: dict[str, list[float]] = {rule: [] for rule in RULES}
    shares: dict[str, list[float]] = {rule: [] for rule in RULES}
    means: list[tuple[float, float, float]] = []
    say(f"{MODEL}, seeds 1 to {seeds}\n")
    say("| set | records / included | WSS@95 | recall@10 % | loss | lowest / mean recall@10 % |")
    say("|---|---|---|---|---|---|")
    for path in sorted(sets.glob("*.csv*")):
        labelled, _ = read_labelled(path)
        runs = replays(labelled, seeds)
        for run in runs:
            found = [labelled.labels[place] for place in run.order[run.given :]]
            for name, rule in RULES.items():
                screened = stopped(found, rule)
                recalls[name].append(sum(found[:screened]) / sum(found))
                shares[name].append(screened / len(found))
        saved, recall, lost = (
            statistics.mean(values)
            for values in zip(*((r.work_saved, r.recall, r.loss) for r in runs), strict=True)
        )
        means.append((saved, recall, lost))
        lowest = min(run.recall for run in runs) / recall
        say(
            f"| {path.name.split('.')[0]} | {len(labelled.labels)} / {sum(labelled.labels)} | "
            f"{saved:.3f} | {recall:.3f} | {lost:.3f} | {lowest:.2f} |",
        )
    columns = [statistics.mean(values) for values in zip(*means, strict=True)]
    say("| mean | | " + " | ".join(f"{value:.3f}" for value in columns) + " | |\n")
    say("| rule | runs | recall of 95 % reached | lowest recall | screened on average |")
    say("|---|---|---|---|---|")
    for name in RULES:
        reached = sum(recall >= 0.95 for recall in recalls[name])
        say(
            f"| {name} | {len(recalls[name])} | {reached} | {min(recalls[name]):.3f} | "
            f"{statistics.mean(shares[name]):.0%} |"
        )


def replays(labelled: Labelled, seeds: int) -> list[Simulation]:
    """Replay one set once per seed."""
    features = vectorise(labelled.texts)
    return [simulate(features, labelled.labels, seed=seed) for seed in range(1, seeds + 1)]


def beside(sets: Path, seeds: int) -> None:
    """Print the mean measures per set of Winnow and of ASReview from the same given references."""
    peer = os.environ.get("WINNOW_BENCH_ASREVIEW")
    if peer is None:
        say("ASReview was not measured: WINNOW_BENCH_ASREVIEW names no Python that has it.")
        return
    say("WSS@95 / recall@10 % / loss, seeds 1 to " + str(seeds) + "\n")
    say(
        "| set | Winnow | lowest / mean recall@10 % | ASReview, ELAS u4 | lowest / mean recall@10 % |"
    )
    say("|---|---|---|---|---|")
    for path in sorted(sets.glob("*.csv*")):
        labelled, _ = read_labelled(path)
        ours = replays(labelled, seeds)
        theirs = replayed_by_asreview(peer, labelled, [list(run.order[:2]) for run in ours])
        cells = [
            cell
            for runs in ([(r.work_saved, r.recall, r.loss) for r in ours], theirs)
            for cell in _summary(runs)
        ]
        say(f"| {path.name.split('.')[0]} | {' | '.join(cells)} |")


def replayed_by_asreview(
    peer: str, labelled: Labelled, given: list[list[int]]
) -> list[tuple[float, float, float]]:
    """Return work saved, recall and loss of ASReview's replays; it ends at the last relevant text."""
    task = {"texts": labelled.texts, "labels": [int(x) for x in labelled.labels], "given": given}
    answer = subprocess.run(
        [peer, "-c", _ASREVIEW], input=json.dumps(task), capture_output=True, text=True, check=True
    )
    measured = []
    for order in json.loads(answer.stdout.splitlines()[-1]):
        found = [labelled.labels[place] for place in order[2:]]
        found += [False] * (len(labelled.labels) - len(order))
        measured.append((work_saved(found), recall_at(found), loss(found)))
    return measured


def _summary(runs: Sequence[tuple[float, float, float]]) -> tuple[str, str]:
    saved, recall, lost = (statistics.mean(values) for values in zip(*runs, strict=True))
    lowest = min(run[1] for run in runs) / recall
    return f"{saved:.3f} / {recall:.3f} / {lost:.3f}", f"{lowest:.2f}"


def cost(path: Path) -> None:
    """Print the CPU time and memory that 50,000 texts take."""
    import pandas as pd  # noqa: PLC0415 - only here

    table = pd.read_csv(path, usecols=["title", "abstract"]).fillna("").head(50_000)
    texts = [f"{title}\n{abstract}" for title, abstract in table.itertuples(index=False)]
    started = time.process_time()
    features = vectorise(texts)
    say(f"vectorised {len(texts):,} texts in {time.process_time() - started:.1f} s of CPU")
    for labels in (50, 500, 5_000, 20_000):
        known = {place: place % 20 == 0 for place in range(labels)}
        started = time.process_time()
        rank(features, known, seed=1)
        say(f"retrained on {labels:,} labels in {time.process_time() - started:.2f} s of CPU")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"peak memory of the whole process {peak:,.0f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=Path, default=Path("../shared/data/screening"))
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--beside", action="store_true")
    parser.add_argument("--cost", type=Path)
    arguments = parser.parse_args()
    if arguments.cost is not None:
        cost(arguments.cost)
    elif arguments.beside:
        beside(arguments.sets, arguments.seeds)
    else:
        measure(arguments.sets, arguments.seeds)
