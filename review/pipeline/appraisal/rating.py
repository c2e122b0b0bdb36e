"""Appraising one unit at a time: each rater blind until done, then the team agrees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from appraisal.consensus import Standing, agree, score_problems, standing, visible
from appraisal.instrument import Instrument, Score
from appraisal.scores import Appraisal, Consensus, unscored
from review.pipeline.appraisal.appraise import all_appraisals
from review.pipeline.appraisal.appraised_units import reports_of_units
from review.pipeline.appraisal.units import included, instrument_of, units
from review.pipeline.naming import reference_named
from review.pipeline.project import Project
from review.pipeline.unchanged import append_unless_changed
from review.store import queries
from review.store.events import Appraised, ConsensusReached
from screening.problems import Problem, WinnowError, error


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of the instrument: how far the team is, and how far the viewer is."""

    key: str
    label: str
    standing: Standing
    mine: str


@dataclass(frozen=True, slots=True)
class Rated:
    """An appraisal as it stands, with the event a newer one supersedes (0: there is none yet)."""

    event: int
    appraisal: Appraisal


@dataclass(frozen=True, slots=True)
class Agreed:
    """The consensus on a unit as it stands, who entered it, and the event (0: there is none yet)."""

    event: int
    actor: str
    consensus: Consensus | None


@dataclass(frozen=True, slots=True)
class FullText:
    """A report a unit is about: its key and label, and its reference where a full text is attached to it."""

    report: str
    label: str
    reference: str


def unit_lines(project: Project, viewer: str) -> list[UnitLine]:
    """Return every unit with how far it is. Of others' appraisals it tells that they are there."""
    instrument, raters = instrument_of(project), project.protocol.appraisal.raters
    rated: dict[str, list[Appraisal]] = {}
    for each in all_appraisals(project):
        rated.setdefault(each.unit, []).append(each)
    with project.ledger.read() as conn:
        agreed = {
            each.consensus.unit: _consensus(each)
            for each in queries.consensuses(conn)
            if each.consensus.instrument == instrument.id
        }
    lines = []
    for key, label in units(project).items():
        here = rated.get(key, [])
        own = next((each for each in here if each.rater == viewer), None)
        mine = "not started" if own is None else "done" if own.complete else "begun"
        lines.append(UnitLine(key, label, standing(raters, here, agreed.get(key)), mine))
    return lines


def own_appraisal(project: Project, unit: str, rater: str) -> Rated:
    """Return a rater's own appraisal of a unit, an empty one where they have not begun."""
    instrument = instrument_of(project)
    with project.ledger.read() as conn:
        return _own(conn, instrument, unit, rater)


def save_own(project: Project, appraisal: Appraisal, *, seen: int) -> int:
    """Append a rater's appraisal, a draft or complete, if `seen` is still what stands.

    Raises WinnowError for a score the instrument does not take, a completion with gaps or an unknown
    unit, and ChangedMeanwhile where the rater has saved it in another window.
    """
    instrument = instrument_of(project)
    problems = _problems(project, instrument, appraisal)
    if problems:
        raise WinnowError(problems, exit_status=1)
    event = Appraised.model_validate(appraisal.model_dump(mode="json", exclude={"rater"}))
    with project.write(appraisal.rater) as writer:
        stands = _own(writer.connection, instrument, appraisal.unit, appraisal.rater)
        if stands.event and stands.appraisal == appraisal:
            return stands.event
        return append_unless_changed(
            writer, event, stands=stands.event, seen=seen, where=appraisal.unit
        )


def seen_by(project: Project, unit: str, viewer: str) -> tuple[Rated, ...]:
    """Return the appraisals of a unit that a viewer may see: others' once everyone is done."""
    with project.ledger.read() as conn:
        rated = _rated(conn, instrument_of(project), unit)
    may = visible(viewer, project.protocol.appraisal.raters, [each.appraisal for each in rated])
    return tuple(each for each in rated if each.appraisal in may)


def agreed_on(project: Project, unit: str) -> Agreed:
    """Return the consensus on a unit as it stands."""
    with project.ledger.read() as conn:
        return _agreed(conn, instrument_of(project), unit)


def save_agreed(  # noqa: PLR0913 - who agrees on what, and what they saw
    project: Project,
    actor: str,
    unit: str,
    chosen: Mapping[str, Score],
    notes: Mapping[str, str],
    *,
    seen: int,
) -> None:
    """Append the scores that were agreed on for a unit, if `seen` is still what stands.

    Raises WinnowError where raters are not done, a category is open or a score is none, and
    ChangedMeanwhile where someone agreed on others since.
    """
    instrument = instrument_of(project)
    with project.write(actor) as writer:
        conn = writer.connection
        rated = {each.event: each.appraisal for each in _rated(conn, instrument, unit)}
        consensus, problems = agree(
            instrument, rated, chosen, raters=project.protocol.appraisal.raters, notes=notes
        )
        if consensus is None:
            raise WinnowError(problems, exit_status=1)
        stands = _agreed(conn, instrument, unit)
        if stands.consensus == consensus:
            return
        append_unless_changed(
            writer,
            ConsensusReached(**consensus.model_dump()),
            stands=stands.event,
            seen=seen,
            where=unit,
        )


def full_texts(project: Project, unit: str) -> tuple[FullText, ...]:
    """Return the reports that a unit is about, with the reference of each whose text is attached."""
    reports = included(project)
    about = reports_of_units(instrument_of(project), reports, [unit])
    return tuple(full_text_of(project, each.key) for each in reports if each.key in about)


def full_text_of(project: Project, report: str) -> FullText:
    """Return an included report's label, and its reference where its full text is attached."""
    label = next((each.label for each in included(project) if each.key == report), report)
    with project.ledger.read() as conn:
        key = reference_named(conn, report)
        attached = key is not None and queries.full_text_of(conn, key) is not None
    return FullText(report, label, key if key and attached else "")


def _problems(project: Project, instrument: Instrument, appraisal: Appraisal) -> list[Problem]:
    problems = score_problems(instrument, appraisal.scores, "")
    if appraisal.complete and (gaps := unscored(instrument, appraisal.scores)):
        names = ", ".join(instrument.category(gap).label for gap in gaps)
        problems.append(error("", f"These categories have no score yet: {names}."))
    if appraisal.unit not in units(project):
        problems.append(
            error(appraisal.unit, f"This is no {instrument.unit} of the included reports.")
        )
    return problems


def _own(conn: Connection, instrument: Instrument, unit: str, rater: str) -> Rated:
    mine = (each for each in _rated(conn, instrument, unit) if each.appraisal.rater == rater)
    empty = Appraisal(
        unit=unit, instrument=instrument.id, instrument_version=instrument.version, rater=rater
    )
    return next(mine, Rated(0, empty))


def _rated(conn: Connection, instrument: Instrument, unit: str) -> Sequence[Rated]:
    return [
        Rated(
            each.id,
            Appraisal.model_validate(
                {**each.appraisal.model_dump(exclude={"kind"}), "rater": each.rater}
            ),
        )
        for each in queries.appraisals(conn, unit=unit)
        if each.appraisal.instrument == instrument.id
    ]


def _agreed(conn: Connection, instrument: Instrument, unit: str) -> Agreed:
    for each in queries.consensuses(conn, unit=unit):
        if each.consensus.instrument == instrument.id:
            return Agreed(each.id, each.actor, _consensus(each))
    return Agreed(0, "", None)


def _consensus(each: queries.AgreedUnit) -> Consensus:
    return Consensus.model_validate(each.consensus.model_dump(exclude={"kind"}))
