"""Appraisals: given, taken in from spreadsheets, agreed on, and brought to the scores that count."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection

from appraisal.consensus import agree, score_problems, settle
from appraisal.instrument import Instrument, Score, read_instrument
from appraisal.scores import Appraisal, Consensus, UnitScores, unscored
from appraisal.sheet import CONSENSUS, appraisal_grids
from appraisal.sheet_reading import read_appraisals
from review import resources
from review.pipeline.appraisal.appraised_units import LabelledReport, appraised_units
from review.pipeline.filing import append_by_actor
from review.pipeline.project import Project
from review.store import queries
from review.store.events import Appraised, ConsensusReached, Event
from screening.grid import Grid
from screening.problems import Problem, WinnowError, error
from screening.toml_text import closest
from synthesis.citations import labels
from synthesis.findings import Finding
from synthesis.results import ArmResult


def instrument_of(project: Project) -> Instrument:
    """Return the instrument the protocol names: one of ours, or the review's own file.

    Raises WinnowError where it is not there or has mistakes.
    """
    section = project.protocol.appraisal
    if section.instrument_file:
        path = project.path(section.instrument_file)
        if not path.is_file():
            raise WinnowError(
                error("review.toml", f"the instrument file {path} is not there.", "appraisal"),
                exit_status=1,
            )
        return read_instrument(path.read_text(encoding="utf-8"), path.name)
    ours = resources.instruments()
    if section.instrument not in ours:
        raise WinnowError(
            error(
                "review.toml",
                f'there is no instrument "{section.instrument}".'
                f"{closest(section.instrument, ours)} Known: {', '.join(ours)}.",
                "appraisal.instrument",
            ),
            exit_status=1,
        )
    return read_instrument(ours[section.instrument], f"{section.instrument}.toml")


def included(project: Project) -> list[LabelledReport]:
    """Return the included reports in reading order, each with its label and its study."""
    with project.ledger.read() as conn:
        lines = {
            line.standing.report_key or line.key: line for line in queries.included_reports(conn)
        }
    named = labels({key: line.reference.fields for key, line in lines.items()})
    reports = [
        LabelledReport(key, named[key], line.standing.study or key) for key, line in lines.items()
    ]
    return sorted(reports, key=lambda report: (report.label.casefold(), report.key))


def units(project: Project) -> dict[str, str]:
    """Return what may be appraised, key and label, in reading order.

    These are included reports, their studies, or the results entered of them: the instrument says.
    """
    instrument = instrument_of(project)
    results: list[Finding | ArmResult] = []
    if instrument.unit == "result":
        with project.ledger.read() as conn:
            results = [Finding.from_values(e.values) for e in queries.entries(conn, Finding.sheet)]
            results += [
                ArmResult.from_values(e.values) for e in queries.entries(conn, ArmResult.sheet)
            ]
    return appraised_units(instrument, included(project), results)


def unit_keys(project: Project) -> Collection[str]:
    """Return the keys of `units`, without the labels, for which every included report is read."""
    unit = instrument_of(project).unit
    if unit == "result":
        return units(project)
    with project.ledger.read() as conn:
        included_as = queries.included_keys(conn)
    return {study if unit == "study" else report for report, study in included_as}


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
