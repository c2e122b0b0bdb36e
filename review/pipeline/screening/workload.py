"""Who screens what: references shared out by weight, how far everyone is, how long it will take."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection

from review.pipeline.project import Project
from review.store import queries
from review.store.events import Assigned
from review.store.events.base import DecisionStage
from review.store.queries.ranking import StageLine, decided_at, stage_lines
from screening.allocation import allocate, projected_hours
from screening.decisions import Policy, State
from screening.problems import Problem, WinnowError, error
from screening.records import Stage
from screening.toml_text import closest


@dataclass(frozen=True, slots=True)
class Load:
    """One reviewer's work at a stage, in totals alone: it may be shown while reviewers are blinded.

    `assigned` is None for whoever has no share of their own. `hours` is what waits at the pace of their
    latest decisions, None where no pace is known yet.
    """

    reviewer: str
    done: int
    waiting: int
    assigned: int | None
    hours: float | None


@dataclass(frozen=True, slots=True)
class Workload:
    """The work at a stage; `unassigned` waits for votes that nobody's share provides."""

    stage: DecisionStage
    loads: tuple[Load, ...]
    unassigned: int

    def as_json(self) -> dict[str, Any]:
        """Return the workload as JSON-ready values."""
        return asdict(self)


def screeners(project: Project, stage: DecisionStage) -> tuple[str, ...]:
    """Return who may screen at a stage: those the protocol names for it, else every active reviewer.

    Someone can be a reviewer by review.toml or by having joined as one.
    """
    if named := project.protocol.screening.plan(stage).reviewers:
        return named
    with project.ledger.read() as conn:
        joined = {each.name: each for each in queries.people(conn)}
    listed = [name for name in project.protocol.review.reviewers if name not in joined]
    return (*listed, *(n for n, each in joined.items() if each.active and "reviewer" in each.roles))


def hours_before(conn: Connection, stage: Stage, reviewer: str, waiting: int) -> float | None:
    """Return the hours that what waits will take a reviewer at their own pace, None if it is unknown."""
    return projected_hours(decided_at(conn, stage, reviewer), waiting)


def workload(
    project: Project, stage: DecisionStage, progress: Sequence[queries.Progress] | None = None
) -> Workload:
    """Return how far each reviewer is at a stage, and how many hours lie before them.

    `progress` is what `queries.progress` says of the stage, where it was asked already.
    """
    people = screeners(project, stage)
    with project.ledger.read() as conn:
        if progress is None:
            progress = queries.progress(conn, stage)
        known = {each.reviewer: each for each in progress}
        loads = []
        for name in sorted({*people, *known}):
            own = known.get(name)
            waiting = own.waiting if own else queries.count_queue(conn, stage, name)
            hours = hours_before(conn, stage, name, waiting)
            loads.append(
                Load(name, own.done if own else 0, waiting, own.assigned if own else None, hours)
            )
        shares = {each.reviewer for each in loads if each.assigned is not None}
        unassigned = 0
        if shares and shares >= set(people):
            held = {key for name in shares for key in queries.queue(conn, stage, name, limit=_ALL)}
            unassigned = sum(
                line.key not in held for line in stage_lines(conn, stage) if _open(line)
            )
    return Workload(stage, tuple(loads), unassigned)


def share_out(
    project: Project,
    stage: DecisionStage,
    shares: Mapping[str, float],
    *,
    core: str | None = None,
    seed: int | None = None,
) -> dict[str, tuple[str, ...]]:
    """Return who would screen what, shared out by weight among those who have one; nothing is written.

    Each reference goes to as many people as its policy asks for, never to one who has voted on it. A
    `core` reviewer is given every reference. What someone has decided stays in their share. `seed`
    draws, that of the protocol where none is given. Raises WinnowError for people who do not review
    at this stage, and for too few of them.
    """
    _check(project, stage, shares, core)
    section = project.protocol.screening
    plan = section.plan(stage)
    with project.ledger.read() as conn:
        lines = list(stage_lines(conn, stage))
    given: dict[str, set[str]] = {
        name: {line.key for line in lines if line.voted(name)} for name in shares
    }
    alike: dict[tuple[int, tuple[str, ...]], list[str]] = {}
    for line in lines:
        if _open(line):
            single = plan.policy_for(line.key, section.seed) is Policy.SINGLE
            missing = max((1 if single else 2) - len(line.voters), 1)
            alike.setdefault((missing, line.voters), []).append(line.key)
    for (votes, voters), keys in sorted(alike.items()):
        left = {name: weight for name, weight in shares.items() if name not in voters}
        if len(left) < votes:
            raise WinnowError(_too_few(len(keys), votes, voters))
        for name, own in allocate(
            keys,
            left,
            votes=votes,
            core=core if core in left else None,
            seed=section.seed if seed is None else seed,
        ).items():
            given[name].update(own)
    return {
        name: tuple(line.key for line in lines if line.key in own) for name, own in given.items()
    }


def assign(  # noqa: PLR0913 - who shares out what, among whom, and how it is drawn
    project: Project,
    actor: str,
    stage: DecisionStage,
    shares: Mapping[str, float],
    *,
    core: str | None = None,
    seed: int | None = None,
) -> Workload:
    """Share out what still needs votes as `share_out` says, with an event for each reviewer."""
    given = share_out(project, stage, shares, core=core, seed=seed)
    with project.write(actor) as writer:
        writer.append_many(
            Assigned(reviewer=name, stage=stage, references=own) for name, own in given.items()
        )
    return workload(project, stage)


def lift_shares(project: Project, actor: str, stage: DecisionStage) -> None:
    """Give everyone the whole queue of a stage again."""
    with project.ledger.read() as conn:
        shared = [each for each in queries.progress(conn, stage) if each.assigned is not None]
    with project.write(actor) as writer:
        writer.append_many(
            Assigned(reviewer=each.reviewer, stage=stage, references=()) for each in shared
        )


_ALL = 2**31 - 1


def _open(line: StageLine) -> bool:
    return line.state in (State.PENDING, State.AWAITING_SECOND)


def _check(
    project: Project, stage: DecisionStage, shares: Mapping[str, float], core: str | None
) -> None:
    known = screeners(project, stage)
    problems = [
        error(
            "",
            f'"{name}" does not screen at this stage ({", ".join(known)}).{closest(name, known)}',
        )
        for name in (*shares, *([core] if core and core not in shares else []))
        if name not in known
    ]
    problems += [
        error("", f"{name} needs a share above zero; leave out whoever takes none.")
        for name, weight in shares.items()
        if weight <= 0
    ]
    if core and core not in shares and not problems:
        problems.append(error("", f"the core reviewer {core} needs a share too, of any size."))
    if problems:
        raise WinnowError(problems)


def _too_few(references: int, votes: int, voters: tuple[str, ...]) -> Problem:
    seen = f" of somebody other than {' and '.join(voters)}" if voters else ""
    return error(
        "",
        f"{references:,} references need {votes} votes{seen}, and too few people have a share. "
        "Give more of them a share.",
    )
