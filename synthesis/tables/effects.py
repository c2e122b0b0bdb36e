"""Arms, and what was computed from their numbers: effects of one against another, combined p values."""

from collections.abc import Mapping, Sequence

from appraisal.estimate import coefficient
from synthesis import trace
from synthesis.combined_p import CAUTION, CombinedP, DomainP, combine_domain
from synthesis.directions import DirectionGrid
from synthesis.effects import ComputedEffect
from synthesis.extraction import Arm
from synthesis.results import ArmResult
from synthesis.section import Domain
from synthesis.tables.table import Cell, Column, Kind, Note, Row, Table
from synthesis.tables.wording import NOT_YET, with_not_yet_note
from synthesis.values import PValue

_METRICS = {"CI": "confidence interval", "SMD": "standardised mean difference", "OR": "odds ratio"}


def arms_table(arms: Sequence[Arm], labels: Mapping[str, str]) -> Table:
    """Return the arms that reports compare, with how many were randomised to each and analysed in it."""
    rows = []
    for report, label in labels.items():
        for each in (arm for arm in arms if arm.report == report):
            counts = ("" if n is None else str(n) for n in (each.randomised, each.analysed))
            texts = (f"{each.name} ({each.arm})", str(each.role))
            numbers = (n or NOT_YET for n in counts)
            source = trace.of_entry(each.sheet, each.key)
            cells = (Cell(text, source=source) for text in (*texts, *numbers, each.unit, each.page))
            rows.append(Row((Cell(label, source=trace.of_report(report)), *cells), key=report))
    table = Table(
        id="arms",
        title="Arms that reports compare",
        columns=(
            Column("label", "Report", width=1.3),
            Column("arm", "Arm", width=2),
            Column("role", "Role", width=1.2),
            Column("randomised", "n randomised", Kind.NUMBER),
            Column("analysed", "n analysed", Kind.NUMBER),
            Column("unit", "Of", optional=True),
            Column("page", "Page", width=0.6, optional=True),
        ),
        rows=tuple(rows),
        unit="arm",
    )
    return with_not_yet_note(table)


def effects_table(
    effects: Sequence[ComputedEffect],
    labels: Mapping[str, str],
    domains: Mapping[str, Domain],
    measures: Mapping[str, str],
) -> Table:
    """Return a row per effect with its interval and the formula it was computed by.

    `measures` names measures by id. The numbers compared lead to the rows they were entered in.
    """
    rows = []
    for each in effects:
        first, second, effect = each.intervention, each.comparator, each.effect
        domain = domains.get(first.domain)
        rows.append(
            Row(
                (
                    Cell(labels.get(first.report, first.report)),
                    Cell(domain.label if domain else first.domain),
                    Cell(first.outcome),
                    Cell(measures.get(first.measure, first.measure)),
                    Cell(first.time_point),
                    _arm(first),
                    _arm(second),
                    Cell(
                        f"{effect.metric} {effect.estimate:.2f}"
                        f" [{effect.low:.2f}, {effect.high:.2f}]",
                        source=trace.of_entry(first.sheet, first.key),
                    ),
                    Cell(f"{effect.formula[:1].upper()}{effect.formula[1:]}"),
                ),
                key=first.report,
            )
        )
    return Table(
        id="effects",
        title="Effects computed from what reports give for each arm",
        columns=(
            Column("label", "Report", width=1.3),
            Column("domain", "Domain", width=1.3),
            Column("outcome", "Outcome", width=1.5),
            Column("measure", "Measure", optional=True),
            Column("time_point", "Time point", optional=True),
            Column("intervention", "Intervention", width=1.5),
            Column("comparator", "Comparator", width=1.5),
            Column("effect", "Effect, 95% CI", width=1.6),
            Column("formula", "Computed as", width=1.8),
        ),
        rows=tuple(rows),
        general_notes=("Intervals are 95%; M and SD are those reported.",),
        abbreviations=tuple(
            (short, name)
            for short, name in _METRICS.items()
            if short == "CI" or any(each.effect.metric == short for each in effects)
        ),
        landscape=True,
        unit="effect",
    )


def combined_p_table(by_study: DirectionGrid) -> Table:
    """Return Fisher's combination per domain, with the studies used and why others are left out.

    Domains in which fewer than two studies have a usable p value are not shown: there is nothing to
    combine. Raises ValueError for a grid by report, whose p values are not independent.
    """
    rows = []
    notes: dict[str, Note] = {}
    for domain, described in by_study.domains:
        found = combine_domain(by_study, domain)
        if found.combined is not None and found.combined.k > 1:
            rows.append(_combined(domain, described.label, found, found.combined, notes))
    return Table(
        id="combined_p",
        title="Combined p values by domain",
        columns=(
            Column("domain", "Domain", width=2),
            Column("studies", "Studies combined", Kind.NUMBER),
            Column("left_out", "Studies left out", Kind.NUMBER),
            Column("statistic", "Fisher's chi-squared", width=1.6),
            Column("p", "p, one-sided for better", width=1.2),
        ),
        rows=tuple(rows),
        notes=tuple(notes.values()),
        general_notes=(CAUTION,) if rows else (),
        unit="domain",
    )


def _combined(
    domain: str, label: str, found: DomainP, combined: CombinedP, notes: dict[str, Note]
) -> Row:
    marks = []
    for why in dict.fromkeys(found.left_out.values()):
        n = sum(reason == why for reason in found.left_out.values())
        note = f"{domain}/{why}"
        notes[note] = Note(note, f"{label}: {n} left out, because {why}.")
        marks.append(note)
    small = combined.p < 0.001
    return Row(
        (
            Cell(label),
            Cell(str(len(found.used))),
            Cell(str(len(found.left_out)), note_ids=tuple(marks)),
            Cell(f"{combined.chi_squared:.2f}, df {combined.df}"),
            Cell(str(PValue("<", 0.001)) if small else coefficient(combined.p, 3)),
        ),
        key=domain,
    )


def _arm(result: ArmResult) -> Cell:
    if result.events is not None:
        text = f"{result.events} of {result.n}"
    elif result.mean is not None and result.sd is not None:
        text = f"M {result.mean:g}, SD {result.sd:g}, n {result.n}"
    else:
        text = f"n {result.n}"
    return Cell(f"{result.arm}: {text}", source=trace.of_entry(result.sheet, result.key))
