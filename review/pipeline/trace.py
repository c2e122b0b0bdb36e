"""From any number or name in an output to the ledger rows behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from sqlalchemy import Connection

from review.pipeline.flow.counted import CountedRecord, Counting
from review.pipeline.naming import reference_named
from review.pipeline.project import Project
from review.store import queries
from review.store.events import Entered, EntryWithdrawn
from review.store.said import Said
from screening.problems import WinnowError, error
from screening.toml_text import closest


@dataclass(frozen=True, slots=True)
class Traced:
    """What stands behind a number or a name.

    `references` are those it counts, `counted` the records it counts where it counts records, `parts`
    the numbers it is the sum of. `records` are those of one reference as they stood in their files,
    `events` what was said of it. `n` is what the flow says of a number.
    """

    what: str
    references: tuple[queries.ReferenceLine, ...] = ()
    records: tuple[queries.VerbatimRecord, ...] = ()
    events: tuple[Said, ...] = ()
    counted: tuple[CountedRecord, ...] = ()
    parts: tuple[str, ...] = ()
    n: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return keys, records and events as JSON-ready values."""
        return {
            "what": self.what,
            "n": self.n,
            "parts": list(self.parts),
            "references": [
                {
                    "key": line.key,
                    "report": line.standing.report_key,
                    "title": line.reference.fields.title,
                    "records": list(line.reference.record_keys),
                }
                for line in self.references
            ],
            "counted": [
                {
                    "key": each.key,
                    "reference": each.reference,
                    "source": each.source,
                    "source_file": each.file,
                    "position": each.position,
                    "title": each.title,
                    "because": each.because,
                }
                for each in self.counted
            ],
            "records": [
                {"key": each.key, "source": each.source, **each.record.as_json()}
                for each in self.records
            ],
            "events": [event_as_json(said) for said in self.events],
        }


def trace(project: Project, name: str) -> Traced:
    """Return what stands behind any id an output carries.

    These are a number of the flow ("count/screened", "count/dbr_excluded_reasons/Population"), a report,
    a score ("score/bain2014/design"), an entry of a sheet ("entry/findings/bain2014/1") or a source. A
    bare name is taken as a number where there is one of that name, else as a reference, a report, a
    source, a study or a person. Raises WinnowError where nothing goes by it.
    """
    kind, _, rest = name.partition("/")
    subject = unquote(rest)
    match kind if rest else "":
        case "count":
            return _count(project, subject)
        case "report":
            with project.ledger.read() as conn:
                return _report(conn, subject)
        case "source":
            return _source(project, subject)
        case "score":
            return _score(project, unquote(rest.split("/")[0]))
        case "entry":
            return _entry(project, *subject.partition("/")[::2])
    return _bare(project, name)


def _bare(project: Project, name: str) -> Traced:
    """Return what goes by a name that does not say what it names."""
    counting = Counting(project)
    if name in counting.numbers:
        return _counted(counting, name)
    if project.protocol.source(name):
        return _source(project, name)
    with project.ledger.read() as conn:
        if reference_named(conn, name):
            return _report(conn, name)
        if events := queries.events_of(conn, name):
            return Traced(name, events=tuple(events))
        known = [*counting.numbers, *queries.report_keys(conn).values()]
    raise WinnowError(
        error(
            name,
            f"nothing in this review goes by that name.{closest(name, known)} Name a count of the "
            "flow, a report, a source or a person.",
        )
    )


def event_as_json(said: Said) -> dict[str, Any]:
    """Return one event of the ledger as JSON-ready values."""
    return {
        "id": said.id,
        "at": said.at,
        "by": said.actor,
        "door": said.door,
        "protocol": said.protocol,
        "supersedes": said.supersedes,
        **said.event.model_dump(mode="json"),
    }


def described(events: Iterable[Said]) -> list[str]:
    """Return events as lines a person can read: when, who, what, and the word itself."""
    lines = []
    for said in events:
        values = said.event.model_dump(mode="json", exclude={"kind"}, exclude_defaults=True)
        values.pop("text", None)
        told = "; ".join(f"{name} {value}" for name, value in values.items())
        lines.append(f"{said.id}  {said.at[:19]}  {said.actor}  {said.event.kind}  {told}")
    return lines


def _count(project: Project, name: str) -> Traced:
    counting = Counting(project)
    if name not in counting.numbers:
        raise WinnowError(
            error(name, f"the flow has no such number.{closest(name, counting.numbers)}")
        )
    return _counted(counting, name)


def _counted(counting: Counting, name: str) -> Traced:
    found = counting.counted(name)
    return Traced(
        found.words,
        found.references,
        counted=found.records,
        parts=tuple(f"count/{part}" for part in found.parts),
        n=found.n,
    )


def _source(project: Project, name: str) -> Traced:
    """Return the records of a source and what was said of it: loads, retractions."""
    records = Counting(project).of_source(name)
    with project.ledger.read() as conn:
        events = tuple(queries.events_of(conn, name))
    if not records and not events:
        raise WinnowError(error(name, "nothing was loaded for a source of that name."))
    source = project.protocol.source(name)
    what = source.describe() if source else name
    return Traced(what, events=events, counted=records, n=len(records))


def _score(project: Project, unit: str) -> Traced:
    """Return every appraisal and consensus of a unit, replaced ones too."""
    with project.ledger.read() as conn:
        said = [
            each
            for each in queries.events_of(conn, unit)
            if each.event.kind in ("appraised", "consensus_reached")
        ]
    if not said:
        raise WinnowError(error(unit, "nobody has appraised anything of that name."))
    return Traced(f"Appraisal of {unit}", events=tuple(said))


def _entry(project: Project, sheet: str, key: str) -> Traced:
    """Return everything entered under one key of a sheet, by whom and when."""
    with project.ledger.read() as conn:
        said = [
            each
            for each in queries.events_of(conn, key)
            if isinstance(each.event, (Entered, EntryWithdrawn)) and each.event.sheet == sheet
        ]
    if not said:
        raise WinnowError(error(f"{sheet}/{key}", "no row of a sheet goes by that name."))
    return Traced(f"{sheet}, {key}", events=tuple(said))


def _report(conn: Connection, name: str) -> Traced:
    key = reference_named(conn, name)
    line = queries.reference(conn, key) if key else None
    if line is None:
        raise WinnowError(error(name, "this is no reference of this review."))
    events = {
        said.id: said
        for subject in (line.key, line.standing.report_key)
        if subject
        for said in queries.events_of(conn, subject)
    }
    return Traced(
        line.reference.fields.title or line.key,
        (line,),
        tuple(queries.verbatim_records(conn, line.key)),
        tuple(events[number] for number in sorted(events)),
    )
