"""Screening decisions that come inside an export of another screening program.

Rayyan writes them into notes, ASReview into notes or a column of labels, Covidence and Abstrackr into
columns. The readers keep such columns as notes ("label included: 1"); here they become decisions.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from screening.records import Record, Verdict

# Columns whose cells are decisions, by their names in lower case words.
DECISION_COLUMNS = frozenset(
    {"label included", "included", "final included", "asreview label", "label", "labels", "inclusion", "decision",
     "screening decision", "consensus", "exclusion reason", "exclusion reasons", "reviewer", "screened by"}
)  # fmt: skip
_VERDICTS = {
    "1": Verdict.INCLUDE, "1.0": Verdict.INCLUDE, "yes": Verdict.INCLUDE, "y": Verdict.INCLUDE, "true": Verdict.INCLUDE,
    "include": Verdict.INCLUDE, "included": Verdict.INCLUDE, "relevant": Verdict.INCLUDE, "accept": Verdict.INCLUDE,
    "0": Verdict.EXCLUDE, "0.0": Verdict.EXCLUDE, "-1": Verdict.EXCLUDE, "no": Verdict.EXCLUDE, "n": Verdict.EXCLUDE,
    "false": Verdict.EXCLUDE, "exclude": Verdict.EXCLUDE, "excluded": Verdict.EXCLUDE, "irrelevant": Verdict.EXCLUDE,
    "not relevant": Verdict.EXCLUDE, "reject": Verdict.EXCLUDE,
    "maybe": Verdict.UNSURE, "unsure": Verdict.UNSURE, "undecided": Verdict.UNSURE, "unclear": Verdict.UNSURE,
}  # fmt: skip
_RAYYAN = re.compile(r"RAYYAN-INCLUSION:\s*\{([^{}]*)\}")
_RAYYAN_VOTE = re.compile(r'"([^"]+)"\s*=>\s*"([^"]+)"')
_RAYYAN_REASONS = re.compile(r"RAYYAN-EXCLUSION-REASONS:\s*([^|{}]*)")
_RAYYAN_NOTES = re.compile(r"USER-NOTES:\s*\{([^{}]*)\}")
_RAYYAN_NOTE = re.compile(r'"([^"]+)"\s*=>\s*\[((?:[^\[\]"]|"[^"]*")*)\]')
_ASREVIEW = re.compile(r"ASReview_(relevant|irrelevant)\b", re.IGNORECASE)
_COLUMN = re.compile(r"([a-z][a-z ]{2,30}): (.+)", re.DOTALL)
_COVIDENCE = re.compile(r"Exclusion reason:\s*([^;]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CarriedDecision:
    """One decision found in an export: on the record at `position`, by `reviewer` ("" where unnamed)."""

    position: int
    reviewer: str
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    note: str = ""


def carried_decisions(records: Iterable[Record]) -> Iterator[CarriedDecision]:
    """Yield every decision that the notes of `records` carry, in file order.

    A record nobody decided on yields none; one that several reviewers decided on yields one each.
    """
    for record in records:
        notes = record.fields.notes
        if notes:
            yield from _rayyan(record.position, notes)
            yield from _asreview(record.position, notes)
            yield from _columns(record.position, notes)


def _rayyan(position: int, notes: tuple[str, ...]) -> Iterator[CarriedDecision]:
    text = " | ".join(notes)
    votes = _RAYYAN.search(text)
    if not votes:
        return
    reasons = _parts(found.group(1)) if (found := _RAYYAN_REASONS.search(text)) else ()
    said = _RAYYAN_NOTES.search(text)
    comments = (
        {name: _unquoted(each) for name, each in _RAYYAN_NOTE.findall(said.group(1))}
        if said
        else {}
    )
    for name, word in _RAYYAN_VOTE.findall(votes.group(1)):
        verdict = _VERDICTS.get(word.strip().lower())
        if verdict:
            why = reasons if verdict is Verdict.EXCLUDE else ()
            yield CarriedDecision(position, name, verdict, why, comments.get(name, ""))


def _asreview(position: int, notes: tuple[str, ...]) -> Iterator[CarriedDecision]:
    for note in notes:
        found = _ASREVIEW.search(note)
        if found:
            relevant = found.group(1).lower() == "relevant"
            yield CarriedDecision(position, "", Verdict.INCLUDE if relevant else Verdict.EXCLUDE)
            return


def _columns(position: int, notes: tuple[str, ...]) -> Iterator[CarriedDecision]:
    cells = {}
    for note in notes:
        named = _COLUMN.fullmatch(note)
        if named and named.group(1) in DECISION_COLUMNS:
            cells[named.group(1)] = named.group(2).strip()
    reasons = _parts(cells.pop("exclusion reason", "") or cells.pop("exclusion reasons", ""))
    reviewer = cells.pop("reviewer", "") or cells.pop("screened by", "")
    for column, word in cells.items():
        verdict = _VERDICTS.get(word.lower())
        if column == "consensus" and word in ("0", "0.0"):
            verdict = Verdict.UNSURE  # Abstrackr's scale runs from -1 to 1
        if verdict:
            yield CarriedDecision(
                position, reviewer, verdict, reasons if verdict is Verdict.EXCLUDE else ()
            )
            return
    covidence = next((found for note in notes if (found := _COVIDENCE.search(note))), None)
    if not reasons and covidence:
        reasons = (covidence.group(1).strip(),)
    if reasons:
        yield CarriedDecision(position, reviewer, Verdict.EXCLUDE, reasons)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for each in re.split(r"[,;]", text) if (part := each.strip()))


def _unquoted(text: str) -> str:
    return "; ".join(re.findall(r'"([^"]*)"', text))
