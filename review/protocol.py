"""review.toml -> Protocol, composed of the sections that each package defines for itself."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, ValidationError

from appraisal.section import AppraisalSection
from review.sections import DatabaseSection, InputsSection, ReviewSection, WebSection
from screening.criteria import Criterion
from screening.decisions import Policy, ScreeningSection, StagePlan
from screening.diagram.options import DiagramOptions
from screening.identification.matching.policy import DedupePolicy
from screening.problems import Problem, WinnowError, error
from screening.ranking.section import RankingSection
from screening.records import Stage
from screening.section import Section, unwritten
from screening.sources import Known, Source
from screening.stopping.section import StoppingSection
from screening.toml_text import TomlText, closest, parse, validation_problems
from synthesis.fields import ExtractionSection
from synthesis.section import APPRAISAL, Domain, MeasuresSection, ReportSection, SynthesisSection
from synthesis.tables.section import TableSection

DomainId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]


class Protocol(Section):
    """What the reviewers set down before they looked: one review.toml as a frozen value."""

    review: ReviewSection
    sources: tuple[Source, ...] = ()
    known: Known = unwritten()
    criteria: tuple[Criterion, ...] = ()
    dedupe: DedupePolicy = unwritten()
    screening: ScreeningSection = unwritten()
    ranking: RankingSection = unwritten()
    stopping: StoppingSection = unwritten()
    flow: DiagramOptions = unwritten()
    appraisal: AppraisalSection = unwritten()
    extraction: ExtractionSection = unwritten()
    domains: dict[DomainId, Domain] = unwritten()
    measures: MeasuresSection = unwritten()
    synthesis: SynthesisSection = unwritten()
    tables: dict[str, TableSection] = unwritten()
    report: ReportSection = unwritten()
    inputs: InputsSection = unwritten()
    database: DatabaseSection = unwritten()
    web: WebSection = unwritten()

    def source(self, source_id: str) -> Source | None:
        """Return the source of that id, or None."""
        return next((source for source in self.sources if source.id == source_id), None)

    def criterion(self, criterion_id: str) -> Criterion | None:
        """Return the criterion of that id, or None."""
        return next((entry for entry in self.criteria if entry.id == criterion_id), None)


def read_protocol(text: str, name: str = "review.toml") -> Protocol:
    """Read a review.toml text.

    Raises WinnowError with every mistake at once, each with its line, its key and a suggestion.
    """
    document = parse(text, name)
    try:
        protocol = Protocol.model_validate(document.data)
    except ValidationError as mistakes:
        raise WinnowError(
            validation_problems(mistakes, document, Protocol), exit_status=1
        ) from None
    if problems := list(_broken_references(protocol, document)):
        raise WinnowError(problems, exit_status=1)
    return protocol


def _broken_references(protocol: Protocol, document: TomlText) -> Iterator[Problem]:
    yield from _doubled(protocol, document)
    yield from _source_contradictions(protocol, document)
    yield from _reasons(protocol, document)
    yield from _people(protocol, document)
    yield from _groupings(protocol, document)
    if protocol.review.updates and protocol.review.previous is None:
        yield error(
            document.where(("review", "updates")),
            "an updated review carries its earlier studies in: add "
            "previous = { studies = N, reports = N } to [review], or write builds_on for updates.",
            "review.previous",
        )


def _doubled(protocol: Protocol, document: TomlText) -> Iterator[Problem]:
    tables = {
        "sources": [source.id for source in protocol.sources],
        "criteria": [criterion.id for criterion in protocol.criteria],
    }
    for table, ids in tables.items():
        for number, entry in enumerate(ids):
            if entry in ids[:number]:
                yield error(
                    document.where((table, number, "id")),
                    f'two [[{table}]] have the id "{entry}". Give each its own.',
                    f"{table}.{entry}",
                )


def _source_contradictions(protocol: Protocol, document: TomlText) -> Iterator[Problem]:
    for number, source in enumerate(protocol.sources):
        if source.strategy and source.strategy_file:
            yield error(
                document.where(("sources", number, "strategy_file")),
                f'the source "{source.id}" has both strategy and strategy_file. Keep one.',
                f"sources.{source.id}",
            )


def _reasons(protocol: Protocol, document: TomlText) -> Iterator[Problem]:
    known = [criterion.id for criterion in protocol.criteria]
    for stage, plan in _stages(protocol):
        for number, reason in enumerate(plan.reasons):
            if not reason.label and reason.id not in known:
                yield error(
                    document.where(("screening", str(stage), "reasons", number)),
                    f'the reason "{reason.id}" is no criterion.{closest(reason.id, known)} Name a '
                    "criterion's id, or define the reason here: "
                    f'{{ id = "{reason.id}", label = "..." }}.',
                    f"screening.{stage}.reasons",
                )


def _people(protocol: Protocol, document: TomlText) -> Iterator[Problem]:
    known = protocol.review.reviewers
    for stage, plan in _stages(protocol):
        for number, name in enumerate(plan.reviewers):
            if name not in known:
                yield error(
                    document.where(("screening", str(stage), "reviewers", number)),
                    f'"{name}" is not among the reviewers of [review].{closest(name, known)}',
                    f"screening.{stage}.reviewers",
                )
        needed = 1 if plan.policy is Policy.SINGLE else 2
        there = len(plan.reviewers or known)
        if there < needed:
            yield error(
                document.where(("screening", str(stage), "policy")),
                f'the policy "{plan.policy}" needs {needed} reviewers, and {there} is named. '
                "Add one, or choose another policy.",
                f"screening.{stage}.policy",
            )


def _groupings(protocol: Protocol, document: TomlText) -> Iterator[Problem]:
    fields = {field.id: field for field in protocol.extraction.fields}
    for number, grouping in enumerate(protocol.synthesis.group_by):
        if mistake := grouping.mistake(fields):
            near = "" if grouping.field in fields else closest(grouping.field, [*fields, APPRAISAL])
            yield error(
                document.where(("synthesis", "group_by", number)),
                mistake + near,
                "synthesis.group_by",
            )


def _stages(protocol: Protocol) -> Iterator[tuple[Stage, StagePlan]]:
    yield Stage.TITLE_ABSTRACT, protocol.screening.title_abstract
    yield Stage.FULL_TEXT, protocol.screening.full_text
