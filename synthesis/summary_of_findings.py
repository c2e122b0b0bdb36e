"""The summary of findings: per domain what was found, in how many, and how sure one may be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from synthesis.directions import DirectionGrid, DomainVotes, votes
from synthesis.worksheets import GradeJudgement, MissingResults


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One domain.

    `participants` adds each study's largest number analysed over those that give one;
    `without_number` names the studies that give none, which the sum therefore leaves out.
    """

    domain: str
    label: str
    studies: tuple[str, ...]
    reports: tuple[str, ...]
    participants: int
    without_number: tuple[str, ...]
    votes: DomainVotes
    grade: GradeJudgement | None
    missing: MissingResults | None


def summary_of_findings(
    by_study: DirectionGrid,
    grades: Iterable[GradeJudgement] = (),
    missing: Iterable[MissingResults] = (),
) -> list[SummaryLine]:
    """Return a line for every domain with findings, from a grid whose columns are studies.

    Raises ValueError for a grid by report: reports of one study would count twice.
    """
    if by_study.unit != "study":
        raise ValueError("a summary of findings counts studies; make the grid by study")
    graded: Mapping[str, GradeJudgement] = {
        each.domain: each for each in grades if not each.outcome
    }
    judged: Mapping[str, MissingResults] = {
        each.domain: each for each in missing if not each.outcome
    }
    lines = []
    for domain, described in by_study.domains:
        cells = by_study.row(domain)
        if not cells:
            continue
        reports = dict.fromkeys(each.report for cell in cells for each in cell.findings)
        lines.append(
            SummaryLine(
                domain=domain,
                label=described.label,
                studies=tuple(cell.column for cell in cells),
                reports=tuple(reports),
                participants=sum(cell.n or 0 for cell in cells),
                without_number=tuple(cell.column for cell in cells if cell.n is None),
                votes=votes(by_study, domain),
                grade=graded.get(domain),
                missing=judged.get(domain),
            )
        )
    return lines
