"""The tables that only some reviews have: overlap, computed results, worksheets, quotes, reasons."""

from review.pipeline.flow.flow import reason_names
from review.pipeline.project import Project
from review.pipeline.synthesis.agreements import reason_pairs
from review.pipeline.synthesis.extract import rows
from review.store import queries
from screening.identification.overlap import Overlap, overlap
from synthesis.effects import computed_effects
from synthesis.extraction import Arm
from synthesis.results import ArmResult
from synthesis.tables.effects import arms_table, combined_p_table, effects_table
from synthesis.tables.inputs import TableInputs
from synthesis.tables.overlap import combinations_table, overlap_table
from synthesis.tables.quotes import quotes_table
from synthesis.tables.reasons import reasons_table
from synthesis.tables.table import Table
from synthesis.tables.worksheets import grade_table, missing_results_table, popay_table
from synthesis.worksheets import PopayNote


def more_tables(project: Project, inputs: TableInputs) -> tuple[Table, ...]:
    """Return each of these tables that has something to show."""
    measures = {each.id: each.abbreviation or each.name for each in inputs.measures}
    arms = rows(project, Arm)
    effects, _ = computed_effects(rows(project, ArmResult), arms)
    tables = (
        *_overlaps(project),
        reasons_table(reason_pairs(project), reason_names(project)),
        arms_table(arms, inputs.labels),
        effects_table(effects, inputs.labels, inputs.domains, measures),
        combined_p_table(inputs.grid("study")),
        quotes_table(inputs.quotes, inputs.themes, inputs.labels),
        grade_table(inputs.grades, inputs.domains),
        missing_results_table(inputs.missing_results, inputs.domains),
        popay_table(rows(project, PopayNote), inputs.domains),
    )
    return tuple(table for table in tables if table.rows)


def source_overlap(project: Project) -> Overlap:
    """Return how the sources overlap after merging, the database lane and the other methods alike."""
    with project.ledger.read() as conn:
        return overlap(queries.sources_of_references(conn))


def source_names(project: Project) -> dict[str, str]:
    """Return what each source of the protocol is called, by its id."""
    return {source.id: source.describe() for source in project.protocol.sources}


def _overlaps(project: Project) -> tuple[Table, ...]:
    """Return the overlap of sources; one source alone overlaps with nothing."""
    found = source_overlap(project)
    if len(found.sources) < 2:
        return ()
    names = source_names(project)
    return overlap_table(found, names), combinations_table(found, names)
