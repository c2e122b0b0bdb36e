"""Where the review stands, and what waits for whom."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from review.pipeline.flow.flow import current_flow
from review.pipeline.project import Project
from review.store import queries
from screening.decisions import State
from screening.flow.counting import Flow
from screening.records import Stage

TO_DEDUPLICATE = "records to deduplicate"
"""What is called what the matching rules have not looked at yet."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kind of work that waits: how much, for whom ("" for anyone), and the verb for it."""

    what: str
    number: int
    whom: str
    verb: str


@dataclass(frozen=True, slots=True)
class Status:
    """The review at a glance: its counts so far, what waits, and each reviewer's totals."""

    flow: Flow
    waiting: tuple[Waiting, ...]
    progress: dict[str, tuple[queries.Progress, ...]]

    def as_json(self) -> dict[str, Any]:
        """Return the status as JSON-ready values."""
        return {
            "boxes": self.flow.boxes(),
            "provisional": self.flow.provisional,
            "waiting": [asdict(each) for each in self.waiting],
            "progress": {
                stage: [asdict(each) for each in people] for stage, people in self.progress.items()
            },
        }


def status(project: Project) -> Status:
    """Return where the review stands; of votes it tells how many there are and never what they say."""
    with project.ledger.read() as conn:
        groups = queries.flow_groups(conn)
        progress = {
            str(stage): tuple(queries.progress(conn, stage, groups))
            for stage in (Stage.TITLE_ABSTRACT, Stage.FULL_TEXT)
        }
        pairs = len(queries.queued_pairs(conn))
        states = {
            stage: queries.state_counts(conn, stage, groups)
            for stage in (Stage.TITLE_ABSTRACT, Stage.FULL_TEXT)
        }
        unlooked = queries.records_since_dedupe(conn)
        loaded = queries.record_count(conn)
    flow = current_flow(project, groups)
    waiting = []
    if not loaded:
        waiting.append(Waiting("exports to load", len(project.protocol.sources), "", "load"))
    waiting.append(Waiting(TO_DEDUPLICATE, unlooked, "", "dedupe"))
    waiting.append(Waiting("uncertain pairs of records", pairs, "", "dedupe"))
    for stage, words in (
        (Stage.TITLE_ABSTRACT, "references to screen by title and abstract"),
        (Stage.FULL_TEXT, "reports to assess in full text"),
    ):
        counts = states[stage]
        second = counts.get(State.AWAITING_SECOND, 0)
        waiting += [
            Waiting(words, counts.get(State.PENDING, 0), "", f"screen --stage {stage}"),
            Waiting(f"{words}, by a second reviewer", second, "", f"screen --stage {stage}"),
            Waiting("conflicts to settle", counts.get(State.CONFLICT, 0), "", "screen --conflicts"),
        ]
    waiting.append(Waiting("reports to retrieve", flow.pending.retrieval, "", "retrieve"))
    unappraised = _unappraised(project) if flow.reports else 0
    waiting.append(Waiting("reports to appraise", unappraised, "", "appraise"))
    return Status(flow, tuple(each for each in waiting if each.number), progress)


def _unappraised(project: Project) -> int:
    from review.pipeline.appraisal.units import instrument_of, unit_keys

    instrument = instrument_of(project).id
    with project.ledger.read() as conn:
        complete = Counter(
            each.appraisal.unit
            for each in queries.appraisals(conn)
            if each.appraisal.complete and each.appraisal.instrument == instrument
        )
    raters = project.protocol.appraisal.raters
    return sum(complete[unit] < raters for unit in unit_keys(project))


def counted_words(number: int, words: str) -> str:
    """Return words for several things as they are for one, where there is one."""
    if number != 1:
        return words
    first = next((word for word in words.split() if word in _SEVERAL), "")
    return words.replace(first, first.removesuffix("s"), 1)


_SEVERAL = ("conflicts", "exports", "pairs", "records", "references", "reports")
