"""The results package: everything the ledger knows, composed and written as Word and HTML."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from review import resources
from review.pipeline.appraisal.appraise import all_appraisals
from review.pipeline.flow.records import RecordsPages
from review.pipeline.project import Project
from review.pipeline.screening.agreement import agreements
from review.pipeline.screening.rank import order_statement
from review.pipeline.screening.stop import stop_statement
from review.pipeline.synthesis.drawing_aside import Draw, when_asked
from review.pipeline.synthesis.figures import figures
from review.pipeline.synthesis.gather import table_inputs
from review.store import queries
from review.store.events import Merged
from review.store.events.base import DecisionStage
from screening.decisions import Policy
from screening.problems import Problem
from screening.records import Stage
from synthesis.author_text import AuthorText, empty_text, read_author_text
from synthesis.report import Report
from synthesis.report_inputs import About, Deduplicated, ReportInputs, ScreenedStage
from synthesis.report_outline import compose
from synthesis.tables.catalogue import build

Gathered = tuple[ReportInputs, list[Problem]]
"""Everything the tables and the report say, without figures, and the problems met in gathering it."""


def report_inputs(project: Project, *, begin: bool = True) -> Gathered:
    """Return everything the report says but its figures, and the problems met in gathering it.

    With `begin` the file for the authors' own text is begun where there is none; checking does
    without.
    """
    protocol = project.protocol
    inputs = table_inputs(project)
    built, problems = build(inputs, protocol.tables)
    written, text_problems = author_text(project, begin=begin)
    raters = sorted({each.rater for each in all_appraisals(project) if each.complete})
    about = protocol.review
    return (
        ReportInputs(
            about=About(
                title=about.title,
                question=about.question,
                aims=about.aims,
                authors=about.authors,
                builds_on=about.builds_on,
                updates=about.updates,
                registration=about.registration,
                protocol=about.protocol,
                support=about.support,
                competing_interests=about.competing_interests,
                availability=about.availability,
            ),
            tables=inputs,
            built=built,
            section=protocol.report,
            deduplicated=_deduplicated(project),
            screened=[_screened(project, stage) for stage in _STAGES],
            extractors=protocol.extraction.extractors,
            selection_rule=protocol.extraction.selection_rule,
            raters=raters,
            rater_agreement=inputs.rater_agreement,
            contacts=len(inputs.contacts),
            author_text=written,
        ),
        [*problems, *text_problems],
    )


def author_text(project: Project, *, begin: bool = True) -> tuple[AuthorText, list[Problem]]:
    """Return what the authors wrote in their own file; with `begin` it is begun where there is none."""
    section = project.protocol.report
    path = project.path(section.text_file)
    if not path.exists():
        if not begin:
            return AuthorText(), []
        path.write_text(empty_text(section.leave_out), encoding="utf-8")
    text = path.read_text(encoding="utf-8-sig")
    return read_author_text(text, leave_out=section.leave_out, name=path.name)


def composed(
    project: Project,
    inputs: ReportInputs,
    links: Mapping[str, str] | None = None,
    draw: Draw = when_asked,
) -> Report:
    """Return the report with its figures; `links` lead from the numbers of the flow to their lists.

    `draw` says where the pictures for Word are drawn.
    """
    return compose(replace(inputs, figures=figures(project, inputs.tables, links=links, draw=draw)))


def write_report(folder: Path, report: Report, records: RecordsPages) -> list[Path]:
    """Write report.docx, report.html and the lists of records, and return the files.

    The numbers of report.html lead to these lists.
    """
    from synthesis.writers import report_docx, report_html

    folder.mkdir(parents=True, exist_ok=True)
    page = report_html.write(
        report,
        template=resources.text("templates/report/report.html"),
        style=resources.text("templates/report/style.css"),
        link=records.link,
    )
    lists = list(records.write(folder))
    # Word's file comes last: its pictures may still be drawn aside.
    contents = {"report.docx": report_docx.write(report), "report.html": page}
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [*(folder / name for name in contents), *lists]


_STAGES: tuple[DecisionStage, ...] = (Stage.TITLE_ABSTRACT, Stage.FULL_TEXT)


def _deduplicated(project: Project) -> Deduplicated | None:
    with project.ledger.read() as conn:
        run = queries.last_dedupe(conn)
        if run is None:
            return None
        surplus = sum(len(group) - 1 for group in queries.groups(conn))
        by_person = sum(
            len(said.event.records) - 1
            for said in queries.events_since(conn, kinds=["merged"])
            if isinstance(said.event, Merged) and said.event.method == "person"
        )
        apart = len(queries.kept_apart(conn))
    by_person = min(by_person, surplus)
    return Deduplicated(
        program=f"Winnow {run.version}",
        automatic=surplus - by_person,
        by_person=by_person,
        apart=apart,
    )


def _screened(project: Project, stage: DecisionStage) -> ScreenedStage:
    plan = project.protocol.screening.plan(stage)
    with project.ledger.read() as conn:
        votes = queries.votes(conn, stage)
    said: dict[str, set[str]] = {}
    for vote in votes:
        said.setdefault(vote.reference, set()).add(vote.reviewer)
    pairs = agreements(project, stage)
    statistics = {
        f"{name}, {pair.first} and {pair.second}": f"{value:.2f}"
        for pair in pairs
        for name, value in (
            ("Cohen's kappa", pair.statistics.kappa),
            ("Gwet's AC1", pair.statistics.ac1),
        )
        if value is not None
    }
    verdicts: dict[str, set[str]] = {}
    for vote in votes:
        verdicts.setdefault(vote.reference, set()).add(str(vote.verdict))
    return ScreenedStage(
        stage=stage,
        policy=plan.policy,
        reviewers=tuple(sorted({vote.reviewer for vote in votes})),
        verified=plan.verified if plan.policy is Policy.SINGLE else 0.0,
        by_two=sum(len(people) > 1 for people in said.values()),
        conflicts=sum(len(given) > 1 for given in verdicts.values()),
        agreement=statistics,
        order=order_statement(project) if stage is Stage.TITLE_ABSTRACT else "",
        stopped=stop_statement(project) if stage is Stage.TITLE_ABSTRACT else "",
    )
