"""What changed since a day: for a living review, and for whoever comes back to one."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from review.pipeline.project import Project
from review.store import queries
from review.store.events import LoadCompleted, ProtocolAdopted, Retrieved
from review.store.queries.ranking import first_event_since
from review.store.said import Said
from screening.records import Stage

_OUTCOMES = ("include", "exclude")


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of thing that happened: in words, and how often."""

    what: str
    number: int


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything since a moment, in totals: what is blinded stays blinded.

    `included` are the reports that were included at full text since then, by their keys.
    """

    since: datetime
    changes: tuple[Change, ...]
    included: tuple[str, ...]
    amendments: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the changes as JSON-ready values."""
        return asdict(self) | {"since": self.since.isoformat()}


def changes_since(project: Project, moment: datetime) -> Changes:
    """Return what was loaded, merged, decided, settled, retrieved and amended since a moment.

    A moment without a time zone is taken as UTC, in which the ledger keeps time.
    """
    since = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    with project.ledger.read() as conn:
        first = first_event_since(conn, since)
        if first is None:
            return Changes(since, (), (), ())
        said = list(queries.events_since(conn, first - 1))
        settled = {stage: _settled_since(conn, stage, first) for stage in _STAGES}
        versions = {each.id for each in queries.protocol_versions(conn)[1:]}
    found = [*_loaded(project, said), *_counted(said)]
    for stage, words in _STAGES.items():
        outcomes = Counter(state for _, state in settled[stage])
        found += [
            Change(f"{words} {'included' if state == 'include' else 'excluded'}", outcomes[state])
            for state in _OUTCOMES
        ]
    return Changes(
        since,
        tuple(change for change in found if change.number),
        tuple(name for name, state in settled[Stage.FULL_TEXT] if state == "include"),
        tuple(
            each.event.reason
            for each in said
            if isinstance(each.event, ProtocolAdopted) and each.id in versions
        ),
    )


_STAGES = {
    Stage.TITLE_ABSTRACT: "references settled by title and abstract:",
    Stage.FULL_TEXT: "reports settled in full text:",
}


def _loaded(project: Project, said: list[Said]) -> list[Change]:
    with project.ledger.read() as conn:
        loads = {load.id: load for load in queries.loads(conn) if load.state == "complete"}
    records: Counter[str] = Counter()
    for each in said:
        if isinstance(each.event, LoadCompleted) and each.event.load in loads:
            load = loads[each.event.load]
            records[load.source_name or load.source] += load.records
    return [Change(f"records loaded from {name}", n) for name, n in records.items()]


def _counted(said: list[Said]) -> list[Change]:
    kinds = Counter(each.event.kind for each in said)
    retrieved = Counter(each.event.outcome for each in said if isinstance(each.event, Retrieved))
    words = {
        "merged": "merges of duplicate records",
        "load_retracted": "loads retracted",
        "decided": "verdicts given or changed",
        "adjudicated": "conflicts settled",
        "appraised": "appraisals saved",
        "consensus_reached": "appraisals agreed",
        "entered": "values entered",
    }
    return [
        *(Change(text, kinds[kind]) for kind, text in words.items()),
        Change("reports retrieved", retrieved["retrieved"]),
        Change("reports that could not be retrieved", retrieved["not_retrieved"]),
    ]


def _settled_since(conn: Connection, stage: Stage, first: int) -> list[tuple[str, str]]:
    """Return (key, state) of what is settled now and was spoken of at the stage since then."""
    spoken = {
        vote.reference
        for vote in (*queries.votes(conn, stage), *queries.adjudications(conn, stage))
        if vote.id >= first
    }
    return [
        (line.standing.report_key or line.key, state)
        for line in queries.references_by_key(conn, sorted(spoken, key=lambda key: int(key[1:])))
        if (state := _state_at(line, stage)) in _OUTCOMES
    ]


def _state_at(line: queries.ReferenceLine, stage: Stage) -> str:
    if stage is Stage.FULL_TEXT:
        return line.standing.full_text if not line.standing.category else ""
    return line.standing.title_abstract
