"""Appraisals: given, taken in from spreadsheets, agreed on, and brought to the scores that count."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection

from appraisal.consensus import agree, score_problems, settle
from appraisal.instrument import Instrument, Score
from appraisal.scores import Appraisal, Consensus, UnitScores, unscored
from appraisal.sheet import CONSENSUS, appraisal_grids
from appraisal.sheet_reading import read_appraisals
from review.pipeline.appraisal.units import instrument_of, units
from review.pipeline.filing import append_by_actor
from review.pipeline.project import Project
from review.store import queries
from review.store.events import Appraised, ConsensusReached, Event
from screening.grid import Grid
from screening.problems import Problem, WinnowError, error


def save_appraisal(project: Project, appraisal: Appraisal) -> int:
    """Append one rater's appraisal, a draft or complete, and return its event's id.

    Raises WinnowError for a score the instrument does not take, or a completion with gaps.
    """
    instrument = instrument_of(project)
    problems = score_problems(instrument, appraisal.scores, appraisal.unit)
    if appraisal.complete and (gaps := unscored(instrument, appraisal.scores)):
        names = ", ".join(instrument.category(gap).label for gap in gaps)
        problems.append(error(appraisal.unit, f"these categories have no score yet: {names}."))
    if appraisal.unit not in units(project):
        problems.append(
            error(
                appraisal.unit,
                f"this is no {instrument.unit} of the included reports, so it is not appraised.",
            )
        )
    if problems:
        raise WinnowError(problems, exit_status=1)
    with project.write(appraisal.rater) as writer:
        return writer.append(_appraised(appraisal))


def save_consensus(
    project: Project, actor: str, unit: str, chosen: Mapping[str, Score], notes: Mapping[str, str]
) -> None:
    """Append the scores that were agreed on for a unit; each rater's own are kept.

    Raises WinnowError where raters are not done, a category is open or a score is none.
    """
    instrument = instrument_of(project)
    with project.ledger.read() as conn:
        rated = {
            each.id: _appraisal(each)
            for each in _ours(conn, instrument)
            if each.appraisal.unit == unit
        }
    consensus, problems = agree(
        instrument,
        rated,
        chosen,
        raters=project.protocol.appraisal.raters,
        notes=notes,
    )
    if consensus is None:
        raise WinnowError(problems, exit_status=1)
    with project.write(actor) as writer:
        writer.append(ConsensusReached(**consensus.model_dump()))


def import_appraisals(
    project: Project,
    grids: Sequence[Grid],
    actor: str,
    *,
    own: bool = False,
    known: Collection[tuple[str, str]] = (),
) -> int:
    """Take in filled score sheets, and return how many appraisals were new or changed.

    With `own` a sheet may hold the actor's appraisals and agreed scores only, as in the pages, where
    everybody is who they signed in as. Rows of units and raters that are `known` are passed over.
    Raises WinnowError with every mistake by its cell; nothing is written then.
    """
    instrument = instrument_of(project)
    with project.ledger.read() as conn:
        before = {
            (each.appraisal.unit, each.rater): _appraisal(each) for each in _ours(conn, instrument)
        }
        agreed = {
            unit: (each.scores, each.notes) for unit, each in _agreed(conn, instrument).items()
        }
    read = read_appraisals(
        grids, instrument, units(project), rater=actor, raters=known_raters(project), before=before
    )
    problems = [*read.problems, *(_others_rows(read.rows, actor) if own else ())]
    if problems:
        raise WinnowError(problems, exit_status=1)
    settled = [
        row
        for row in read.rows
        if isinstance(row, Consensus)
        and agreed.get(row.unit) != (row.scores, row.notes)
        and (row.unit, CONSENSUS) not in known
    ]
    if problems := _not_to_be_agreed(project, instrument, before, read.rows, settled):
        raise WinnowError(problems, exit_status=1)
    events: list[tuple[str, Event]] = [
        (row.rater, _appraised(row))
        for row in read.rows
        if isinstance(row, Appraisal)
        and before.get((row.unit, row.rater)) != row
        and (row.unit, row.rater) not in known
    ]
    append_by_actor(project, events)
    for row in settled:
        save_consensus(project, actor, row.unit, row.scores, row.notes)
    return len(events) + len(settled)


def known_raters(project: Project) -> frozenset[str]:
    """Return who is known to appraise: the review's people, and whoever did so before."""
    with project.ledger.read() as conn:
        people = [each.name for each in queries.people(conn)]
        rated = [each.rater for each in queries.appraisals(conn)]
    return frozenset((*project.protocol.review.reviewers, *people, *rated))


def appraisal_sheets(project: Project, *, rater: str | None = None) -> tuple[Grid, ...]:
    """Return the score sheet (and the sheet of marks) as filled so far, for one rater or for all."""
    instrument = instrument_of(project)
    with project.ledger.read() as conn:
        rated = [
            _appraisal(each) for each in _ours(conn, instrument) if rater in (None, each.rater)
        ]
        agreed = [] if rater else [*_agreed(conn, instrument).values()]
    said = project.protocol.appraisal.calibration.notes
    return appraisal_grids(instrument, units(project), rated, agreed, said)


def settled_scores(project: Project) -> tuple[UnitScores, ...]:
    """Return the scores that count for everything that may be appraised, in reading order."""
    instrument = instrument_of(project)
    by_unit: dict[str, list[Appraisal]] = {}
    with project.ledger.read() as conn:
        for each in _ours(conn, instrument):
            by_unit.setdefault(each.appraisal.unit, []).append(_appraisal(each))
        agreed = _agreed(conn, instrument)
    return tuple(
        settle(
            instrument,
            unit,
            by_unit.get(unit, []),
            agreed.get(unit),
            raters=project.protocol.appraisal.raters,
        )
        for unit in units(project)
    )


def all_appraisals(project: Project, *, of_any_instrument: bool = False) -> list[Appraisal]:
    """Return every rater's appraisal with the protocol's instrument as it stands, drafts too.

    Those made with another one, which the protocol named earlier, come only where they are asked for.
    """
    with project.ledger.read() as conn:
        if of_any_instrument:
            return [_appraisal(each) for each in queries.appraisals(conn)]
        return [_appraisal(each) for each in _ours(conn, instrument_of(project))]


def all_consensuses(project: Project) -> list[Consensus]:
    """Return every set of scores agreed on with the protocol's instrument as it stands."""
    with project.ledger.read() as conn:
        return [*_agreed(conn, instrument_of(project)).values()]


def _ours(conn: Connection, instrument: Instrument) -> list[queries.RatedUnit]:
    return [each for each in queries.appraisals(conn) if each.appraisal.instrument == instrument.id]


def _agreed(conn: Connection, instrument: Instrument) -> dict[str, Consensus]:
    """Return what was agreed on with this instrument, by unit: another one's scores are not its own."""
    return {
        each.consensus.unit: _consensus(each.consensus)
        for each in queries.consensuses(conn)
        if each.consensus.instrument == instrument.id
    }


def _not_to_be_agreed(
    project: Project,
    instrument: Instrument,
    before: Mapping[tuple[str, str], Appraisal],
    rows: Sequence[Appraisal | Consensus],
    settled: Sequence[Consensus],
) -> list[Problem]:
    """Return what stands against agreed scores of a file once its appraisals are taken in."""
    after = dict(before)
    after |= {(row.unit, row.rater): row for row in rows if isinstance(row, Appraisal)}
    raters = project.protocol.appraisal.raters
    problems: list[Problem] = []
    for row in settled:
        made = {n: each for n, each in enumerate(after.values(), 1) if each.unit == row.unit}
        if not made:
            problems.append(error(f"consensus on {row.unit}", "No rater has appraised it yet."))
            continue
        problems += agree(instrument, made, row.scores, raters=raters)[1]
    return problems


def _others_rows(rows: Sequence[Appraisal | Consensus], actor: str) -> list[Problem]:
    others = {row.rater for row in rows if isinstance(row, Appraisal)} - {actor}
    return [
        error(
            other, f"This sheet has rows of {other}. Here you take in what you appraised yourself."
        )
        for other in sorted(others)
    ]


def _appraisal(each: queries.RatedUnit) -> Appraisal:
    values = each.appraisal.model_dump(exclude={"kind"})
    return Appraisal.model_validate({**values, "rater": each.rater})


def _consensus(event: ConsensusReached) -> Consensus:
    return Consensus.model_validate(event.model_dump(exclude={"kind"}))


def _appraised(appraisal: Appraisal) -> Appraised:
    return Appraised.model_validate(appraisal.model_dump(mode="json", exclude={"rater"}))
