"""Records of one publication become one reference: by the rules, or by a person."""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version

from review.pipeline.decision_sheet import read_named
from review.pipeline.filing import append_by_actor
from review.pipeline.naming import Names, own_record
from review.pipeline.project import Project
from review.store import queries
from review.store.events import DedupeCompleted, Event, KeptApart, Merged, PairQueued, Split
from screening.grid import CellValue, Column, Grid, Sheet, grid_of
from screening.identification.matching.groups import Constraints, Item, Progress, match
from screening.problems import Problem, WinnowError, has_errors, warning

PAIR_COLUMNS = (
    Column("file_a", "File A", needed=False, width=24),
    Column("position_a", "Position A", needed=False, width=10),
    Column("reference_a", "Reference A", needed=False, width=12),
    Column("title_a", "Title A", needed=False, width=60),
    Column("file_b", "File B", needed=False, width=24),
    Column("position_b", "Position B", needed=False, width=10),
    Column("reference_b", "Reference B", needed=False, width=12),
    Column("title_b", "Title B", needed=False, width=60),
    Column("score", "Score", needed=False, width=8),
    Column("evidence", "Evidence", needed=False, width=60),
    Column("decision", "Decision", choices=("merge", "apart"), width=10),
    Column("note", "Note", needed=False, width=40),
    Column("reviewer", "Reviewer", needed=False, width=12),
)
"""A sheet of uncertain pairs as it is written out, filled in and read back."""

_MERGE = frozenset({"merge", "same", "duplicate"})
_APART = frozenset({"apart", "keep apart", "different"})


@dataclass(frozen=True, slots=True)
class Deduplicated:
    """What a run of the rules found and what it added to the ledger."""

    records: int
    references: int
    merged_groups: int
    queued: int
    phases: dict[str, float]

    def as_json(self) -> dict[str, object]:
        """Return the counts and the seconds of each phase."""
        return asdict(self)


def deduplicate(project: Project, actor: str, progress: Progress | None = None) -> Deduplicated:
    """Run the rules over all visible records and append what is new: merges and queued pairs.

    What a person decided stays as it is; running it again adds nothing.
    """
    with project.ledger.read() as conn:
        items = [Item(key, fields) for key, fields in queries.visible_records(conn)]
        groups = queries.groups(conn)
        apart = queries.kept_apart(conn)
        queued = {frozenset((pair.a, pair.b)) for pair in queries.queued_pairs(conn)}
        unlooked = queries.records_since_dedupe(conn)
    known = Constraints(
        merged=tuple((keys[0], key) for keys in groups for key in keys[1:]), apart=tuple(apart)
    )
    found = match(
        items, project.protocol.dedupe, known=known, progress=progress, clock=time.perf_counter
    )
    together = {frozenset(keys) for keys in groups}
    events: list[Event] = [
        Merged(records=group.keys, method="automatic", score=group.score, reason=group.reason)
        for group in found.groups
        if frozenset(group.keys) not in together
    ]
    merges = len(events)
    events += [
        PairQueued(
            a=pair.a, b=pair.b, score=pair.score, reason=pair.reason, evidence=dict(pair.evidence)
        )
        for pair in found.queued
        if frozenset((pair.a, pair.b)) not in queued
    ]
    surplus = sum(len(group.keys) - 1 for group in found.groups)
    result = Deduplicated(
        records=len(items),
        references=len(items) - surplus,
        merged_groups=len(found.groups),
        queued=len(found.queued),
        phases=found.phases,
    )
    if events or unlooked:
        events.append(
            DedupeCompleted(
                version=version("winnow-review"),
                policy=project.protocol.dedupe.model_dump(mode="json"),
                counts={
                    "records": result.records,
                    "references": result.references,
                    "merges": merges,
                    "queued": result.queued,
                },
            )
        )
        with project.write(actor) as writer:
            writer.append_many(events)
    return result


def merge(project: Project, actor: str, keys: Sequence[str], reason: str) -> None:
    """Merge the references of these keys into one, by a person's word."""
    with project.write(actor) as writer:
        writer.append(Merged(records=tuple(keys), method="person", reason=reason))


def keep_apart(project: Project, actor: str, a: str, b: str, reason: str) -> None:
    """Settle that two records are different publications."""
    with project.write(actor) as writer:
        writer.append(KeptApart(a=a, b=b, reason=reason))


def split(project: Project, actor: str, keys: Sequence[str], reason: str) -> None:
    """Take records out of the reference they were merged into."""
    with project.write(actor) as writer:
        writer.append(Split(records=tuple(keys), reason=reason))


def import_settled(project: Project, grid: Grid, actor: str) -> int:
    """Take in a sheet of pairs that a person settled, and return how many were new.

    Raises WinnowError with every mistake by its cell; nothing is written then.
    """
    sheet = Sheet(grid, PAIR_COLUMNS)
    problems: list[Problem] = []
    events: list[tuple[str, Event]] = []
    with project.ledger.read() as conn:
        apart = {frozenset(pair) for pair in queries.kept_apart(conn)}
        names = Names(conn)
        for line in sheet.lines():
            decision = line.texts.get("decision", "").casefold()
            if not decision:
                continue
            a, b = (
                names.record(read_named(sheet, line, suffix), grid.place(line.row), problems)
                for suffix in ("_a", "_b")
            )
            if a is None or b is None:
                continue
            who = line.texts.get("reviewer", actor)
            reason = line.texts.get("note", "settled by a person")
            if decision in _MERGE:
                if names.reference_of(a) != names.reference_of(b):
                    events.append((who, Merged(records=(a, b), method="person", reason=reason)))
            elif decision in _APART:
                if frozenset((a, b)) not in apart:
                    events.append((who, KeptApart(a=a, b=b, reason=reason)))
            else:
                sheet.mistake(line, "decision", "Write merge or apart.")
    problems = [*sheet.problems, *problems]
    if has_errors(problems):
        raise WinnowError(problems, exit_status=1)
    append_by_actor(project, events)
    return len(events)


def waiting(project: Project) -> list[Problem]:
    """Return a warning where pairs wait for a person."""
    with project.ledger.read() as conn:
        number = len(queries.queued_pairs(conn))
    if not number:
        return []
    return [
        warning(
            "",
            f"{number:,} uncertain pairs wait for a person: winnow dedupe --export pairs.xlsx, or "
            "the page Duplicates.",
            "duplicates",
        )
    ]


def pair_sheet(project: Project) -> Grid:
    """Return the uncertain pairs as a sheet to fill in, with the evidence for each."""
    lines: list[dict[str, CellValue]] = []
    with project.ledger.read() as conn:
        for pair in queries.queued_pairs(conn):
            line: dict[str, CellValue] = {
                "score": f"{pair.score:.2f}",
                "evidence": "; ".join(f"{name}: {said}" for name, said in pair.evidence.items()),
            }
            for suffix, key in (("_a", pair.a), ("_b", pair.b)):
                record = own_record(conn, key)
                line |= {
                    f"file{suffix}": record.source_file,
                    f"position{suffix}": record.position,
                    f"reference{suffix}": key,
                    f"title{suffix}": record.fields.title,
                }
            lines.append(line)
    return grid_of("Duplicates", PAIR_COLUMNS, lines)
