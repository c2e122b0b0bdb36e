"""A reference as a person reads it, with the terms of the protocol marked in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from review.pipeline.project import Project
from review.store.queries import ReferenceLine
from screening.criteria import Criterion, Mark, mark_terms
from screening.records import Fields, Stage


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """One reference, ready to be read. `where` is its journal, year and pages in one line."""

    key: str
    report_key: str
    title: tuple[Mark, ...]
    plain_title: str
    authors: str
    where: str
    doi: str
    abstract: tuple[tuple[Mark, ...], ...]
    keywords: str
    notes: tuple[str, ...]
    records: int


@dataclass(frozen=True, slots=True)
class ReasonChoice:
    """A reason to exclude, with the digit that chooses it."""

    id: str
    label: str
    key: str


def view_of(line: ReferenceLine, criteria: Sequence[Criterion]) -> ReferenceView:
    """Return a reference as it is shown."""
    fields = line.reference.fields
    title = fields.title or "(no title)"
    paragraphs = [each.strip() for each in (fields.abstract or "").splitlines() if each.strip()]
    return ReferenceView(
        key=line.key,
        report_key=line.standing.report_key,
        title=tuple(mark_terms(title, criteria)),
        plain_title=title,
        authors="; ".join(fields.authors),
        where=_where(fields),
        doi=fields.doi or "",
        abstract=tuple(tuple(mark_terms(each, criteria)) for each in paragraphs),
        keywords="; ".join(fields.keywords),
        notes=fields.notes,
        records=line.standing.records,
    )


def reason_choices(project: Project, stage: Stage) -> tuple[ReasonChoice, ...]:
    """Return the reasons of a stage in the order of the protocol; the first nine have a digit."""
    choices = []
    for number, reason in enumerate(project.protocol.screening.plan(stage).reasons, start=1):
        criterion = project.protocol.criterion(reason.id)
        label = reason.label or (criterion.name if criterion else reason.id)
        choices.append(ReasonChoice(reason.id, label, str(number) if number < 10 else ""))
    return tuple(choices)


def _where(fields: Fields) -> str:
    volume = fields.volume or ""
    if fields.issue:
        volume += f"({fields.issue})"
    parts = (
        fields.journal or fields.journal_abbreviation,
        str(fields.year) if fields.year else None,
        volume,
        fields.pages or fields.article_number,
    )
    return ", ".join(part for part in parts if part)
