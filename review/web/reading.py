"""A reference as a person reads it, with the terms of the protocol marked in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from markupsafe import Markup

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


class Keys(NamedTuple):
    """The letter of each action; the protocol may name others."""

    include: str = "i"
    exclude: str = "e"
    unsure: str = "u"
    undo: str = "z"
    note: str = "n"
    skip: str = "s"


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


def marked(marks: Iterable[Mark]) -> Markup:
    """Return a text with its terms marked, as templates could, with a fifth of the work."""
    said = [
        f'<mark class="{each.kind}">{escape(each.text)}</mark>' if each.kind else escape(each.text)
        for each in marks
    ]
    return Markup("".join(said))  # noqa: S704 - every text in it is escaped, and kinds are ours


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
