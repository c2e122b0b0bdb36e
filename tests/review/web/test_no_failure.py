"""Whatever is sent to whatever address: an answer in words, and never a failure of the program."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from review.web.pages import PAGES
from review.web.sessions import COOKIE
from tests.review.web.visiting import Visitor, app_of, copied, ready_review

SLOW = r"^/(run|report|tables/file|flow/file|assets)"  # they take nothing from a visitor but a name
KNOWN = {"reference": "r2", "source": "medline", "verdict": "include", "unit": "r2", "name": "ben"}


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Serve a review whose routes are described as OpenAPI, for this test alone."""
    made = ready_review(tmp_path_factory.mktemp("described") / "made")
    app = app_of(copied(made, made.parent / "review"))
    for word in PAGES:  # so that all the pages are there to be described
        Visitor(app, "anna").get(f"/{word}")
    app.openapi_url = "/openapi.json"
    app.setup()
    yield schemathesis.openapi.from_asgi("/openapi.json", app).exclude(path_regex=SLOW)
    app.state.server.close()


def test_no_request_makes_the_program_fail(described: Any) -> None:
    sessions = described.app.state.server.sessions
    seen: list[int] = []
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) > 30
    for operation in operations:

        @settings(
            max_examples=3,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def answered(case: Any) -> None:
            session = sessions.begin("anna")
            if isinstance(case.body, dict):
                case.body["csrf"] = session.csrf
            if len(seen) % 2:  # now and then what is sent is about something that is there
                for part in (case.path_parameters, case.body):
                    if isinstance(part, dict):
                        part.update({name: KNOWN[name] for name in KNOWN if name in part})
            response = case.call(cookies={COOKIE: session.key}, base_url="http://127.0.0.1")
            assert response.status_code < 500, case.as_curl_command()
            assert b"Traceback" not in response.content
            seen.append(response.status_code)

        answered()
    assert {200, 400, 404, 422} <= set(seen)  # it came past the doors
