"""Time the ledger on a review of 100,000 references: loading, deciding, counting, the next reference.

    python tests/benchmarks/bench_store.py [--records 100000] [--url postgresql://...]

Prints one line per measure, with the median where it is repeated, the peak memory, the machine.
"""

import argparse
import os
import platform
import random
import resource
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from review.store import queries
from review.store.events import (
    Decided,
    LoadCompleted,
    LoadStarted,
    Merged,
    PairQueued,
    ProtocolAdopted,
)
from review.store.ledger import Ledger
from screening.records import Fields, Record, SourceKind, Stage, Verdict

WORDS = [
    "infant",
    "parent",
    "attachment",
    "psychotherapy",
    "outcome",
    "randomised",
    "controlled",
    "trial",
    "mother",
    "child",
    "relationship",
    "intervention",
    "sensitivity",
    "depression",
    "follow",
    "cohort",
    "community",
    "effect",
    "quality",
]
CHUNK = 2_000
REPEATS = 200
ORDERS: tuple[queries.Order, ...] = ("random", "year", "source", "title")


def records(count: int, seed: int) -> Iterator[Record]:
    """Yield records as long as real ones: an abstract of some 200 words, 2 KB in all."""
    rng = random.Random(seed)
    abstracts = [" ".join(rng.choices(WORDS, k=180)) for _ in range(500)]
    for position in range(1, count + 1):
        title = " ".join(rng.choices(WORDS, k=12)) + f" {position}"
        abstract = abstracts[position % len(abstracts)]
        fields = Fields(
            type="JOUR",
            title=title,
            authors=("Müller, A.", "Santos, B. C.", "Okafor, D."),
            year=rng.randint(1980, 2024),
            journal="Journal of Synthetic Records",
            volume=str(rng.randint(1, 60)),
            pages="11-29",
            doi=f"10.5555/{seed}.{position}",
            abstract=abstract,
            keywords=("one", "two", "three"),
        )
        raw = f"TY  - JOUR\nTI  - {title}\nAB  - {abstract}\nER  - \n"
        yield Record(
            source_file="bench.ris",
            position=position,
            format="ris",
            provider=None,
            fields=fields,
            raw=raw,
            line=position * 4,
        )


def load(ledger: Ledger, count: int, seed: int) -> None:
    """Load as the pipeline does: in chunks that are each committed."""
    with ledger.write("bench", "cli") as writer:
        number = writer.append(
            LoadStarted(
                source=f"source-{seed}",
                source_name=f"Source {seed}",
                source_kind=SourceKind.DATABASE,
                name="bench.ris",
                sha256=str(seed),
                size=count * 2_000,
                format="ris",
            )
        )
    stream = records(count, seed)
    for _ in range(0, count, CHUNK):
        with ledger.write("bench", "cli") as writer:
            writer.add_records(number, [next(stream) for _ in range(CHUNK)])
    with ledger.write("bench", "cli") as writer:
        writer.append(LoadCompleted(load=number, start_tags=count, records=count))


def tell(line: str) -> None:
    """Print a line at once, even into a pipe."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def timed(label: str, action: Callable[[], object]) -> None:
    """Run an action once and print how long it took, by the clock and of the processor."""
    begun, used = time.perf_counter(), time.process_time()
    action()
    took, busy = time.perf_counter() - begun, time.process_time() - used
    tell(f"{label:<58}{took:>9.2f} s   processor {busy:>6.2f} s  peak {peak():>5.0f} MB")


def repeated(label: str, action: Callable[[], object], times: int = REPEATS) -> None:
    """Run an action many times and print median, 95th percentile and the worst."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        action()
        taken.append((time.perf_counter() - begun) * 1000)
    show(label, taken)


def show(label: str, taken: list[float]) -> None:
    """Print the median, 95th percentile and maximum of milliseconds."""
    taken.sort()
    p95 = taken[int(len(taken) * 0.95)]
    middle = statistics.median(taken)
    tell(f"{label:<58}{middle:>9.1f} ms  p95 {p95:>6.1f}  max {taken[-1]:>6.1f}")


def peak() -> float:
    """Return the process's peak memory in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def flow(ledger: Ledger) -> None:
    """Ask for all that the flow is counted from."""
    with ledger.read() as conn:
        queries.source_rows(conn)
        queries.flow_rows(queries.flow_groups(conn))
        queries.study_row(conn)


def status(ledger: Ledger) -> None:
    """Ask for what the status tells."""
    with ledger.read() as conn:
        queries.state_counts(conn, Stage.TITLE_ABSTRACT)
        queries.progress(conn, Stage.TITLE_ABSTRACT)
        queries.source_counts(conn)
        queries.queued_pairs(conn)


def next_of(ledger: Ledger, order: queries.Order) -> None:
    """Ask for the second reviewer's next reference."""
    with ledger.read() as conn:
        queries.queue(conn, Stage.TITLE_ABSTRACT, "ben", order=order)


def page(ledger: Ledger, text: str, sort: queries.Sort = "order") -> None:
    """Ask for a page of fifty references."""
    with ledger.read() as conn:
        queries.references(conn, queries.ReferenceFilter(text=text), sort=sort, limit=50)


def decide_next(ledger: Ledger, reviewer: str) -> None:
    """Decide on the next reference of a reviewer's queue and read the one after it."""
    with ledger.read() as conn:
        key = queries.queue(conn, Stage.TITLE_ABSTRACT, reviewer)[0]
    decided = Decided(reference=key, stage=Stage.TITLE_ABSTRACT, verdict=Verdict.INCLUDE)
    with ledger.write(reviewer, "web") as writer:
        writer.append(decided)
    with ledger.read() as conn:
        following = queries.queue(conn, Stage.TITLE_ABSTRACT, reviewer)[0]
        queries.reference(conn, following)


def together(ledger: Ledger, reviewers: int, each: int) -> None:
    """Let many reviewers decide at once, from a thread each."""
    taken: list[float] = []

    def one(name: str) -> None:
        for _ in range(each):
            begun = time.perf_counter()
            decide_next(ledger, name)
            taken.append((time.perf_counter() - begun) * 1000)

    threads = [threading.Thread(target=one, args=(f"reviewer {n}",)) for n in range(reviewers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    show(f"{reviewers} reviewers at once, decision to next reference", taken)


def main() -> None:
    """Run every measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--url", help="an empty PostgreSQL database; a file in /tmp by default")
    chosen = parser.parse_args()
    count: int = chosen.records
    tell(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        place = chosen.url or Path(folder) / "review.db"
        with Ledger.open(place, create=True) as ledger:
            measure(ledger, count)
        if not chosen.url:
            tell(f"{'size of the file':<58}{Path(place).stat().st_size / 1e6:>9.0f} MB")


def measure(ledger: Ledger, count: int) -> None:
    """Measure one ledger from empty to decided."""
    dual = {"title_abstract": {"policy": "dual"}}
    with ledger.write("bench", "cli") as writer:
        writer.append(ProtocolAdopted(text="", sha256="bench", screening=dual))
    tell(f"{'before anything':<58}{'':>14}peak {peak():>5.0f} MB")
    timed(f"load {count:,} records", lambda: load(ledger, count, 1))
    timed("flow, first time", lambda: flow(ledger))
    merges = [
        Merged(records=(f"r{n}", f"r{n + 1}"), method="automatic", score=0.99, reason="same DOI")
        for n in range(1, count // 5, 2)
    ]
    timed(f"merge {len(merges):,} pairs", lambda: append(ledger, "bench", merges))
    pairs = [
        PairQueued(a=f"r{n}", b=f"r{n + 1}", score=0.8, reason="similar title")
        for n in range(count // 2, count // 2 + count // 100, 2)
    ]
    timed(f"queue {len(pairs):,} pairs", lambda: append(ledger, "bench", pairs))
    for reviewer, share in (("anna", count), ("ben", count // 2)):
        votes = [
            Decided(
                reference=f"r{n}",
                stage=Stage.TITLE_ABSTRACT,
                verdict=Verdict.EXCLUDE if n % 20 else Verdict.INCLUDE,
            )
            for n in range(1, share + 1)
        ]
        timed(
            f"import {len(votes):,} decisions of {reviewer}",
            lambda reviewer=reviewer, votes=votes: append(ledger, reviewer, votes),
        )
    for order in ORDERS:
        repeated(f"next reference, {order}", lambda order=order: next_of(ledger, order), 20)
    repeated("a page of references by title", lambda: page(ledger, "", "title"), 20)
    repeated("a page of those with two rare words", lambda: page(ledger, "muller 777"), 5)
    repeated("flow", lambda: flow(ledger), 20)
    repeated("status", lambda: status(ledger), 20)
    repeated("decision to next reference, second reviewer", lambda: decide_next(ledger, "ben"))
    together(ledger, 20, 20)
    timed("rebuild and compare", lambda: tell(f"{len(ledger.rebuild())} differences"))


def append(ledger: Ledger, actor: str, events: list) -> None:
    """Append events in one transaction."""
    with ledger.write(actor, "file") as writer:
        writer.append_many(events)


if __name__ == "__main__":
    main()
