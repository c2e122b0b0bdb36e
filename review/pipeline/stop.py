"""Whether screening may stop, and the recorded decision that it did."""

from dataclasses import asdict

from review.pipeline.project import Project
from review.store import queries
from review.store.events import Resumed, StoppedEarly
from screening.decisions import State
from screening.problems import WinnowError, error
from screening.records import Stage
from screening.stopping import Stopping, stopping

_SETTLED = (State.INCLUDE, State.EXCLUDE)


def stopping_now(project: Project) -> Stopping:
    """Return what the stopping test says of title and abstract screening at this moment.

    Settled references count in the order in which they were settled.
    """
    section = project.protocol.stopping
    with project.ledger.read() as conn:
        lines = {
            line.key: line.standing.title_abstract
            for line in queries.references(conn, queries.ReferenceFilter(removed="", lane="dbr"))
        }
        last = {vote.reference: vote.id for vote in queries.votes(conn, Stage.TITLE_ABSTRACT)}
    settled = [key for key, state in lines.items() if state in _SETTLED]
    settled.sort(key=lambda key: last.get(key, 0))
    return stopping(
        [lines[key] == State.INCLUDE for key in settled],
        len(lines),
        recall=section.recall,
        confidence=section.confidence,
    )


def stop_early(project: Project, actor: str, reason: str) -> Stopping:
    """Record that title and abstract screening ends now, with the statistics of this moment.

    Raises WinnowError without a reason, or while references wait for their second reviewer: an early
    stop keeps double screening complete.
    """
    if not reason:
        raise WinnowError(error("", 'stopping early needs its reason: --reason "..."'))
    with project.ledger.read() as conn:
        halfway = queries.waiting_for_second(conn, Stage.TITLE_ABSTRACT)
        conflicts = queries.conflicts(conn, Stage.TITLE_ABSTRACT)
    if halfway or conflicts:
        raise WinnowError(
            error(
                "",
                f"{len(halfway):,} references wait for their second reviewer and {len(conflicts):,} "
                "conflicts are open. Finish these first: what was begun is screened by both.",
            ),
            exit_status=1,
        )
    found = stopping_now(project)
    statistics = {name: value for name, value in asdict(found).items() if name not in _CURVES}
    with project.write(actor) as writer:
        writer.append(StoppedEarly(statistics=statistics, reason=reason))
    return found


def resume(project: Project, actor: str, reason: str = "") -> None:
    """Take an early stop back: what was left unscreened waits again."""
    with project.write(actor) as writer:
        writer.append(Resumed(reason=reason))


_CURVES = ("curve", "frontier")
