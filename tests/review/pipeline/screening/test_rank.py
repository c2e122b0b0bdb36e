import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review.pipeline.project import Project
from review.pipeline.screening.rank import Ranker, rank_queue
from review.pipeline.screening.ranking_process import RankingDesk
from review.store import queries
from review.store.events import Adjudicated, Ranked
from screening.records import Verdict
from tests.review.pipeline.reviews import (
    ABSTRACT,
    EXCLUDE,
    INCLUDE,
    OTHER,
    PROTOCOL,
    TOPIC,
    UNSURE,
    load,
    review,
    said,
    titles,
    voted,
)
from tests.review.running import winnow

TITLES = titles(12)
RELEVANT = {f"r{number}" for number in range(1, 13, 2)}
OPEN = ("r3", "r4", "r5", "r6")


def order_of(project: Project, reviewer: str = "anna") -> tuple[str, ...]:
    return rank_queue(project, reviewer).order


def shown_to_anna(folder: Path, of_ben: list[Verdict], rounds: int) -> list[object]:
    """Return all that anna is shown while ben votes openly on references she has not seen."""
    shown: list[object] = []
    with review(folder, TITLES) as project:
        ranker = Ranker(project)
        for actor in ("anna", "ben"):
            said(project, actor, voted("r1", INCLUDE), voted("r2", EXCLUDE))
        shown += [ranker.is_due("anna"), ranker.rank("anna")]
        for key, verdict in zip(OPEN, of_ben, strict=True):
            said(project, "ben", voted(key, verdict, note=f"{verdict}: because"))
            shown += [ranker.is_due("anna"), ranker.rank("anna")]
        for key in ("r7", "r8")[:rounds]:
            said(project, "anna", voted(key, EXCLUDE))
            shown += [ranker.is_due("anna"), ranker.rank("anna")]
        with project.ledger.read() as conn:
            queue = queries.queue(conn, ABSTRACT, "anna", order="ranked", limit=99)
        shown.append(queue)
    return shown


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(list(Verdict)), min_size=len(OPEN), max_size=len(OPEN)),
    st.integers(0, 2),
)
def test_neither_order_nor_moment_of_ranking_tells_what_another_s_open_votes_say(
    tmp_path_factory: pytest.TempPathFactory, of_ben: list[Verdict], rounds: int
) -> None:
    plain = shown_to_anna(tmp_path_factory.mktemp("r"), [INCLUDE, EXCLUDE, UNSURE, INCLUDE], rounds)
    assert shown_to_anna(tmp_path_factory.mktemp("r"), of_ben, rounds) == plain


def test_an_order_learns_from_what_is_settled(tmp_path: Path) -> None:
    protocol = PROTOCOL.replace('include = ["infants with their mothers"]', 'exclude = ["none"]')
    with review(tmp_path, TITLES, protocol=protocol) as project:
        for actor in ("ben", "cleo"):
            said(project, actor, voted("r1"), voted("r2", EXCLUDE))
        ranked = rank_queue(project, "anna")
        assert ranked.labels == 2
        assert set(ranked.order[:5]) == RELEVANT - {"r1"}


def test_an_adjudication_outweighs_the_reviewer_s_own_vote(tmp_path: Path) -> None:
    with review(tmp_path, TITLES) as project:
        said(project, "anna", voted("r1", EXCLUDE), voted("r2", INCLUDE))
        said(project, "ben", voted("r1", INCLUDE), voted("r2", EXCLUDE))
        misled = order_of(project)
        for key, verdict in (("r1", INCLUDE), ("r2", EXCLUDE)):
            said(project, "cleo", Adjudicated(reference=key, stage=ABSTRACT, verdict=verdict))
        assert set(order_of(project)[:5]) == RELEVANT - {"r1"}
        assert order_of(project) != misled


def test_the_criteria_order_before_anything_is_decided(tmp_path: Path) -> None:
    with review(tmp_path, TITLES) as project:
        assert set(order_of(project)[:6]) == RELEVANT


@pytest.mark.parametrize("name", ["r4", "10.1000/medline4", TITLES[3]])
def test_reports_known_to_be_relevant_come_first_and_teach(tmp_path: Path, name: str) -> None:
    protocol = f'{PROTOCOL}\n[ranking]\nstart = ["{name}"]\n'
    with review(tmp_path, TITLES, protocol=protocol) as project:
        ranked = rank_queue(project, "anna")
        assert ranked.order[0] == "r4"
        assert ranked.labels == 1


def test_a_start_that_the_review_does_not_hold_is_told(tmp_path: Path) -> None:
    protocol = f'{PROTOCOL}\n[ranking]\nstart = ["12345678", "10.1000/medline1"]\n'
    with review(tmp_path, TITLES, protocol=protocol):
        pass
    ran = winnow("rank", "--as", "anna", "--project", tmp_path)
    assert ran.status == 1
    assert 'start from "12345678", which this review does not hold' in ran.err
    assert "medline1" not in ran.err
    assert "12 references are ordered for anna" in ran.out


def test_an_order_is_kept_once_and_again_only_when_it_has_changed(tmp_path: Path) -> None:
    with review(tmp_path, TITLES) as project:
        first, again = rank_queue(project, "anna"), rank_queue(project, "anna")
        assert first == again
        said(project, "anna", voted(first.order[0]))
        rank_queue(project, "anna")
        with project.ledger.read() as conn:
            kept = [each.event for each in queries.events_since(conn, kinds=["ranked"])]
            assert queries.ranked_order(conn, ABSTRACT, "anna") == kept[-1]
    assert kept[0] == first
    assert len(kept) == 2


def test_an_order_is_due_after_its_share_of_new_decisions(tmp_path: Path) -> None:
    protocol = f"{PROTOCOL}\n[ranking]\nretrain_after = 0.5\n"
    with review(tmp_path, TITLES, protocol=protocol) as project:
        ranker = Ranker(project)
        assert ranker.is_due("anna")
        said(project, "anna", *(voted(f"r{number}", EXCLUDE) for number in range(1, 5)))
        ranker.rank("anna")
        due = []
        for number in (5, 6):
            said(project, "anna", voted(f"r{number}", EXCLUDE))
            due.append(ranker.is_due("anna"))
        assert due == [False, True]
        assert ranker.is_due("ben")


def test_what_a_new_search_brings_is_ranked_too(tmp_path: Path) -> None:
    with review(tmp_path, TITLES) as project:
        ranker = Ranker(project)
        ranker.rank("anna")
        load(project, [f"{TOPIC} new", f"{OTHER} new"], "scopus")
        assert ranker.is_due("anna")
        assert {"r13", "r14"} <= set(ranker.rank("anna").order)


def test_only_the_places_that_can_be_reached_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review.pipeline.screening.rank._FEWEST_PLACES", 3)
    with review(tmp_path, TITLES) as project:
        ranker = Ranker(project)
        assert len(ranker.rank("anna").order) == 4  # four steps of one decision
        assert len(ranker.rank("anna", whole=True).order) == len(TITLES)


def test_an_order_is_followed_to_its_end_however_long_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review.store.queries.screening._WINDOW", 5)
    with review(tmp_path, TITLES) as project:
        order = order_of(project)
        said(project, "anna", *(voted(key) for key in order[:6]))
        with project.ledger.read() as conn:
            for limit in (1, 4, 99):
                found = queries.queue(conn, ABSTRACT, "anna", order="ranked", limit=limit)
                assert tuple(found) == order[6 : 6 + limit]


def test_a_random_share_is_drawn_with_the_seed(tmp_path: Path) -> None:
    protocol = f"{PROTOCOL}\n[ranking]\nrandom_share = 0.5\nseed = "
    orders = []
    for folder, seed in (("a", 1), ("b", 1), ("c", 2)):
        with review(tmp_path / folder, TITLES, protocol=f"{protocol}{seed}\n") as project:
            said(project, "anna", voted("r1"), voted("r2", EXCLUDE))
            orders.append(order_of(project))
    assert orders[0] == orders[1] != orders[2]
    assert not set(orders[0][:5]) <= RELEVANT


def until(true: Callable[[], bool], seconds: float = 300) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def latest(project: Project) -> Ranked | None:
    with project.ledger.read() as conn:
        return queries.ranked_order(conn, ABSTRACT, "anna")


def test_a_process_of_its_own_renews_orders_is_begun_again_and_ends_with_its_desk(
    tmp_path: Path,
) -> None:
    with review(tmp_path, TITLES) as project:
        with RankingDesk(project) as desk:
            assert desk.order_for("anna") == ()
            first = process_of(desk)
            assert until(lambda: latest(project) is not None)
            os.kill(first, signal.SIGKILL)
            said(project, "anna", voted("r1"))
            assert until(lambda: begun_again(desk, first))
            second = process_of(desk)
            assert until(lambda: (found := latest(project)) is not None and found.labels == 1)
            assert alive(second)
        assert not alive(second)
        desk.note_decision("anna")
        assert desk.process_id is None


def test_a_process_that_keeps_dying_is_not_begun_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("review.pipeline.screening.ranking_process._MOST_STARTS", 1)
    with review(tmp_path, TITLES) as project, RankingDesk(project) as desk:
        desk.note_decision("anna")
        process = process_of(desk)
        os.kill(process, signal.SIGKILL)
        assert until(lambda: given_up(desk))


PARENT = """
import sys, time
from pathlib import Path
from review.pipeline.project import open_project
from review.pipeline.screening.ranking_process import RankingDesk
if __name__ == "__main__":
    with open_project(Path(sys.argv[1])) as project:
        desk = RankingDesk(project)
        desk.note_decision("anna")
        print(desk.process_id, flush=True)
        time.sleep(600)
"""


def test_the_process_ends_when_its_program_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    with review(tmp_path / "review", TITLES) as project:
        root = Path(__file__).parents[4]
        with subprocess.Popen(
            [sys.executable, script, project.directory],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(root)},
        ) as parent:
            assert parent.stdout is not None
            ranking = int(parent.stdout.readline())
            assert alive(ranking)
            parent.send_signal(signal.SIGKILL)
        assert until(lambda: not alive(ranking))


def begun_again(desk: RankingDesk, dead: int) -> bool:
    desk.note_decision("anna")
    return process_of(desk) != dead


def given_up(desk: RankingDesk) -> bool:
    desk.note_decision("anna")
    return desk.process_id is None


def process_of(desk: RankingDesk) -> int:
    assert desk.process_id is not None
    return desk.process_id


def alive(process: int) -> bool:
    """Return whether a process runs; one that has ended and waits to be collected does not."""
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
