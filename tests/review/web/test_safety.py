"""What a stranger, a colleague or a file may try, and what comes of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from review.pipeline.people import set_person
from review.pipeline.project import open_project
from review.web.app import create_app
from review.web.passwords import hashed, matches
from review.web.sessions import COOKIE, Attempts, Sessions
from review.web.uploads import plain_name
from screening.problems import WinnowError
from tests.review.running import PROTOCOL
from tests.review.web.visiting import TestClient, Visitor, app_of, decided, paths, ready_review

PDF = b"%PDF-1.4\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"
PASSWORD = "correct horse battery"  # noqa: S105 - of nobody but these tests


@pytest.fixture
def team(review: Path) -> Iterator[FastAPI]:
    kept = hashed(PASSWORD)
    with open_project(review) as project:
        for name, roles in (
            ("anna", ("reviewer", "owner")),
            ("ben", ("reviewer",)),
            ("dora", ("author",)),
        ):
            set_person(project, "anna", name, roles, password_hash=kept)
    served = create_app(review, host="0.0.0.0", public=True)  # noqa: S104 - what is tested
    yield served
    served.state.server.close()


def visitor_of(app: FastAPI) -> TestClient:
    return TestClient(app, base_url="https://review.example", follow_redirects=False)


def test_another_address_is_refused_unless_it_is_meant(review: Path) -> None:
    with pytest.raises(WinnowError, match="--public"):
        create_app(review, host="0.0.0.0")  # noqa: S104 - what is tested


def test_a_public_address_is_refused_while_nobody_has_an_account(review: Path) -> None:
    with pytest.raises(WinnowError, match="account"):
        create_app(review, host="0.0.0.0", public=True)  # noqa: S104 - what is tested


def test_the_token_opens_the_door_once(app: FastAPI) -> None:
    token = app.state.server.token
    client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
    assert client.get("/enter?token=wrong").status_code == 403
    entered = client.get(f"/enter?token={token}")
    assert entered.headers["location"] == "/sign-in"
    cookie = entered.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert client.get(f"/enter?token={token}").status_code == 403


def test_a_team_signs_in_by_password(team: FastAPI) -> None:
    client = visitor_of(team)
    assert client.get("/enter?token=").status_code == 403
    assert "ben" not in client.get("/sign-in").text
    wrong = client.post("/sign-in", data={"name": "ben", "password": "wrong"})
    assert wrong.status_code == 403
    right = client.post("/sign-in", data={"name": "ben", "password": PASSWORD})
    assert right.headers["location"] == "/"
    assert "secure" in right.headers["set-cookie"].lower()


def test_guessing_passwords_is_slowed_down(team: FastAPI) -> None:
    client = visitor_of(team)
    for _ in range(5):
        assert client.post("/sign-in", data={"name": "ben", "password": "x"}).status_code == 403
    sent = client.post("/sign-in", data={"name": "ben", "password": PASSWORD})
    assert sent.status_code == 429


def test_attempts_are_forgotten_in_time() -> None:
    now = [0.0]
    attempts = Attempts(most=2, seconds=10, clock=lambda: now[0])
    attempts.failed("ben", "1.2.3.4")
    attempts.failed("ben", "1.2.3.4")
    assert attempts.too_many("ben")
    now[0] = 11
    assert not attempts.too_many("ben", "1.2.3.4")


def test_a_session_ends_by_time() -> None:
    now = [0.0]
    sessions = Sessions(hours=1, clock=lambda: now[0])
    session = sessions.begin("anna")
    now[0] = 3599
    assert sessions.find(session.key) is session
    now[0] = 3599 + 3600
    assert sessions.find(session.key) is None


def test_signing_in_changes_the_session(team: FastAPI) -> None:
    client = visitor_of(team)
    client.cookies.set(COOKIE, "fixed by somebody else")
    entered = client.post("/sign-in", data={"name": "ben", "password": PASSWORD})
    assert "fixed" not in entered.headers["set-cookie"]


def test_signing_out_ends_the_session(team: FastAPI) -> None:
    ben = Visitor(team, "ben")
    assert ben.post("/sign-out").status_code == 303
    assert ben.get("/").headers["location"] == "/sign-in"
    assert "Sign in" in ben.get("/sign-in").text


def test_who_signs_out_on_ones_own_machine_can_come_in_as_somebody_else(app: FastAPI) -> None:
    """The address with the token opens once: without this, nobody could come in again."""
    client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
    client.get(f"/enter?token={app.state.server.token}")
    for name in ("anna", "ben"):
        page = client.get("/sign-in").text
        csrf = page.split('name="csrf" value="')[1].split('"')[0]
        entered = client.post("/sign-in", data={"name": name, "csrf": csrf})
        assert entered.headers["location"] == "/"
        home = client.get("/").text
        assert f'data-viewer="{name}"' in home
        csrf = home.split('name="csrf" value="')[1].split('"')[0]
        assert client.post("/sign-out", data={"csrf": csrf}).headers["location"] == "/sign-in"
        assert client.get("/").headers["location"] == "/sign-in"


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/people/person", {"name": "ben", "roles": "owner", "active": "true"}),
        ("/people/shares/title_abstract", {"do": "lift"}),
        ("/protocol", {}),
        ("/run", {}),
    ],
)
def test_only_an_owner_looks_after_the_review(
    team: FastAPI, path: str, data: dict[str, str]
) -> None:
    ben = Visitor(team, "ben")
    sent = ben.post(path, data)
    assert sent.status_code == 403
    assert "owner" in sent.text


def test_an_author_does_not_screen(team: FastAPI) -> None:
    dora = Visitor(team, "dora")
    assert dora.get("/screen/title_abstract").status_code == 403
    sent = dora.post("/screen/title_abstract", {"reference": "r2", "verdict": "include"})
    assert sent.status_code == 403
    assert dora.post("/load/record", {"source": "medline", "title": "x"}).status_code == 403


def test_whoever_no_longer_takes_part_is_out_at_once_and_keeps_their_decisions(
    team: FastAPI,
) -> None:
    anna, ben = Visitor(team, "anna"), Visitor(team, "ben")
    ben.post("/screen/title_abstract", {"reference": "r2", "verdict": "include"})
    anna.post("/people/person", {"name": "ben", "roles": "reviewer"})
    assert ben.get("/").headers["location"] == "/sign-in"
    progress = anna.get("/people").text
    assert "no longer takes part" in progress
    assert '<tr><th scope="row">ben</th><td class="number">1</td>' in progress


def test_the_last_owner_stays(team: FastAPI) -> None:
    anna = Visitor(team, "anna")
    sent = anna.post("/people/person", {"name": "anna", "roles": "reviewer", "active": "true"})
    assert sent.status_code == 400
    assert "only owner" in sent.text


@pytest.mark.parametrize("name", ["", "two\nlines", "x" * 81, "nul\0"])
def test_a_name_that_could_pass_for_another_is_refused(anna: Visitor, name: str) -> None:
    sent = anna.post("/people/person", {"name": name, "roles": "reviewer", "active": "true"})
    assert sent.status_code in (400, 422)


def test_a_short_password_is_refused(anna: Visitor) -> None:
    data = {"name": "eve", "roles": "reviewer", "active": "true", "password": "short"}
    assert anna.post("/people/person", data).status_code == 400


def test_passwords_are_kept_as_salted_hashes() -> None:
    one, other = hashed(PASSWORD), hashed(PASSWORD)
    assert one != other
    assert PASSWORD not in one
    assert matches(PASSWORD, one)
    assert not matches("another", one)
    assert not matches(PASSWORD, "")


def test_script_in_titles_and_notes_is_only_text(tmp_path: Path) -> None:
    folder = ready_review(tmp_path / "review", PROTOCOL)
    app = app_of(folder)
    anna = Visitor(app, "anna")
    bad = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    data = {"source": "medline", "title": bad, "authors": bad, "abstract": bad, "doi": "10.1/<b>"}
    anna.post("/load/record", data)
    for key in ("r6", "r2"):
        anna.post("/screen/title_abstract", {"reference": key, "verdict": "include", "note": bad})
    for path in (
        "/",
        "/log",
        "/load",
        "/screen/title_abstract/mine",
        "/screen/title_abstract/r6",
        "/retrieve",
        "/conflicts",
    ):
        page = anna.get(path)
        assert "<script>alert" not in page.text, path
        assert "<img" not in page.text, path
    app.state.server.close()


def pdf_visitor(review: Path) -> tuple[FastAPI, Visitor]:
    for person in ("anna", "ben"):
        decided(review, person, "r1", "include")
    app = app_of(review)
    return app, Visitor(app, "anna")


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd.pdf",
        "..\\..\\evil.pdf",
        'a"b\r\nX: y.pdf',
        "<script>.pdf",
        "\0.pdf",
        "x" * 400 + ".pdf",
    ],
)
def test_a_pdf_is_kept_by_its_content_whatever_its_name(review: Path, name: str) -> None:
    app, anna = pdf_visitor(review)
    sent = anna.post("/retrieve/r1/file", files={"pdf": (name, PDF, "application/pdf")})
    assert sent.status_code == 303
    kept = sorted(path.name for path in (review / "fulltexts").iterdir())
    assert len(kept) == 1
    assert len(kept[0]) == 64 + 4
    assert "<script>" not in anna.get("/retrieve/r1").text
    shown = anna.get("/full-text/r1")
    assert shown.content == PDF
    assert shown.headers["content-type"] == "application/pdf"
    assert shown.headers["content-disposition"] == 'inline; filename="writer2000.pdf"'
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in shown.headers["content-security-policy"]
    app.state.server.close()


def test_what_is_no_pdf_is_refused(review: Path) -> None:
    app, anna = pdf_visitor(review)
    page = ("paper.pdf", b"<html><script>alert(1)</script>", "application/pdf")
    sent = anna.post("/retrieve/r1/file", files={"pdf": page})
    assert sent.status_code == 400
    assert "not a PDF" in sent.text
    assert anna.get("/full-text/r1").status_code == 404
    app.state.server.close()


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    protocol = PROTOCOL + "\n[web]\nmax_upload_mb = 1\n"
    app = app_of(ready_review(tmp_path / "review", protocol))
    anna = Visitor(app, "anna")
    large = ("export.ris", b"x" * (3 * 1024 * 1024), "text/plain")
    sent = anna.post("/load/files", {"source": "medline"}, files={"files": large})
    assert sent.status_code == 413
    assert "1 MB" in sent.text
    app.state.server.close()


def test_an_export_that_cannot_be_read_is_told_and_leaves_nothing(anna: Visitor) -> None:
    before = anna.get("/load").text.count("<tr>")
    for name, data in (
        ("a.ris", b"\xff\xfe\x00"),
        ("b.zip", b"PK\x03\x04broken"),
        ("c.xlsx", b"PK\x03\x04"),
    ):
        sent = anna.post("/load/files", {"source": "medline"}, files={"files": (name, data)})
        assert sent.status_code == 200, name
        assert '<li class="error">' in sent.text, name
    assert anna.get("/load").text.count("<tr>") == before


def test_an_export_is_loaded_with_its_account(anna: Visitor) -> None:
    text = b"TY  - JOUR\nTI  - Dropped in\nER  - \n"
    sent = anna.post("/load/files", {"source": "scopus"}, files={"files": ("new.ris", text)})
    assert '<th scope="row">new.ris</th><td>ris</td><td class="number">1</td>' in sent.text
    again = anna.post("/load/files", {"source": "scopus"}, files={"files": ("new.ris", text)})
    assert "was loaded before; nothing added" in again.text


@pytest.mark.parametrize(
    "name",
    [
        "r0",
        "r-1",
        "r99999999999999999999",
        "%00",
        "..%2F..%2Freview.toml",
        "r1%0d%0aX:y",
        "nobody2000",
    ],
)
def test_a_guessed_name_is_not_there(anna: Visitor, name: str) -> None:
    for path in paths("GET"):
        if "{reference}" in path:
            asked = path.replace("{reference}", name).replace("{stage}", "title_abstract")
            if "{" not in asked:
                assert anna.get(asked).status_code in (403, 404), asked


def test_nobody_is_led_elsewhere(anna: Visitor) -> None:
    for path in (
        "/sign-in?next=https://evil.example",
        "//evil.example",
        "/screen/title_abstract?order=https://evil.example",
    ):
        answer = anna.get(path)
        assert "evil.example" not in answer.headers.get("location", "")


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\folder\\a.ris", "a.ris"),
        ("a\r\nb.pdf", "ab.pdf"),
        ("", "file"),
        ("...", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(name: str, plain: str) -> None:
    assert plain_name(name) == plain
