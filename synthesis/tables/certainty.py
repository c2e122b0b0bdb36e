"""How sure one may be: the summary of findings by outcome, and confidence in qualitative findings."""

from collections.abc import Mapping, Sequence

from synthesis import trace
from synthesis.findings import Direction
from synthesis.summary_of_findings import SummaryLine
from synthesis.tables.table import Cell, Column, Kind, Row, Table
from synthesis.worksheets import SWIM_TOPICS, CerqualJudgement, SwimItem

_NOT_JUDGED = "Not judged"
_WAYS = {
    Direction.BETTER: "better",
    Direction.NO_DIFFERENCE: "no difference",
    Direction.MIXED: "mixed",
    Direction.WORSE: "worse",
    Direction.UNKNOWN: "unknown",
}


def summary_table(lines: Sequence[SummaryLine]) -> Table:
    """Return the summary of findings: per domain its studies, participants, directions and certainty.

    Only what was judged is given a certainty; participants are those of the studies that state them.
    """
    rows = []
    for line in lines:
        grade, missing = line.grade, line.missing
        directions = [f"{n} {_WAYS[way]}" for way, n in line.votes.counts.items() if n]
        participants = str(line.participants) if line.participants else ""
        if line.without_number and participants:
            participants += f" ({len(line.without_number)} without a number)"
        source = trace.of_entry(grade.sheet, grade.key) if grade else ""
        rows.append(
            Row(
                (
                    Cell(line.label),
                    Cell(str(len(line.studies))),
                    Cell(str(len(line.reports))),
                    Cell(participants),
                    Cell("; ".join(directions)),
                    Cell(str(grade.certainty) if grade else _NOT_JUDGED, source=source),
                    Cell(grade.explanation if grade else "", source=source),
                    Cell(str(missing.judgement) if missing else ""),
                ),
                key=line.domain,
            )
        )
    return Table(
        id="summary",
        title="Summary of findings by outcome domain",
        columns=(
            Column("domain", "Domain", width=1.6),
            Column("studies", "Studies", Kind.NUMBER, width=0.7),
            Column("reports", "Reports", Kind.NUMBER, width=0.7),
            Column("participants", "Participants", width=1.1, optional=True),
            Column("directions", "Studies by direction", width=1.8),
            Column("certainty", "Certainty (GRADE)", width=1),
            Column("explanation", "Why", width=2.2, optional=True),
            Column("missing", "Risk from missing results", width=1.2, optional=True),
        ),
        rows=tuple(rows),
        landscape=True,
        unit="domain",
    )


def cerqual_table(judgements: Sequence[CerqualJudgement], themes: Mapping[str, str]) -> Table:
    """Return the confidence in each finding of the qualitative synthesis; `themes` are names by id."""
    rows = []
    for each in judgements:
        texts = (
            themes.get(each.theme, each.theme),
            each.finding,
            str(each.methodological_limitations),
            str(each.coherence),
            str(each.adequacy),
            str(each.relevance),
            str(each.confidence),
            each.explanation,
        )
        source = trace.of_entry(each.sheet, each.key)
        rows.append(Row(tuple(Cell(text, source=source) for text in texts), key=each.theme))
    return Table(
        id="cerqual",
        title="Confidence in the findings of the qualitative synthesis (GRADE-CERQual)",
        columns=(
            Column("theme", "Theme", width=1.3),
            Column("finding", "Finding", width=2.2, optional=True),
            Column("methodological_limitations", "Methodological limitations"),
            Column("coherence", "Coherence"),
            Column("adequacy", "Adequacy"),
            Column("relevance", "Relevance"),
            Column("confidence", "Confidence"),
            Column("explanation", "Why", width=2, optional=True),
        ),
        rows=tuple(rows),
        landscape=True,
        unit="finding",
    )


def swim_table(items: Sequence[SwimItem]) -> Table:
    """Return the SWiM checklist (Campbell et al. 2020) as the authors filled it in, all nine items."""
    given = {each.item: each for each in items}
    rows = []
    for number, topic in SWIM_TOPICS.items():
        item = given.get(number)
        source = trace.of_entry(item.sheet, item.key) if item else ""
        texts = (str(number), topic, item.answer if item else "", item.where if item else "")
        rows.append(Row(tuple(Cell(text, source=source) for text in texts), key=str(number)))
    return Table(
        id="swim",
        title="Synthesis without meta-analysis: reporting items",
        columns=(
            Column("item", "Item", width=0.5),
            Column("topic", "Topic", width=2.4),
            Column("answer", "What was done", width=3),
            Column("where", "Where reported", width=1.2),
        ),
        rows=tuple(rows),
        unit="item",
    )
