"""A reviewer's verdict from a page: who may give it, what it says, and when it is recorded."""

from dataclasses import dataclass
from typing import Any, Literal

from fastapi import Request
from sqlalchemy import Connection

from review.pipeline.project import Project
from review.pipeline.screening import screen as screening
from review.store import foreseeing, queries
from review.store.asking import Question
from review.store.events.base import DecisionStage
from review.store.queries import StandingVote
from review.store.writing import Writer
from review.web.forms import sent
from review.web.named import is_record_key, state_named
from review.web.queue import Sought, sought
from review.web.serving import Refused, Viewer, Visit, has_role
from screening.decisions import State
from screening.problems import WinnowError, error
from screening.records import Stage, Verdict

StageName = Literal["title_abstract", "full_text"]
WORDS: dict[str, str] = {"title_abstract": "Title and abstract", "full_text": "Full text"}
STAGES: dict[StageName, DecisionStage] = {
    "title_abstract": Stage.TITLE_ABSTRACT,
    "full_text": Stage.FULL_TEXT,
}


@dataclass(frozen=True, slots=True)
class Given:
    """What a reviewer has said of a reference, or was about to say when something was amiss."""

    verdict: str
    reasons: tuple[str, ...]
    note: str
    event: int


@dataclass(frozen=True, slots=True)
class Ballot:
    """What the form of a verdict sent, and how the queue goes on after it.

    `reference` is the name of what was decided on; `pressed_reason` says that the button of a reason
    was pressed, which excludes; the event in `given` is the viewer's own verdict as the page showed it.
    """

    reference: str
    given: Given
    pressed_reason: bool
    sought: Sought
    csrf: str


_BALLOT = ("csrf", "reference", "verdict", "because", "further", "note", "seen", "order", "q")


async def ballot_of(request: Request) -> Ballot:
    """Read the form of a verdict: at once, for no other is sent as often."""
    form = await sent(request)
    of = form.fields.get
    because = of("because", "")
    reasons = tuple(each for each in (because, *form.each("further")) if each)
    return Ballot(
        of("reference", ""),
        Given(of("verdict", ""), reasons, of("note", ""), form.number("seen")),
        bool(because),
        sought(of("order", ""), of("q", "")),
        of("csrf", ""),
    )


BALLOT: dict[str, Any] = {
    "requestBody": {
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "properties": {name: {"type": "string"} for name in _BALLOT},
                }
            }
        }
    }
}
"""What `ballot_of` reads, said as OpenAPI, since it is not in the parameters of a function."""


def may_screen(viewer: Viewer, project: Project, stage: StageName) -> None:
    """Raise Refused where the protocol names others to decide at this stage."""
    has_role(viewer, "reviewer")
    named = project.protocol.screening.plan(STAGES[stage]).reviewers
    if named and viewer.name not in named:
        raise Refused(
            error(
                "",
                f"at this stage {' and '.join(named)} decide, as the protocol says; "
                "conflicts are settled on the page Conflicts.",
            )
        )


def ruling(stage: StageName, given: Given, *, pressed_reason: bool) -> screening.Ruling:
    """Return what a form says; a pressed reason alone excludes.

    Raises WinnowError where no verdict was chosen, or reasons stand beside another verdict.
    """
    word = given.verdict or (str(Verdict.EXCLUDE) if pressed_reason else "")
    if word not in set(Verdict):
        raise WinnowError(error("", "choose include, exclude or unsure; nothing was recorded."))
    if given.reasons and word != Verdict.EXCLUDE:
        raise WinnowError(
            error(
                "",
                f'reasons for excluding are chosen and the verdict is "{word}". Take the reasons '
                "away, or exclude; nothing was recorded.",
            )
        )
    reasons = tuple(dict.fromkeys(given.reasons))
    return screening.Ruling(STAGES[stage], Verdict(word), reasons, given.note.strip())


class DecidedMeanwhile(WinnowError):  # noqa: N818 - an answer to a person, told as a sentence
    """The viewer has another verdict by now than their page showed; nothing was written."""

    def __init__(self, vote: StandingVote) -> None:
        super().__init__(
            error(
                "",
                f'you have said "{vote.verdict}" of this reference meanwhile, perhaps in another '
                "window. It stands; to change it, decide once more here.",
            ),
            exit_status=1,
        )
        self.vote = vote


def record(visit: Visit, writer: Writer, name: str, given: screening.Ruling, seen: int) -> str:
    """Append a verdict on the reference of a name, unless the viewer has given this very one already.

    `seen` is the event of the viewer's verdict as their page showed it. What stands is read in the
    transaction that writes, so that a form sent twice at once is one verdict. Returns the key of the
    reference where it was appended, else nothing. Raises DecidedMeanwhile where another one stands by
    now, WinnowError where none is asked for, and a page that is not there.
    """
    key, state = state_named(writer.connection, name, given.stage)
    vote = own_vote(writer.connection, visit.viewer, key, given.stage)
    if vote is not None and vote.id != seen:
        if _says(vote, given):
            return ""
        raise DecidedMeanwhile(vote)
    shown = visit.viewer.session.desk(given.stage).shown
    _still_asked(state, asked=shown == key or vote is not None)
    screening.append_verdict(visit.project, writer, key, given)
    return key


def foreseen_of(reviewer: str, name: str, stage: DecisionStage) -> list[Question]:
    """Return what is going to be asked where a reviewer's verdict on the reference of a name is recorded."""
    return foreseeing.of_a_verdict(reviewer, name, stage) if is_record_key(name) else []


def own_vote(
    conn: Connection, viewer: Viewer, key: str, stage: DecisionStage
) -> StandingVote | None:
    """Return the viewer's own standing vote on a reference, or None."""
    votes = queries.own_votes(conn, stage, viewer.name, references=[key])
    return votes[-1] if votes else None


def _says(vote: StandingVote, given: screening.Ruling) -> bool:
    return (vote.verdict, vote.reasons, vote.note) == (given.verdict, given.reasons, given.note)


def _still_asked(state: str, *, asked: bool) -> None:
    """Raise WinnowError where a reference needs no verdict and the viewer was not asked for one."""
    if not state:
        raise WinnowError(error("", "this reference is not at this stage; nothing was recorded."))
    if state not in (State.PENDING, State.AWAITING_SECOND) and not asked:
        raise WinnowError(
            error("", "this reference has all the verdicts it needs; nothing was recorded.")
        )
