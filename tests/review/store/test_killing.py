"""The process is killed for real, at seeded moments, and the ledger must not have noticed."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from review.store import queries
from review.store.ledger import Ledger
from screening.records import Stage

ROOT = Path(__file__).parents[3]
RECORDS = 2_000

# Loads, going on where an earlier attempt stopped, then imports one decision per reference.
WORK = f"""
import sys
from review.store import queries
from review.store.events import Decided, LoadCompleted, LoadStarted
from review.store.ledger import Ledger
from screening.records import Stage
from tests.review.store.histories import a_record

with Ledger.open(sys.argv[1], create=True) as ledger:
    print("open", flush=True)
    with ledger.read() as conn:
        load = queries.load_of(conn, "medline", "abc")
    if load is None:
        with ledger.write("anna", "cli") as writer:
            number, done = writer.append(LoadStarted(
                source="medline", source_kind="database", name="medline.ris", sha256="abc",
                size=1, format="ris")), 0
    else:
        number, done = load.id, load.stored_records
    for first in range(done + 1, {RECORDS} + 1, 100):
        with ledger.write("anna", "cli") as writer:
            writer.add_records(number, [a_record(n) for n in range(first, first + 100)])
    if load is None or load.state == "loading":
        with ledger.write("anna", "cli") as writer:
            writer.append(LoadCompleted(load=number, start_tags={RECORDS}, records={RECORDS}))
    with ledger.read() as conn:
        begun = queries.screening_has_begun(conn)
    if not begun:
        with ledger.write("anna", "file") as writer:
            writer.append_many(
                Decided(reference=f"r{{n}}", stage=Stage.TITLE_ABSTRACT, verdict="include")
                for n in range(1, {RECORDS} + 1))
"""


def start(place: Path) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", WORK, str(place)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_load_or_import_leaves_a_sound_ledger_and_completes_when_run_again(
    tmp_path: Path, seed: int
) -> None:
    place = tmp_path / "review.db"
    moments = random.Random(seed)
    for _ in range(2):
        process = start(place)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(moments.uniform(0, 1.2))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        with Ledger.open(place) as ledger:
            assert ledger.rebuild() == []
            with ledger.read() as conn:
                votes = len(queries.votes(conn, Stage.TITLE_ABSTRACT))
                shown = queries.count_references(conn)
            assert votes in (0, RECORDS)
            assert shown in (0, RECORDS)
    process = start(place)
    process.communicate()
    assert process.returncode == 0
    with Ledger.open(place) as ledger:
        assert ledger.rebuild() == []
        with ledger.read() as conn:
            assert queries.state_counts(conn, Stage.TITLE_ABSTRACT) == {"include": RECORDS}
            positions = [
                one.record.position
                for load in queries.loads(conn)
                for one in queries.records_of_load(conn, load.id)
            ]
    assert positions == list(range(1, RECORDS + 1))
