"""Screening through the pages: what is recorded, what is refused, what is taken back."""

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from review.pipeline.project import open_project
from review.pipeline.screening.rank import rank_queue
from review.store import queries
from screening.records import Stage
from tests.review.running import PROTOCOL
from tests.review.web.visiting import Visitor, app_of, decided, ready_review

HERE = "/screen/title_abstract"


def votes(app: FastAPI, stage: Stage = Stage.TITLE_ABSTRACT) -> list[tuple[str, str, str]]:
    with app.state.server.project.ledger.read() as conn:
        return [(v.reviewer, v.reference, str(v.verdict)) for v in queries.votes(conn, stage)]


def test_a_verdict_is_recorded_for_whoever_is_signed_in(app: FastAPI, anna: Visitor) -> None:
    sent = anna.post(HERE, {"reference": "r2", "verdict": "include", "note": "good"})
    assert sent.status_code == 303
    assert votes(app) == [("anna", "r2", "include")]
    assert "good" in anna.get(f"{HERE}/r2").text


def test_nobody_can_decide_as_somebody_else(app: FastAPI, anna: Visitor) -> None:
    sent = anna.post(HERE, {"reference": "r2", "verdict": "include", "reviewer": "ben"})
    assert sent.status_code == 303
    assert votes(app) == [("anna", "r2", "include")]


def test_the_script_is_given_the_next_reference_in_the_same_answer(anna: Visitor) -> None:
    anna.get(HERE)
    shown = anna.session.desk("title_abstract").shown
    answer = anna.post(HERE, {"reference": shown, "verdict": "unsure"}, headers={"X-Fragment": "1"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "<strong>3</strong> wait for you" in answer.text
    assert shown != anna.session.desk("title_abstract").shown


def test_a_reason_excludes_when_its_button_is_pressed(app: FastAPI, anna: Visitor) -> None:
    anna.post(HERE, {"reference": "r3", "because": "population"})
    assert votes(app) == [("anna", "r3", "exclude")]


@pytest.mark.parametrize("verdict", ["include", "unsure"])
def test_a_reason_never_flips_a_verdict(app: FastAPI, anna: Visitor, verdict: str) -> None:
    sent = anna.post(
        HERE, {"reference": "r3", "verdict": verdict, "further": "population", "note": "my note"}
    )
    assert sent.status_code == 422
    assert "nothing was recorded" in sent.text
    assert "my note" in sent.text
    assert votes(app) == []


def test_an_exclusion_at_full_text_needs_a_reason(review: Path) -> None:
    for person in ("anna", "ben"):
        decided(review, person, "r1", "include")
    app = app_of(review)
    anna = Visitor(app, "anna")
    sent = anna.post("/retrieve/r1/outcome", {"retrieved": "true"})
    assert sent.status_code == 303
    sent = anna.post("/screen/full_text", {"reference": "r1", "verdict": "exclude"})
    assert sent.status_code == 422
    assert "needs a reason" in sent.text
    sent = anna.post("/screen/full_text", {"reference": "r1", "because": "population"})
    assert sent.status_code == 303
    assert votes(app, Stage.FULL_TEXT) == [("anna", "r1", "exclude")]
    app.state.server.close()


def test_undo_takes_back_ones_own_last_verdict_and_no_other(
    app: FastAPI, anna: Visitor, ben: Visitor
) -> None:
    anna.post(HERE, {"reference": "r2", "verdict": "include"})
    anna.post(HERE, {"reference": "r3", "verdict": "include", "note": "kept"})
    ben.post(HERE, {"reference": "r5", "verdict": "exclude"})
    back = anna.post(f"{HERE}/undo")
    assert back.headers["location"] == f"{HERE}/r3"
    assert votes(app) == [("anna", "r2", "include"), ("ben", "r5", "exclude")]


def test_undo_reaches_back_beyond_this_sitting(review: Path) -> None:
    decided(review, "anna", "r2", "include")
    app = app_of(review)
    anna = Visitor(app, "anna")
    assert anna.post(f"{HERE}/undo").status_code == 303
    assert votes(app) == []
    assert anna.post(f"{HERE}/undo").status_code == 400
    app.state.server.close()


def test_a_second_window_overwrites_nothing_unseen(app: FastAPI, anna: Visitor) -> None:
    anna.post(HERE, {"reference": "r2", "verdict": "include"})
    again = anna.post(HERE, {"reference": "r2", "verdict": "include"})
    assert again.status_code == 303
    other = anna.post(HERE, {"reference": "r2", "verdict": "exclude", "note": "second window"})
    assert other.status_code == 409
    assert "second window" in other.text
    assert votes(app) == [("anna", "r2", "include")]
    with app.state.server.project.ledger.read() as conn:
        assert sum(said.event.kind == "decided" for said in queries.events_since(conn)) == 1


def test_a_verdict_is_changed_by_looking_at_it_again(app: FastAPI, anna: Visitor) -> None:
    anna.post(HERE, {"reference": "r2", "verdict": "include"})
    with app.state.server.project.ledger.read() as conn:
        (vote,) = queries.votes(conn, Stage.TITLE_ABSTRACT)
    assert f'name="seen" value="{vote.id}"' in anna.get(f"{HERE}/r2").text
    anna.post(HERE, {"reference": "r2", "verdict": "exclude", "seen": str(vote.id)})
    assert votes(app) == [("anna", "r2", "exclude")]


def test_whoever_does_not_screen_at_a_stage_is_told_so(app: FastAPI, cleo: Visitor) -> None:
    assert cleo.get(HERE).status_code == 403
    sent = cleo.post(HERE, {"reference": "r2", "verdict": "include"})
    assert sent.status_code == 403
    assert "anna and ben decide" in sent.text
    assert votes(app) == []


def test_skipped_references_come_back_when_asked_for(anna: Visitor) -> None:
    anna.get(HERE)
    shown = anna.session.desk("title_abstract").shown
    anna.post(f"{HERE}/skip", {"reference": shown})
    anna.get(HERE)
    assert anna.session.desk("title_abstract").shown != shown
    anna.post(f"{HERE}/skip")
    anna.get(HERE)
    assert anna.session.desk("title_abstract").shown == shown


def test_the_queue_is_searched(anna: Visitor) -> None:
    page = anna.get(f"{HERE}?q=grandmothers").text
    assert "What grandmothers know" in page
    assert "<strong>1</strong> with “grandmothers” waits for you" in page


def test_three_people_settle_a_conflict(
    app: FastAPI, anna: Visitor, ben: Visitor, cleo: Visitor
) -> None:
    anna.post(HERE, {"reference": "r2", "verdict": "include", "note": "dyads"})
    assert cleo.get("/conflicts/title_abstract/r2").status_code == 404
    ben.post(HERE, {"reference": "r2", "because": "population"})
    shown = cleo.get("/conflicts/title_abstract/r2").text
    assert "dyads" in shown
    assert "Population" in shown
    refused = anna.post("/conflicts/title_abstract/r2", {"verdict": "include"})
    assert refused.status_code == 400
    assert "third person" in refused.text
    done = cleo.post("/conflicts/title_abstract/r2", {"verdict": "include", "note": "agreed"})
    assert done.status_code == 303
    assert votes(app) == [("anna", "r2", "include"), ("ben", "r2", "exclude")]
    assert "is settled: include" in cleo.get("/conflicts").text
    again = cleo.post("/conflicts/title_abstract/r2/reopen")
    assert again.status_code == 303
    assert cleo.get("/conflicts/title_abstract/r2").status_code == 200


def test_keys_are_those_review_toml_names(tmp_path: Path) -> None:
    protocol = PROTOCOL + '\n[web]\nkeys = { include = "j", exclude = "k" }\n'
    app = app_of(ready_review(tmp_path / "review", protocol))
    page = Visitor(app, "anna").get(HERE).text
    assert 'value="include" class="include" data-key="j"' in page
    assert 'value="exclude" class="exclude" data-key="k"' in page
    app.state.server.close()


def test_terms_of_the_protocol_are_marked(tmp_path: Path) -> None:
    protocol = PROTOCOL.replace(
        'include = ["Infants"]',
        'include = ["Infants"]\nhighlight = { include = ["infant*"], exclude = ["grandmothers"] }',
    )
    app = app_of(ready_review(tmp_path / "review", protocol))
    anna = Visitor(app, "anna")
    assert '<mark class="include">infants</mark>' in anna.get(f"{HERE}/r1").text
    assert '<mark class="exclude">grandmothers</mark>' in anna.get(f"{HERE}/r3").text
    app.state.server.close()


def test_the_first_thing_done_brings_the_protocol_into_force(tmp_path: Path) -> None:
    folder = tmp_path / "review"
    folder.mkdir()
    (folder / "review.toml").write_text(PROTOCOL, encoding="utf-8")
    app = app_of(folder)
    anna = Visitor(app, "anna")
    data: dict[str, Any] = {"source": "medline", "title": "A record by hand"}
    assert anna.post("/load/record", data).status_code == 303
    app.state.server.close()
    with open_project(folder) as project, project.ledger.read() as conn:
        assert queries.current_protocol(conn) is not None
        assert queries.record_count(conn) == 1


def test_the_likely_ones_come_first_and_teach_nothing_of_others(
    app: FastAPI, anna: Visitor, ben: Visitor
) -> None:
    ben.post(HERE, {"reference": "r5", "verdict": "include"})
    anna.post(HERE, {"reference": "r2", "verdict": "include"})
    order = rank_queue(app.state.server.project, "anna")
    assert set(order.order) == {"r1", "r3", "r5"}
    assert order.labels == 1
    assert anna.get("/screen/title_abstract?order=ranked").status_code == 200


def test_an_order_is_learnt_apart_after_each_decision_in_it_and_no_page_waits(
    anna: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    note = "review.pipeline.screening.ranking_process.RankingDesk.note_decision"
    monkeypatch.setattr(note, lambda _desk, reviewer: told.append(reviewer))
    anna.post(HERE, {"reference": "r1", "verdict": "exclude"})
    assert told == []
    ranked = anna.post("/rank")
    assert ranked.headers["location"] == "/screen/title_abstract?order=ranked"
    assert "learnt anew while you decide" in anna.get("/screen/title_abstract?order=ranked").text
    anna.post(HERE, {"reference": "r2", "verdict": "include", "order": "ranked"})
    assert told == ["anna", "anna"]


def test_a_stop_is_recorded_with_its_reason_and_taken_back(anna: Visitor) -> None:
    assert anna.post("/stopping/stop").status_code == 400
    assert anna.post("/stopping/stop", {"reason": "enough"}).status_code == 303
    assert "4 references are left unscreened" in anna.get("/stopping").text
    assert anna.post("/stopping/resume").status_code == 303
    assert "Stop here" in anna.get("/stopping").text


def test_a_reference_with_a_vote_is_shared_out_to_one_other_reviewer_on_the_page_too(
    app: FastAPI, anna: Visitor
) -> None:
    anna.post(HERE, {"reference": "r2", "verdict": "include"})
    form = {"name": ["anna", "ben"], "weight": ["1", "1"], "seed": "3", "do": "share"}
    assert anna.post("/people/shares/title_abstract", form).status_code == 303
    with app.state.server.project.ledger.read() as conn:
        waiting = {
            name: set(queries.queue(conn, Stage.TITLE_ABSTRACT, name, limit=9))
            for name in ("anna", "ben")
        }
    assert waiting == {"anna": {"r1", "r3", "r5"}, "ben": {"r1", "r2", "r3", "r5"}}


def test_shares_are_shown_before_they_are_given_and_can_be_lifted(
    app: FastAPI, anna: Visitor
) -> None:
    form = {"name": ["anna", "ben"], "weight": ["1", "1"], "seed": "3"}
    shown = anna.post("/people/shares/title_abstract", {**form, "do": "show"})
    assert "Nothing is shared out yet" in shown.text
    assert anna.post("/people/shares/title_abstract", {**form, "do": "share"}).status_code == 303
    with app.state.server.project.ledger.read() as conn:
        shares = {
            each.reviewer: each.assigned for each in queries.progress(conn, Stage.TITLE_ABSTRACT)
        }
    assert shares == {"anna": 4, "ben": 4}
    assert anna.post("/people/shares/title_abstract", {"do": "lift"}).status_code == 303
    with app.state.server.project.ledger.read() as conn:
        assert queries.progress(conn, Stage.TITLE_ABSTRACT) == []


def test_an_amendment_comes_into_force_with_its_reason(review: Path, anna: Visitor) -> None:
    anna.post(HERE, {"reference": "r2", "verdict": "include"})
    file = review / "review.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace('["Infants"]', '["Infants", "Toddlers"]'),
        encoding="utf-8",
    )
    assert "Toddlers" not in anna.get(f"{HERE}/r3").text
    assert "differs from the protocol in force" in anna.get("/").text
    assert "An amendment needs" in anna.post("/protocol").text
    assert anna.post("/protocol", {"reason": "after the pilot"}).status_code == 303
    assert "Toddlers" in anna.get(f"{HERE}/r3").text
    assert "after the pilot" in anna.get("/protocol").text
    file.write_text("[review\n", encoding="utf-8")
    assert '<li class="error">' in anna.get("/protocol").text
    assert anna.get(f"{HERE}/r3").status_code == 200
