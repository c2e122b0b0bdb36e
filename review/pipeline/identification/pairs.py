"""Uncertain pairs and merged records side by side, and a person's word on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from review.pipeline.naming import reference_named
from review.pipeline.project import Project
from review.store import queries
from review.store.events import KeptApart, Merged, Split
from review.store.queries import QueuedPair, VerbatimRecord
from review.store.said import Said
from screening.problems import WinnowError, error
from screening.records import Fields, Reference

Decision = Literal["merge", "apart"]
_FIELDS = {
    "title": "Title",
    "authors": "Authors",
    "year": "Year",
    "type": "Type",
    "journal": "Journal",
    "volume": "Volume",
    "issue": "Issue",
    "pages": "Pages",
    "article_number": "Article number",
    "doi": "DOI",
    "pmid": "PMID",
    "isbn": "ISBN",
    "abstract": "Abstract",
}
_WORDS_COMPARED = 400  # a longer text is marked as a whole: comparing words takes their square


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a text, and whether the other record words it otherwise."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of several records: `agreement` is same, different or missing (in some of them)."""

    label: str
    agreement: Literal["same", "different", "missing"]
    texts: tuple[tuple[Stretch, ...], ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Records beside each other: what each is, where it came from, and field by field."""

    records: tuple[VerbatimRecord, ...]
    rows: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class MergedReference:
    """A reference made of several records, with the merges that hold them together."""

    reference: Reference
    report_key: str
    records: SideBySide
    merges: tuple[Said, ...]


def waiting_pairs(project: Project) -> list[QueuedPair]:
    """Return the pairs that wait for a person, the most likely duplicates first."""
    with project.ledger.read() as conn:
        return queries.queued_pairs(conn)


def side_by_side(project: Project, keys: Sequence[str]) -> SideBySide:
    """Return records beside each other, the words that differ from the first one marked."""
    with project.ledger.read() as conn:
        records = [
            next(each for each in queries.verbatim_records(conn, key) if each.key == key)
            for key in keys
        ]
    return _beside(records)


def merged_reference(project: Project, name: str) -> MergedReference | None:
    """Return the reference of a record or report key with its records, or None where there is none."""
    with project.ledger.read() as conn:
        key = reference_named(conn, name)
        line = queries.reference(conn, key) if key else None
        if line is None:
            return None
        records = queries.verbatim_records(conn, line.key)
        merges = queries.merges_of(conn, line.key)
    return MergedReference(
        line.reference, line.standing.report_key, _beside(records), tuple(merges)
    )


def settle_pair(project: Project, actor: str, event: int, decision: Decision, note: str) -> None:
    """Settle a pair that waits: its records are one reference, or stay apart.

    Raises WinnowError where it waits no longer, as when someone else has settled it.
    """
    with project.write(actor) as writer:
        waiting = {pair.event: pair for pair in queries.queued_pairs(writer.connection)}
        pair = waiting.get(event)
        if pair is None:
            raise WinnowError(
                error("", "This pair waits no longer: it was settled in the meantime."),
                exit_status=1,
            )
        reason = note or "settled by a person"
        if decision == "merge":
            writer.append(Merged(records=(pair.a, pair.b), method="person", reason=reason))
        else:
            writer.append(KeptApart(a=pair.a, b=pair.b, reason=reason))


def merge_by_hand(project: Project, actor: str, name: str, other: str, note: str) -> str:
    """Merge two references that a person names, and return the key of the one they are now.

    Raises WinnowError where one is unknown, or where they are one already.
    """
    with project.write(actor) as writer:
        keys = [_known(project, each) for each in (name, other)]
        if keys[0] == keys[1]:
            raise WinnowError(error(other, "These are one reference already."), exit_status=1)
        reason = note or "merged by hand"
        writer.append(Merged(records=(keys[0], keys[1]), method="person", reason=reason))
        return queries.reference_of(writer.connection, keys[0]) or keys[0]


def split_by_hand(
    project: Project, actor: str, name: str, records: Sequence[str], note: str
) -> None:
    """Take records out of the reference they were merged into.

    Raises WinnowError where none is named, all are, or one is no record of that reference.
    """
    with project.write(actor) as writer:
        key = reference_named(writer.connection, name)
        line = queries.reference(writer.connection, key) if key else None
        own = set(line.reference.record_keys) if line else set()
        if not records or not own > set(records):
            raise WinnowError(
                error(
                    name,
                    "Choose the records that leave this reference: some of them, but not all.",
                ),
                exit_status=1,
            )
        writer.append(Split(records=tuple(records), reason=note or "split by hand"))


def _known(project: Project, name: str) -> str:
    with project.ledger.read() as conn:
        key = reference_named(conn, name)
    if key is None:
        raise WinnowError(
            error(name, "This is no reference of the review. Name its key, such as r12."),
            exit_status=1,
        )
    return key


def _beside(records: Sequence[VerbatimRecord]) -> SideBySide:
    fields = [each.reread or each.record.fields for each in records]
    rows = []
    for name, label in _FIELDS.items():
        texts = [_text(each, name) for each in fields]
        if not any(texts):
            continue
        folded = {" ".join(text.casefold().split()) for text in texts}
        agreement: Literal["same", "different", "missing"] = "same"
        if len(folded) > 1:
            agreement = "missing" if len(folded - {""}) == 1 else "different"
        first, *others = texts
        stretches = (
            [_whole(text) for text in texts]
            if agreement != "different"
            else [
                _marked(first, others[0] or first),
                *(_marked(text, first) if first else _whole(text) for text in others),
            ]
        )
        rows.append(FieldRow(label, agreement, tuple(stretches)))
    return SideBySide(tuple(records), tuple(rows))


def _text(fields: Fields, name: str) -> str:
    value = getattr(fields, name)
    if isinstance(value, tuple):
        return "; ".join(value)
    return "" if value is None else str(value)


def _whole(text: str) -> tuple[Stretch, ...]:
    return (Stretch(text, differs=False),)


def _marked(text: str, other: str) -> tuple[Stretch, ...]:
    """Return a text with the words marked that the other one does not have in that place."""
    ours, theirs = text.split(), other.split()
    if max(len(ours), len(theirs)) > _WORDS_COMPARED:
        return (Stretch(text, differs=True),)
    compared = SequenceMatcher(
        None, [w.casefold() for w in ours], [w.casefold() for w in theirs], autojunk=False
    )
    return tuple(
        Stretch(" ".join(ours[start:end]), differs=tag != "equal")
        for tag, start, end, _, _ in compared.get_opcodes()
        if end > start
    )
