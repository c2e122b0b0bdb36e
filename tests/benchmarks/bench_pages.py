"""Time the pages on a review of 100,000 references: from a decision to the next reference.

    python tests/benchmarks/bench_pages.py [--references 100000] [--project DIR]

Prints one line per measure with the median and the 95th percentile, the peak memory and the start.
`--project` uses a review made before and keeps what is decided in it.
"""

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from review.protocol import read_protocol
from review.store.events import ProtocolAdopted
from review.store.ledger import Ledger
from review.web.app import create_app
from tests.benchmarks.bench_store import load, peak, tell
from tests.review.web.visiting import Visitor

PROTOCOL = """
[review]
title = "A large review"
question = "How fast is it?"
reviewers = ["anna", "ben"]

[[criteria]]
id = "population"
include = ["Infants"]
highlight = { include = ["infant*", "psychotherap*"], exclude = ["cohort"] }

[screening.title_abstract]
policy = "dual"
reasons = ["population"]
"""


def make(folder: Path, references: int) -> None:
    """Write a review of so many references, none of them decided."""
    (folder / "review.toml").write_text(PROTOCOL, encoding="utf-8")
    section = read_protocol(PROTOCOL).screening.model_dump(mode="json")
    digest = sha256(PROTOCOL.encode()).hexdigest()
    with Ledger.open(folder / "review.db", create=True) as ledger:
        with ledger.write("anna", "cli") as writer:
            writer.append(ProtocolAdopted(text=PROTOCOL, sha256=digest, screening=section))
        load(ledger, references, 1)


def repeated(label: str, action: Callable[[], object], times: int = 200) -> None:
    """Do something many times and print how long it takes."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        action()
        taken.append((time.perf_counter() - begun) * 1000)
    show(label, taken)


def show(label: str, taken: list[float]) -> None:
    """Print the median and 95th percentile of milliseconds."""
    taken.sort()
    p95 = taken[int(len(taken) * 0.95)]
    tell(f"{label:<58}{statistics.median(taken):>9.1f} ms  p95 {p95:>6.1f}")


def decide(visitor: Visitor, more: str = "") -> None:
    """Decide on the reference shown, and be shown the next one in the same answer."""
    key = visitor.session.desk("title_abstract").shown
    answer = visitor.post(
        f"/screen/title_abstract{more}",
        {"reference": key, "verdict": "exclude"},
        headers={"X-Fragment": "1"},
    )
    if answer.status_code != 200:
        raise SystemExit(answer.text)


def measure(folder: Path) -> None:
    """Measure one review's pages."""
    begun = time.perf_counter()
    app = create_app(folder)
    tell(f"{'start':<58}{time.perf_counter() - begun:>9.2f} s")
    anna = Visitor(app, "anna")
    repeated("the page Screen", lambda: anna.get("/screen/title_abstract"), 50)
    repeated("decision to next reference", lambda: decide(anna))
    for order in ("year", "title", "source"):
        address = f"/screen/title_abstract?order={order}"
        repeated(f"the page Screen, {order}", lambda address=address: anna.get(address), 10)
    repeated("the page Home", lambda: anna.get("/"), 10)
    together(app, 20, 20)
    tell(f"{'peak memory':<58}{peak():>9.0f} MB")
    app.state.server.close()


def together(app: object, reviewers: int, each: int) -> None:
    """Let many reviewers decide at once, each in a thread of their own."""
    taken: list[float] = []

    def one(name: str) -> None:
        visitor = Visitor(app, name)  # type: ignore[arg-type]
        visitor.get("/screen/title_abstract")
        for _ in range(each):
            begun = time.perf_counter()
            decide(visitor)
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
    parser.add_argument("--references", type=int, default=100_000)
    parser.add_argument("--project", type=Path, help="a review made before")
    chosen = parser.parse_args()
    if chosen.project:
        measure(chosen.project)
        return
    with tempfile.TemporaryDirectory() as name:
        make(Path(name), chosen.references)
        measure(Path(name))


if __name__ == "__main__":
    main()
