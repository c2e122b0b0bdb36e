"""What holds for every page."""

from pathlib import Path

import pytest
from fastapi import FastAPI

from review.web.headers import HEADERS
from review.web.sessions import COOKIE
from tests.review.web.visiting import TestClient, Visitor, paths

TEMPLATES = Path(__file__).parents[3] / "templates" / "web"


def test_every_response_carries_the_safe_headers(anna: Visitor) -> None:
    for path in ("/", "/nowhere", "/static/winnow.css", "/sign-in"):
        response = anna.get(path)
        for name, value in HEADERS.items():
            assert response.headers[name] == value, (path, name)


def test_nothing_is_shown_to_a_visitor_who_is_not_signed_in(app: FastAPI) -> None:
    client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
    for path in paths("GET"):
        if "{" in path:
            continue
        response = client.get(path)
        if path == "/sign-in":
            assert "anna" not in response.text
        elif path == "/enter":
            assert response.status_code == 403
        else:
            assert response.status_code == 303, path
            assert response.headers["location"] == "/sign-in"


def test_a_made_up_session_opens_nothing(app: FastAPI) -> None:
    client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
    client.cookies.set(COOKIE, "made-up")
    assert client.get("/").status_code == 303


def test_every_form_that_is_sent_is_checked(anna: Visitor) -> None:
    posts = [path for path in paths("POST") if path != "/sign-in"]
    assert posts
    for path in posts:
        plain = path.replace("{", "").replace("}", "")
        for each in {plain, plain.replace("stage", "title_abstract")}:
            for token in ("", "wrong"):
                sent = anna.client.post(each, data={"csrf": token})
                assert sent.status_code in (403, 404, 422), (each, sent.status_code)


@pytest.mark.parametrize("name", sorted(path.name for path in TEMPLATES.glob("*.html")))
def test_no_template_holds_script_or_style_or_looks_elsewhere(name: str) -> None:
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    assert "<style" not in text
    assert " style=" not in text
    assert "|safe" not in text.replace(" ", "").replace("svg|safe", "")  # pictures are our own
    assert "http://" not in text
    assert "https://" not in text.replace('"https://doi.org/', "")
    assert text.count("<script") == text.count('<script type="module" src="/static/')
    assert " onclick" not in text
