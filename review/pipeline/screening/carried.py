"""Decisions that an export of another screening program carries, as a sheet of decisions."""

from io import BytesIO
from pathlib import Path

from review.pipeline.decision_sheet import COLUMNS, reason_labels
from review.pipeline.project import Project
from review.store.events.base import DecisionStage
from screening.grid import Grid
from screening.identification.carried_decisions import CarriedDecision, carried_decisions
from screening.identification.readers import open_reading
from screening.problems import WinnowError, error

_FIELDS = ("file", "position", "verdict", "reasons", "note")


def carried_grid(project: Project, path: Path, theirs: str, stage: DecisionStage) -> Grid:
    """Return the decisions in an export as the sheet that `import_decisions` takes.

    `theirs` is what the export calls the reviewer (Rayyan names each); decisions that name nobody are
    taken too. The export must have been loaded under the same file name. Reasons that the protocol
    does not know are kept in the note. Raises WinnowError where there is no such decision.
    """
    found = list(carried_decisions(open_reading(BytesIO(path.read_bytes()), path.name).records))
    taken = [
        each
        for each in found
        if each.reviewer.casefold().strip() in ("", theirs.casefold().strip())
    ]
    if not taken:
        others = sorted({each.reviewer for each in found})
        has = f"It has those of: {', '.join(others)}." if others else "It carries none at all."
        message = (
            f'There are no decisions of "{theirs}" in this export. {has} Name one with --carried.'
        )
        raise WinnowError(error(path.name, message), exit_status=1)
    plan = project.protocol.screening.plan(stage)
    criteria = {criterion.id: criterion.name for criterion in project.protocol.criteria}
    known = reason_labels((plan,), criteria) | {
        reason.id.casefold(): reason.id for reason in plan.reasons
    }
    titles = {column.id: column.title for column in COLUMNS}
    header = tuple(titles[name] for name in _FIELDS)
    return Grid("", (header, *(_row(each, path.name, known) for each in taken)), path.name)


def _row(decision: CarriedDecision, file: str, known: dict[str, str]) -> tuple[str | int, ...]:
    ids = [known[each.casefold()] for each in decision.reasons if each.casefold() in known]
    other = [each for each in decision.reasons if each.casefold() not in known]
    note = "; ".join(filter(None, [*other, decision.note]))
    return file, decision.position, str(decision.verdict), "; ".join(ids), note
