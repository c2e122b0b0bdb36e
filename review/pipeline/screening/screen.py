"""Verdicts on references: given one by one or by the sheet, settled, taken back, adjudicated."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial

from review.pipeline.decision_sheet import (
    COLUMNS,
    DecisionRow,
    read_decisions,
    reason_labels,
)
from review.pipeline.filing import append_by_actor
from review.pipeline.naming import Names, names_for, own_record
from review.pipeline.project import Project
from review.store import queries
from review.store.events import (
    Adjudicated,
    Classified,
    Decided,
    DecisionWithdrawn,
    Event,
    Named,
)
from review.store.events.base import DecisionStage
from review.store.writing import Writer
from screening.decisions import Policy, State, lacks_reason
from screening.grid import CellValue, Grid, grid_of
from screening.problems import Problem, WinnowError, error, has_errors
from screening.records import Category, Reference, Stage, Verdict


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person says of a reference at a stage, with reasons by id and a note."""

    stage: DecisionStage
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    note: str = ""


def decide(project: Project, reviewer: str, reference: str, ruling: Ruling) -> int:
    """Append one verdict and return its event's id; an earlier one of this reviewer is superseded.

    Raises WinnowError where an exclusion at full text has no reason, or the reason is not known.
    """
    with project.write(reviewer) as writer:
        return append_verdict(project, writer, reference, ruling)


def append_verdict(project: Project, writer: Writer, reference: str, ruling: Ruling) -> int:
    """Append the writer's own verdict in a transaction that is open; raises as `decide` does."""
    check_reasons(project, reference, ruling)
    event = writer.append(Decided(reference=reference, **asdict(ruling)))
    _name_if_sought(writer, reference)
    return event


def undo(project: Project, reviewer: str, reference: str, stage: DecisionStage) -> None:
    """Take back the reviewer's own verdict; it stays in the ledger and counts no more."""
    with project.write(reviewer) as writer:
        writer.append(DecisionWithdrawn(reference=reference, stage=stage))


def adjudicate(project: Project, person: str, reference: str, ruling: Ruling) -> None:
    """Settle a conflict; the verdicts it was between stay as they were.

    Under "dual then adjudicated" it takes a third person. Raises WinnowError where there is no
    conflict, where the person is one of those who differ, or where an exclusion at full text has no
    known reason.
    """
    check_reasons(project, reference, ruling)
    with project.write(person) as writer:
        _check_may_settle(project, writer, person, reference, ruling.stage)
        writer.append(Adjudicated(reference=reference, **asdict(ruling)))
        _name_if_sought(writer, reference)


def _check_may_settle(
    project: Project, writer: Writer, person: str, reference: str, stage: DecisionStage
) -> None:
    """Look at the conflict where it is settled, so that of two who settle it at once one is told."""
    line = queries.reference(writer.connection, reference)
    if line is None or getattr(line.standing, stage) != State.CONFLICT:
        raise WinnowError(
            error(reference, "there is no conflict on this reference at this stage to settle.")
        )
    votes = queries.votes(writer.connection, stage, references=[reference])
    plan = project.protocol.screening.plan(stage)
    if plan.policy is Policy.DUAL_ADJUDICATED and person in {vote.reviewer for vote in votes}:
        raise WinnowError(
            error(reference, f"{person} is one of those who differ; a third person settles this.")
        )


def classify(
    project: Project, person: str, reference: str, category: Category | None, note: str = ""
) -> None:
    """Set a reference apart as awaiting classification or ongoing, or lift that again."""
    with project.write(person) as writer:
        writer.append(Classified(reference=reference, category=category, note=note))


def name_sought(project: Project, actor: str) -> None:
    """Give every reference whose report is sought, and that has none, its permanent report key.

    Names are chosen inside the transaction that gives them, so that two people who decide at once
    cannot be given the same one.
    """
    with project.ledger.read() as conn:
        if not _nameless(queries.sought_reports(conn)):
            return
    with project.write(actor) as writer:
        _name(writer, _nameless(queries.sought_reports(writer.connection)))


def _name_if_sought(writer: Writer, reference: str) -> None:
    """Name the report that has just come to be sought, together with the verdict that did it."""
    if queries.lacks_report_key(writer.connection, reference):
        line = queries.reference(writer.connection, reference)
        _name(writer, _nameless([line] if line else []))


def _nameless(lines: Iterable[queries.ReferenceLine]) -> list[Reference]:
    return [
        line.reference for line in lines if line.standing.retrieval and not line.standing.report_key
    ]


def _name(writer: Writer, references: Sequence[Reference]) -> None:
    names = names_for(references, partial(queries.given_report_keys, writer.connection))
    writer.append_many(Named(reference=key, report_key=name) for key, name in names.items())


def import_decisions(
    project: Project, grid: Grid, actor: str, stage: DecisionStage | None = None
) -> int:
    """Take in a sheet of decisions, and return how many were new.

    Raises WinnowError with every mistake by its cell; nothing is written then.
    """
    plans = {each: project.protocol.screening.plan(each) for each in _STAGES}
    criteria = {criterion.id: criterion.name for criterion in project.protocol.criteria}
    read = read_decisions(
        grid, plans, reason_labels(tuple(plans.values()), criteria), stage=stage, reviewer=actor
    )
    problems = list(read.problems)
    problems += _unknown_people(project, read.rows)
    events: list[tuple[str, Event]] = []
    with project.ledger.read() as conn:
        votes = {
            at: {(vote.reference, vote.reviewer): vote for vote in queries.votes(conn, at)}
            for at in _STAGES
        }
        categories = {line.key: line.standing.category for line in queries.classified_reports(conn)}
        names = Names(conn)
        for row in read.rows:
            reference = names.reference(row.named, row.place, problems)
            if reference is None:
                continue
            if row.verdict is None:
                if categories.get(reference) != row.category:
                    events.append(
                        (
                            row.reviewer,
                            Classified(reference=reference, category=row.category, note=row.note),
                        )
                    )
                continue
            before = votes[row.stage].get((reference, row.reviewer))
            if before and (before.verdict, before.reasons, before.note) == (
                row.verdict,
                row.reasons,
                row.note,
            ):
                continue
            events.append(
                (
                    row.reviewer,
                    Decided(
                        reference=reference,
                        stage=row.stage,
                        verdict=row.verdict,
                        reasons=row.reasons,
                        note=row.note,
                    ),
                )
            )
    if has_errors(problems):
        raise WinnowError(problems, exit_status=1)
    append_by_actor(project, events)
    name_sought(project, actor)
    return len(events)


def decision_sheet(
    project: Project, reviewer: str, stage: DecisionStage, *, order: queries.Order = "random"
) -> Grid:
    """Return what waits for a reviewer at a stage as a sheet to fill in, in an order of the queue."""
    lines: list[dict[str, CellValue]] = []
    with project.ledger.read() as conn:
        keys = queries.queue(conn, stage, reviewer, order=order, limit=_ALL)
        for line in queries.references_by_key(conn, keys):
            record = own_record(conn, line.key)
            fields = line.reference.fields
            lines.append(
                {
                    "reference": line.key,
                    "report": line.standing.report_key,
                    "file": record.source_file,
                    "position": record.position,
                    "title": fields.title,
                    "authors": "; ".join(fields.authors),
                    "year": fields.year,
                    "journal": fields.journal,
                    "abstract": fields.abstract,
                    "stage": str(stage),
                    "reviewer": reviewer,
                }
            )
    return grid_of("Decisions", COLUMNS, lines)


_ALL = 2**31 - 1
_STAGES: tuple[DecisionStage, ...] = (Stage.TITLE_ABSTRACT, Stage.FULL_TEXT)


def check_reasons(project: Project, reference: str, ruling: Ruling) -> None:
    """Raise WinnowError where a ruling's reasons are unknown, or missing from an exclusion at full text."""
    known = [reason.id for reason in project.protocol.screening.plan(ruling.stage).reasons]
    problems: list[Problem] = [
        error(reference, f'"{reason}" is no reason of this stage. Known: {", ".join(known)}.')
        for reason in ruling.reasons
        if known and reason not in known
    ]
    if lacks_reason(ruling.stage, ruling.verdict, ruling.reasons):
        problems.append(
            error(reference, f"excluding at full text needs a reason: {', '.join(known)}.")
        )
    if problems:
        raise WinnowError(problems)


def _unknown_people(project: Project, rows: Iterable[DecisionRow]) -> list[Problem]:
    with project.ledger.read() as conn:
        known = {person.name for person in queries.people(conn)}
    known |= set(project.protocol.review.reviewers)
    first: dict[str, str] = {}
    for row in rows:
        if row.reviewer not in known:
            first.setdefault(row.reviewer, row.place)
    return [
        error(
            place,
            f'"{name}" is not one of the reviewers ({", ".join(sorted(known))}). Add them to '
            "reviewers in review.toml, or correct the name.",
        )
        for name, place in first.items()
    ]
