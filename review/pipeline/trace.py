"""From any number or name in an output to the ledger rows behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from sqlalchemy import Connection

from review.pipeline.naming import reference_named
from review.pipeline.project import Project
from review.store import queries
from review.store.said import Said
from screening.flow_labels import LABELS
from screening.problems import WinnowError, error
from screening.toml_text import closest


@dataclass(frozen=True, slots=True)
class Traced:
    """What stands behind a number or a name: the references it counts, and the events about them."""

    what: str
    references: tuple[queries.ReferenceLine, ...] = ()
    records: tuple[queries.VerbatimRecord, ...] = ()
    events: tuple[Said, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return keys, verbatim records and events as JSON-ready values."""
        return {
            "what": self.what,
            "references": [
                {
                    "key": line.key,
                    "report": line.standing.report_key,
                    "title": line.reference.fields.title,
                    "records": list(line.reference.record_keys),
                }
                for line in self.references
            ],
            "records": [
                {"key": each.key, "source": each.source, **each.record.as_json()}
                for each in self.records
            ],
            "events": [event_as_json(said) for said in self.events],
        }


def trace(project: Project, name: str) -> Traced:
    """Return what stands behind a count ("count/screened"), a report, a score, an entry or a source.

    A bare name is taken as a count where there is one of that name, else as a reference, a report, a
    source, a study or a person. Raises WinnowError where nothing goes by it.
    """
    kind, _, rest = name.partition("/")
    rest = unquote(rest)
    if kind == "count" or name in LABELS:
        return _count(project, rest or name)
    with project.ledger.read() as conn:
        subject = {
            "report": rest,
            "source": rest,
            "score": rest.split("/")[0],
            "entry": rest.partition("/")[2],
        }.get(kind if rest else "", name)
        if kind in ("report", name) and reference_named(conn, subject):
            return _report(conn, subject)
        if events := queries.events_of(conn, subject):
            return Traced(subject, events=tuple(events))
        known = [*LABELS, *queries.report_keys(conn).values()]
    raise WinnowError(
        error(
            name,
            f"nothing in this review goes by that name.{closest(name, known)} Name a count of the "
            "flow, a report, a source or a person.",
        )
    )


_ASSESSED = ("include", "exclude", "pending", "conflict")
_FILTERS: dict[str, dict[str, Any]] = {
    "automation": {"removed": "automation"},
    "other_removed": {"removed": "other"},
    "screened": {"lane": "dbr", "title_abstract": ("include", "exclude")},
    "records_excluded": {"lane": "dbr", "title_abstract": ("exclude",)},
    "unscreened": {"lane": "dbr", "title_abstract": ("unscreened",)},
    "dbr_sought": {"lane": "dbr", "retrieval": ("pending", "retrieved", "not_retrieved")},
    "dbr_not_retrieved": {"lane": "dbr", "retrieval": ("not_retrieved",)},
    "dbr_assessed": {"lane": "dbr", "full_text": _ASSESSED},
    "dbr_excluded": {"lane": "dbr", "full_text": ("exclude",)},
    "other_sought": {"lane": "other", "retrieval": ("pending", "retrieved", "not_retrieved")},
    "other_not_retrieved": {"lane": "other", "retrieval": ("not_retrieved",)},
    "other_assessed": {"lane": "other", "full_text": _ASSESSED},
    "other_excluded": {"lane": "other", "full_text": ("exclude",)},
    "reports": {"full_text": ("include",)},
    "studies": {"full_text": ("include",)},
    "duplicates": {"merged": True},
    "late_duplicates": {"merged": True},
    "awaiting_classification": {"category": "awaiting_classification"},
    "ongoing": {"category": "ongoing"},
    "databases": {"lane": "dbr"},
    "registers": {"lane": "dbr"},
    "websites": {"lane": "other"},
    "organisations": {"lane": "other"},
    "citations": {"lane": "other"},
}


def references_behind(project: Project, count: str) -> tuple[queries.ReferenceLine, ...]:
    """Return the references that a count of the flow is about; empty where it is about none."""
    if count not in _FILTERS:
        return ()
    with project.ledger.read() as conn:
        return tuple(queries.references(conn, queries.ReferenceFilter(**_FILTERS[count])))


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


def _count(project: Project, count: str) -> Traced:
    label = LABELS[count].text if count in LABELS else count
    return Traced(label, references=references_behind(project, count))


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
