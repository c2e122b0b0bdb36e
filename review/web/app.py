"""The application: one review, its pages, and the rules every request is held to."""

from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from review import resources
from review.pipeline.project import Project, open_project
from review.pipeline.screening.ranking_process import RankingDesk
from review.store import queries
from review.web.headers import HEADERS, SafeHeaders
from review.web.limits import LimitedBody, TooLarge
from review.web.messages import MessagePage
from review.web.on_demand import OnDemand
from review.web.serving import Refused, Server, SignInNeeded, render
from review.web.sessions import Sessions
from screening.problems import WinnowError, error

LOCAL = ("127.0.0.1", "localhost", "::1")


def create_app(directory: Path, *, host: str | None = None, public: bool = False) -> FastAPI:
    """Return the application that serves the review in a folder.

    What is not said of `host` and `public` is as review.toml has it. On a local address a one-time
    token opens it. Any other address needs `public` and at least one account with a password. Raises
    WinnowError otherwise, or where the review cannot be opened.
    """
    stack = ExitStack()
    project = stack.enter_context(open_project(directory, door="web"))
    host = host or project.protocol.web.host
    public = public or project.protocol.web.public
    local = host in LOCAL and not public
    try:
        if not local:
            _require_accounts(project_people=_with_password(project), host=host, public=public)
    except WinnowError:
        stack.close()
        raise

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        yield
        app.state.server.close()

    app = FastAPI(title="Winnow", lifespan=life, openapi_url=None, docs_url=None, redoc_url=None)
    desk = stack.enter_context(RankingDesk(project))
    app.state.server = Server(
        project, Sessions(project.protocol.web.session_hours), local, desk, stack.close
    )
    app.add_middleware(OnDemand, pages=app)
    app.add_middleware(LimitedBody, lambda: app.state.server.project.protocol.web.max_upload_mb)
    app.add_middleware(SafeHeaders)
    app.mount("/static", StaticFiles(directory=resources.path("templates/web/static")), "static")
    app.add_exception_handler(SignInNeeded, _to_sign_in)
    app.add_exception_handler(WinnowError, _told)
    app.add_exception_handler(HTTPException, _not_there)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(Exception, _failed)
    return app


def _with_password(project: Project) -> int:
    with project.ledger.read() as conn:
        return sum(bool(person.password_hash) for person in queries.people(conn) if person.active)


def _require_accounts(*, project_people: int, host: str, public: bool) -> None:
    if not public:
        raise WinnowError(
            error(
                "",
                f"{host} can be reached from other machines. Say --public if that is meant.",
            )
        )
    if not project_people:
        raise WinnowError(
            error(
                "",
                "nobody has an account yet, so anyone could come in. Make one first, on this "
                "machine: winnow serve, then the page People.",
            )
        )


async def _to_sign_in(_request: Request, _reason: Exception) -> Response:
    return RedirectResponse("/sign-in", status_code=303)


async def _told(request: Request, told: Exception) -> Response:
    problems = told.problems if isinstance(told, WinnowError) else ()
    status = 403 if isinstance(told, Refused) else 400
    title = "This may not be done" if status == 403 else "This was not done"
    page = MessagePage(title, tuple(problem.message for problem in problems))
    return render(request, "message.html", page, status=status)


async def _not_there(request: Request, missing: Exception) -> Response:
    status = missing.status_code if isinstance(missing, HTTPException) else 404
    page = MessagePage("This page is not here", ("Begin at the start page.",))
    if isinstance(missing, TooLarge):
        page = MessagePage("This is too large", (missing.detail,))
    elif status != 404:
        page = MessagePage("This was not understood", ("Go back, and send it again.",))
    return render(request, "message.html", page, status=status)


async def _not_understood(request: Request, mistakes: Exception) -> Response:
    found = mistakes.errors() if isinstance(mistakes, RequestValidationError) else ()
    named = tuple(f"{each['loc'][-1]}: {each['msg']}." for each in found)
    page = MessagePage("This was not understood", named)
    return render(request, "message.html", page, status=422)


async def _failed(request: Request, _fault: Exception) -> Response:
    page = MessagePage(
        "Something went wrong in the program",
        ("What was recorded before is kept. The window in which winnow serve runs says more.",),
    )
    response = render(request, "message.html", page, status=500)
    response.headers.update(HEADERS)
    return response
