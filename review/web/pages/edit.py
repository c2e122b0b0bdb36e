"""Edit: review.toml and the report's own text, changed in the browser on the machine they lie on."""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from review.pipeline.adopt import PRESENTATION, adopt_protocol, changed_sections
from review.pipeline.editing import NewSource, Written, with_source, write_over, written
from review.pipeline.project import PROTOCOL_FILE, Project
from review.pipeline.synthesis.report import author_text
from review.pipeline.unchanged import ChangedMeanwhile
from review.protocol import Protocol, read_protocol
from review.store import queries
from review.web.forms import AForm
from review.web.serving import (
    CHECKED,
    AProject,
    AViewer,
    Refused,
    Viewer,
    has_role,
    render,
    server_of,
)
from screening.problems import Problem, WinnowError, error
from screening.records import SourceKind
from synthesis.author_text import read_author_text

router = APIRouter()


@dataclass(frozen=True, slots=True)
class EditPage:
    """A file as it is being written. `there` is what lies in the folder now where that is another.

    `needs_reason` asks for one, as screening has begun; `sound` says that it was read without mistakes.
    """

    title: str
    lead: str
    address: str
    back: str
    file: str
    text: str
    seen: str
    reason: str
    needs_reason: bool
    sound: bool
    there: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class SourcePage:
    """The form for one more place searched."""

    values: NewSource
    kinds: tuple[tuple[str, str], ...]
    needs_reason: bool
    reason: str
    problems: tuple[Problem, ...]


def may_edit(request: Request, viewer: AViewer) -> Viewer:
    """Return the viewer; raises Refused where files of the serving machine are not theirs to write."""
    has_role(viewer, "owner")
    if not server_of(request).local:
        raise Refused(
            error(
                "",
                "this is changed on the machine that serves the review, in the review's folder with "
                "any text editor. The page Protocol then brings it into force.",
            )
        )
    return viewer


AnEditor = Annotated[Viewer, Depends(may_edit)]


@router.get("/protocol/edit")
def edit_protocol(request: Request, editor: AnEditor, project: AProject) -> Response:
    """Show review.toml to be written in."""
    lies = written(project, PROTOCOL_FILE)
    page = _protocol_page(lies.text, lies.seen)
    return render(request, "edit.html", page, viewer=editor)


@router.post("/protocol/edit", dependencies=[CHECKED])
def save_protocol(request: Request, editor: AnEditor, project: AProject, form: AForm) -> Response:
    """Check the text; or save it and bring it into force, if there is no mistake in it."""
    text, seen, reason = form.fields.get("text", ""), form.text("seen"), form.text("reason")
    page = replace(_protocol_page(text, seen), reason=reason)
    try:
        protocol = read_protocol(text, PROTOCOL_FILE)
        asked = _needs_reason(project, text)
        if form.text("do") == "check":
            checked = replace(page, sound=True, needs_reason=asked)
            return render(request, "edit.html", checked, viewer=editor)
        if asked and not reason:
            raise WinnowError(_no_reason())  # noqa: TRY301 - told like any other
        _into_force(editor, project, Written(text, seen), protocol, reason)
    except WinnowError as told:
        return _again(request, editor, project, page, told, needs_reason=_reason_said(told))
    editor.session.tell("Saved. The protocol is in force as you wrote it.")
    return RedirectResponse("/protocol", 303)


@router.get("/protocol/source")
def source_form(request: Request, editor: AnEditor, project: AProject) -> Response:
    """Show the form for one more place searched."""
    page = SourcePage(NewSource(""), _kinds(), _begun(project), "", ())
    return render(request, "source.html", page, viewer=editor)


@router.post("/protocol/source", dependencies=[CHECKED])
def add_source(request: Request, editor: AnEditor, project: AProject, form: AForm) -> Response:
    """Write one more source into review.toml and bring it into force."""
    named = {name: form.text(name) for name in NewSource.__dataclass_fields__}
    source, reason = NewSource(**named), form.text("reason")
    lies = written(project, PROTOCOL_FILE)
    try:
        if not source.name:
            raise WinnowError(error("Name", "say what the place is called; nothing was saved."))  # noqa: TRY301 - told like any other
        known = [each.id for each in read_protocol(lies.text, PROTOCOL_FILE).sources]
        text = with_source(lies.text, source, known)
        protocol = read_protocol(text, PROTOCOL_FILE)
        if _needs_reason(project, text) and not reason:
            raise WinnowError(_no_reason())  # noqa: TRY301 - likewise
        _into_force(editor, project, Written(text, lies.seen), protocol, reason)
    except WinnowError as told:
        page = SourcePage(source, _kinds(), _begun(project), reason, told.problems)
        return render(request, "source.html", page, viewer=editor, status=422)
    editor.session.tell(f"{source.name} is among the sources. Its exports can be loaded now.")
    return RedirectResponse("/load", 303)


@router.get("/report/text")
def edit_text(request: Request, editor: AnEditor, project: AProject) -> Response:
    """Show the authors' own text to be written in; it is begun where there is none."""
    name = project.protocol.report.text_file
    if not written(project, name).text:
        author_text(project)
    lies = written(project, name)
    return render(request, "edit.html", _text_page(project, lies.text, lies.seen), viewer=editor)


@router.post("/report/text", dependencies=[CHECKED])
def save_text(request: Request, editor: AnEditor, project: AProject, form: AForm) -> Response:
    """Save the authors' own text; what does not fit in it is told and saved all the same."""
    report = project.protocol.report
    text, seen = form.fields.get("text", ""), form.text("seen")
    page = _text_page(project, text, seen)
    try:
        write_over(project, report.text_file, text, seen=seen)
    except WinnowError as told:
        return _again(request, editor, project, page, told)
    _, problems = read_author_text(text, leave_out=report.leave_out, name=report.text_file)
    editor.session.tell("Saved." if not problems else "Saved, though something in it does not fit.")
    if problems:
        lies = written(project, report.text_file)
        again = replace(page, text=lies.text, seen=lies.seen, problems=tuple(problems))
        return render(request, "edit.html", again, viewer=editor)
    return RedirectResponse("/report", 303)


def _into_force(
    editor: Viewer,
    project: Project,
    new: Written,
    protocol: Protocol,
    reason: str,
) -> None:
    write_over(project, PROTOCOL_FILE, new.text, seen=new.seen)
    text = written(project, PROTOCOL_FILE).text
    adopt_protocol(replace(project, text=text, protocol=protocol), editor.name, reason)


def _again(  # noqa: PLR0913 - a page, and what is to be said of it
    request: Request,
    editor: Viewer,
    project: Project,
    page: EditPage,
    told: WinnowError,
    *,
    needs_reason: bool = False,
) -> Response:
    changed = isinstance(told, ChangedMeanwhile)
    lies = written(project, page.file) if changed else Written("", page.seen)
    again = replace(
        page,
        problems=told.problems,
        there=lies.text,
        seen=lies.seen,
        needs_reason=needs_reason,
    )
    return render(request, "edit.html", again, viewer=editor, status=409 if changed else 422)


def _protocol_page(text: str, seen: str) -> EditPage:
    return EditPage(
        title="Edit the protocol",
        lead="This is review.toml, as it lies in the review's folder. Lines that begin with # are "
        "remarks. Checking names every mistake with its line; only a text without mistakes is saved.",
        address="/protocol/edit",
        back="/protocol",
        file=PROTOCOL_FILE,
        text=text,
        seen=seen,
        reason="",
        needs_reason=False,
        sound=False,
        there="",
        problems=(),
    )


def _text_page(project: Project, text: str, seen: str) -> EditPage:
    return replace(
        _protocol_page(text, seen),
        title="Your own text",
        lead="Write under a heading and leave the part in braces as it is: it names the place where "
        "the text goes. Paragraphs are parted by an empty line, *asterisks* set words in italics, and "
        'lines that begin with "- " make a list.',
        address="/report/text",
        back="/report",
        file=project.protocol.report.text_file,
    )


def _needs_reason(project: Project, text: str) -> bool:
    changed = changed_sections(project.text, text)
    return _begun(project) and any(name not in PRESENTATION for name in changed)


def _begun(project: Project) -> bool:
    with project.ledger.read() as conn:
        return queries.screening_has_begun(conn)


_REASON = "reason"


def _no_reason() -> Problem:
    return error(
        "Why",
        "screening has begun, so this is an amendment. Say why; nothing was saved yet.",
        _REASON,
    )


def _reason_said(told: WinnowError) -> bool:
    return any(problem.subject == _REASON for problem in told.problems)


def _kinds() -> tuple[tuple[str, str], ...]:
    return tuple((str(kind), str(kind).replace("_", " ")) for kind in SourceKind)
