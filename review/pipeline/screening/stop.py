"""Whether screening may stop, and the recorded decision that it did."""

from dataclasses import asdict, dataclass
from typing import Any

from review import resources
from review.pipeline.identification.known import known_references
from review.pipeline.project import Project
from review.store import queries
from review.store.events import PilotDrawn, Resumed, StoppedEarly
from review.store.queries.ranking import stage_lines
from screening.decisions import State
from screening.problems import WinnowError, error
from screening.records import Stage
from screening.stopping.figure import svg
from screening.stopping.heuristics import Heuristic, irrelevant_in_a_row, safe
from screening.stopping.testing import Stopping, stopping

_STAGE = Stage.TITLE_ABSTRACT
_SETTLED = (State.INCLUDE, State.EXCLUDE)
_RUNS = (50, 200)
_CURVES = ("curve", "frontier")


@dataclass(frozen=True, slots=True)
class Display:
    """What can be said of stopping: the test, and beside it rules of thumb, which promise nothing."""

    test: Stopping
    heuristics: tuple[Heuristic, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the test's values, and the rules of thumb under their own name."""
        rules = [asdict(each) | {"met": each.met} for each in self.heuristics]
        return asdict(self.test) | {"heuristics": rules}


def stopping_now(project: Project) -> Stopping:
    """Return what the stopping test says of title and abstract screening at this moment."""
    return stopping_display(project).test


def stopping_display(project: Project) -> Display:
    """Return the test and the rules of thumb at this moment.

    Settled references count in the order in which they were settled. Reports that were known before
    screening are left out, as they were not found by it. The references of pilot rounds, drawn at
    random, say how many relevant ones the SAFE procedure expects.
    """
    section = project.protocol.stopping
    with project.ledger.read() as conn:
        states = {line.key: line.state for line in stage_lines(conn, _STAGE) if line.lane == "dbr"}
        last = {
            said.reference: said.id
            for said in sorted(
                (*queries.votes(conn, _STAGE), *queries.adjudications(conn, _STAGE)),
                key=lambda said: said.id,
            )
        }
        known = known_references(conn, project.protocol)
        now = queries.references_of(conn)
        drawn = [said.event for said in queries.events_since(conn, kinds=["pilot_drawn"])]
    here = {key for key in known.values() if key in states}
    sought = sorted(states.keys() - here, key=lambda key: last.get(key, 0))
    labels = [states[key] == State.INCLUDE for key in sought if states[key] in _SETTLED]
    sample = {
        now.get(key, "")
        for event in drawn
        if isinstance(event, PilotDrawn) and event.stage == _STAGE
        for key in event.references
    }
    judged = [states[key] for key in sample if states.get(key) in _SETTLED]
    test = stopping(labels, len(sought), recall=section.recall, confidence=section.confidence)
    heuristics = (
        *(irrelevant_in_a_row(labels, run) for run in _RUNS),
        *safe(
            labels,
            len(sought),
            known_found=sum(states[key] == State.INCLUDE for key in here),
            known=len(known),
            relevant_share=judged.count(State.INCLUDE) / len(judged) if judged else None,
        )[:-1],
    )
    return Display(test, heuristics)


def stopping_figure(found: Stopping) -> str:
    """Return the p-value's course and the frontier of recalls as SVG."""
    return svg(found, resources.text("templates/figures/stopping.svg"))


def stop_early(project: Project, actor: str, reason: str) -> Stopping:
    """Record that title and abstract screening ends now, with the statistics of this moment.

    Raises WinnowError without a reason, where nothing is left to leave out, or while references wait
    for their second reviewer: an early stop keeps double screening complete.
    """
    if not reason:
        raise WinnowError(error("", 'stopping early needs its reason: --reason "..."'))
    with project.ledger.read() as conn:
        halfway = queries.waiting_for_second(conn, _STAGE)
        conflicts = queries.conflicts(conn, _STAGE)
        pending = queries.state_counts(conn, _STAGE).get(State.PENDING, 0)
    if halfway or conflicts:
        raise WinnowError(
            error(
                "",
                f"{len(halfway):,} references wait for their second reviewer and {len(conflicts):,} "
                "conflicts are open. Finish these first: what was begun is screened by both.",
            ),
            exit_status=1,
        )
    if not pending:
        raise WinnowError(
            error("", "every reference is screened, so there is nothing to stop before."),
            exit_status=1,
        )
    shown = stopping_display(project)
    statistics = {name: value for name, value in asdict(shown.test).items() if name not in _CURVES}
    with project.write(actor) as writer:
        writer.append(StoppedEarly(statistics=statistics, reason=reason))
    return shown.test


def resume(project: Project, actor: str, reason: str = "") -> None:
    """Take an early stop back: what was left unscreened waits again."""
    with project.write(actor) as writer:
        writer.append(Resumed(reason=reason))


def stop_statement(project: Project) -> str:
    """Return the early stop that stands as a sentence for the methods, or nothing.

    It says how much was left unscreened, why, and what the test said when that was decided.
    """
    with project.ledger.read() as conn:
        left = queries.state_counts(conn, _STAGE).get("unscreened", 0)
        said = [each.event for each in queries.events_since(conn, kinds=["stopped_early"])]
    stops = [event for event in said if isinstance(event, StoppedEarly)]
    if not left or not stops:
        return ""
    reason, then = stops[-1].reason.strip().rstrip("."), stops[-1].statistics
    first = f"Screening stopped early and left {left:,} references unscreened, because: {reason}."
    if "p_value" not in then:
        return first
    return (
        f"{first} By then {then['screened']:,} of {then['total']:,} were screened and "
        f"{then['found']:,} included; the hypergeometric test of Callaghan and Müller-Hansen (2020) "
        f"gave p = {then['p_value']:.3f} against a recall of {then['recall']:.0%} "
        f"({'reached' if then['reached'] else 'not reached'} with {then['confidence']:.0%} confidence)."
    )
