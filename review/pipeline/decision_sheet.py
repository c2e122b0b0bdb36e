"""Decisions as a spreadsheet: what is written out for reviewers, and read back from them.

One row is one reviewer's verdict on one reference at one stage. A reference is named by the export
file and position of any of its records, by its key, or by its report key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from review.store.events.base import DecisionStage
from screening.decisions import StagePlan, lacks_reason
from screening.grid import Column, Grid, Imported, Line, Sheet
from screening.records import Category, Stage, Verdict
from screening.toml_text import closest

COLUMNS = (
    Column("reference", "Reference", needed=False, width=12),
    Column("report", "Report", needed=False, width=18),
    Column("file", "File", needed=False, width=24),
    Column("position", "Position", needed=False, width=9),
    Column("title", "Title", needed=False, width=70),
    Column("authors", "Authors", needed=False, width=30),
    Column("year", "Year", needed=False, width=7),
    Column("journal", "Journal", needed=False, width=30),
    Column("abstract", "Abstract", needed=False, width=80),
    Column("stage", "Stage", needed=False, choices=("title_abstract", "full_text"), width=14),
    Column("reviewer", "Reviewer", needed=False, width=12),
    Column("verdict", "Verdict", choices=("include", "exclude", "unsure"), width=10),
    Column("reasons", "Reasons", needed=False, width=30),
    Column("note", "Note", needed=False, width=40),
)

_VERDICTS = {
    **dict.fromkeys(("include", "included", "yes", "y", "i", "1"), Verdict.INCLUDE),
    **dict.fromkeys(("exclude", "excluded", "no", "n", "e", "0"), Verdict.EXCLUDE),
    **dict.fromkeys(("unsure", "maybe", "u", "?"), Verdict.UNSURE),
}
_NAMING = ("file", "position", "reference", "report", "title")
_CATEGORIES = {
    "awaiting classification": Category.AWAITING,
    "awaiting_classification": Category.AWAITING,
    "ongoing": Category.ONGOING,
}


@dataclass(frozen=True, slots=True)
class Named:
    """How a row names its reference: by a key, or by a record's file and position."""

    key: str = ""
    file: str = ""
    position: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One row of a decision sheet; `place` is where it stands, for messages."""

    named: Named
    stage: DecisionStage
    reviewer: str
    verdict: Verdict | None
    category: Category | None
    reasons: tuple[str, ...]
    note: str
    place: str


def read_decisions(
    grid: Grid,
    plans: Mapping[DecisionStage, StagePlan],
    labels: dict[str, str],
    *,
    stage: DecisionStage | None = None,
    reviewer: str = "",
) -> Imported[DecisionRow]:
    """Return the decisions of a filled sheet, or none of them and every mistake by its cell.

    `stage` and `reviewer` hold where a row does not say. `labels` maps labels of reasons to their
    ids, so that either may be written. Rows without a verdict are not yet decided and are left out.
    """
    sheet = Sheet(grid, COLUMNS)
    rows = []
    for line in sheet.lines():
        if "verdict" not in line.texts:
            continue
        at = _stage(sheet, line, stage)
        who = line.texts.get("reviewer", reviewer)
        if not who:
            sheet.mistake(line, "reviewer", "Who decided this is not said; write their name.")
        named = read_named(sheet, line)
        verdict, category = _verdict(sheet, line)
        if at is None:
            continue
        reasons = _reasons(sheet, line, plans[at], labels)
        if verdict and lacks_reason(at, verdict, reasons):
            sheet.mistake(line, "reasons", "Excluding at full text needs a reason; write its id.")
        rows.append(
            DecisionRow(
                named=named,
                stage=at,
                reviewer=who,
                verdict=verdict,
                category=category,
                reasons=reasons,
                note=line.texts.get("note", ""),
                place=grid.place(line.row),
            )
        )
    return Imported.unless_wrong(rows, sheet.problems)


def read_named(sheet: Sheet, line: Line, suffix: str = "") -> Named:
    """Return how a row names its reference, with a mistake where it does not.

    `suffix` is that of the columns where a row names two ("_a", "_b").
    """
    texts = {name: line.texts.get(f"{name}{suffix}", "") for name in _NAMING}
    if texts["file"] and texts["position"].isdecimal():
        return Named("", texts["file"], int(texts["position"]), texts["title"])
    if key := texts["reference"] or texts["report"]:
        return Named(key=key, title=texts["title"])
    badly = texts["position"] and not texts["position"].isdecimal()
    sheet.mistake(
        line,
        f"position{suffix}" if badly else None,
        "This row names no reference; write the export file and the whole number of its place in "
        "it under File and Position, or its key.",
    )
    return Named()


def _stage(sheet: Sheet, line: Line, stage: DecisionStage | None) -> DecisionStage | None:
    written = line.texts.get("stage", "").casefold().replace(" ", "_").replace("/", "_")
    known: dict[str, DecisionStage] = {
        "title_abstract": Stage.TITLE_ABSTRACT,
        "full_text": Stage.FULL_TEXT,
    }
    if written in known:
        return known[written]
    if not written and stage is not None:
        return stage
    said = f'"{written}" is no stage.{closest(written, known)}' if written else "No stage is said."
    sheet.mistake(line, "stage" if written else None, f"{said} Write {' or '.join(known)}.")
    return None


def _verdict(sheet: Sheet, line: Line) -> tuple[Verdict | None, Category | None]:
    written = line.texts["verdict"].casefold()
    if written in _CATEGORIES:
        return None, _CATEGORIES[written]
    if written not in _VERDICTS:
        sheet.mistake(
            line, "verdict", f'"{written}" is no verdict. Write include, exclude or unsure.'
        )
    return _VERDICTS.get(written), None


def _reasons(sheet: Sheet, line: Line, plan: StagePlan, labels: dict[str, str]) -> tuple[str, ...]:
    known = [reason.id for reason in plan.reasons]
    reasons: list[str] = []
    for text in line.texts.get("reasons", "").split(";"):
        written = text.strip()
        if not written:
            continue
        reason = written if written in known else labels.get(written.casefold(), written)
        if known and reason not in known:
            sheet.mistake(
                line,
                "reasons",
                f'"{written}" is no reason of this stage.{closest(written, known)} '
                f"Known reasons: {', '.join(known)}.",
            )
        reasons.append(reason)
    return tuple(dict.fromkeys(reasons))


def reason_labels(plans: Sequence[StagePlan], criteria: dict[str, str]) -> dict[str, str]:
    """Return reason ids by their labels, folded, whether defined in the plan or by a criterion."""
    return {
        (reason.label or criteria.get(reason.id, reason.id)).casefold(): reason.id
        for plan in plans
        for reason in plan.reasons
    }
