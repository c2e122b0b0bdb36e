"""A conflict is settled once, by whoever may settle it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from review.pipeline.project import Project
from review.pipeline.screening.screen import Ruling, adjudicate, decide
from review.store import queries
from review.store.ledger import Ledger
from review.store.writing import Writer
from screening.problems import WinnowError
from tests.review.pipeline.reviews import ABSTRACT, EXCLUDE, INCLUDE, PROTOCOL, review, titles

DUAL = PROTOCOL.replace("dual then adjudicated", "dual")


def settle(project: Project, person: str, ruling: Ruling) -> str:
    """Return what adjudicating says, "" where it is done."""
    try:
        adjudicate(project, person, "r1", ruling)
    except WinnowError as refused:
        return str(refused)
    return ""


def test_of_two_who_settle_one_conflict_at_once_one_does_and_the_other_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rulings = {"cleo": Ruling(ABSTRACT, INCLUDE), "anna": Ruling(ABSTRACT, EXCLUDE)}
    write, everyone = Ledger.write, threading.Barrier(len(rulings))

    def all_at_the_door(ledger: Ledger, *how: Any) -> AbstractContextManager[Writer]:
        everyone.wait(20)
        return write(ledger, *how)

    with review(tmp_path, titles(2), protocol=DUAL) as project:
        decide(project, "anna", "r1", Ruling(ABSTRACT, INCLUDE))
        decide(project, "ben", "r1", Ruling(ABSTRACT, EXCLUDE))
        with monkeypatch.context() as patch, ThreadPoolExecutor(2) as threads:
            patch.setattr(Ledger, "write", all_at_the_door)
            sent = [threads.submit(settle, project, *each) for each in rulings.items()]
            said = sorted(each.result() for each in sent)
        with project.ledger.read() as conn:
            kinds = [each.event.kind for each in queries.events_since(conn)]
    assert said[0] == ""
    assert "there is no conflict on this reference" in said[1]
    assert kinds.count("adjudicated") == 1


def test_under_adjudication_one_of_those_who_differ_does_not_settle_it(tmp_path: Path) -> None:
    with review(tmp_path, titles(2)) as project:
        decide(project, "anna", "r1", Ruling(ABSTRACT, INCLUDE))
        decide(project, "ben", "r1", Ruling(ABSTRACT, EXCLUDE))
        assert "a third person settles this" in settle(project, "ben", Ruling(ABSTRACT, EXCLUDE))
        assert settle(project, "cleo", Ruling(ABSTRACT, EXCLUDE)) == ""
