"""Whether what was entered holds together: p values and words, percents and counts, sums and parts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from screening.mistakes import as_sentence
from screening.problems import Problem, error, note, warning
from synthesis.extraction import Arm
from synthesis.findings import Direction, DirectionBasis, Finding, Indicator, Significance
from synthesis.results import ArmResult
from synthesis.section import Domain
from synthesis.values import read_p_value
from synthesis.worksheets import GradeJudgement


def check_findings(
    findings: Sequence[Finding],
    reports: Collection[str],
    domains: Mapping[str, Domain],
    arms: Iterable[Arm] = (),
    *,
    alpha: float = 0.05,
) -> list[Problem]:
    """Return findings that contradict themselves or their protocol, and reports without any."""
    analysed: dict[str, int] = {}
    for arm in arms:
        if arm.analysed is not None:
            analysed[arm.report] = analysed.get(arm.report, 0) + arm.analysed
    problems: list[Problem] = []
    for finding in findings:
        where = f"finding {finding.number} of {finding.report}"
        if finding.report not in reports:
            problems.append(
                error(where, f"{finding.report} is not an included report.", finding.report)
            )
        if finding.domain not in domains:
            problems.append(
                error(where, f"{finding.domain} is no domain of the protocol.", finding.domain)
            )
        problems += _significance_problems(finding, where, alpha)
        problems += _number_problems(finding, where, analysed)
    reported = {finding.report for finding in findings}
    problems += [
        warning("findings", f"{report} is included but has no finding.", report)
        for report in reports
        if report not in reported
    ]
    return problems


def check_indicators(indicators: Iterable[Indicator]) -> list[Problem]:
    """Return shares whose percent is not what their counts give, to the decimals it is printed with."""
    problems = []
    for each in indicators:
        where = f"indicator {each.id} of {each.report}"
        if each.count is None or each.of is None:
            continue
        if each.count > each.of:
            problems.append(error(where, f"{each.count} of {each.of} cannot be.", each.key))
            continue
        if each.percent is None:
            continue
        printed = Decimal(str(each.percent)).normalize()
        places = Decimal(1).scaleb(min(0, int(printed.as_tuple().exponent)))
        exact = Decimal(each.count * 100) / Decimal(each.of)
        right = exact.quantize(places, rounding=ROUND_HALF_UP)
        if right != printed:
            problems.append(
                error(
                    where,
                    f"{each.count} of {each.of} is {right}%, but {each.percent:g}% is written.",
                    each.key,
                )
            )
    return problems


def check_arms(arms: Iterable[Arm]) -> list[Problem]:
    """Return arms in which more were analysed than randomised."""
    return [
        error(
            f"arm {arm.arm} of {arm.report}",
            f"{arm.analysed} analysed out of {arm.randomised} randomised cannot be.",
            arm.key,
        )
        for arm in arms
        if arm.analysed is not None and arm.randomised is not None and arm.analysed > arm.randomised
    ]


def check_results(results: Sequence[ArmResult]) -> list[Problem]:
    """Return impossible counts, and outcomes for which several results are chosen or none is.

    Which result counts is decided by the protocol's rule before results are known to differ.
    """
    problems = []
    by_outcome: dict[tuple[str, str, str], list[ArmResult]] = {}
    for result in results:
        by_outcome.setdefault((result.report, result.outcome, result.arm), []).append(result)
        if result.events is not None and result.events > result.n:
            problems.append(
                error(
                    f"result of {result.report}, {result.outcome}",
                    f"{result.events} events in {result.n} participants cannot be.",
                    result.key,
                )
            )
    for (report, outcome, arm), given in by_outcome.items():
        where = f"results of {report}, {outcome}, arm {arm}"
        chosen = [result for result in given if result.chosen]
        if len(chosen) != 1:
            problems.append(
                warning(
                    where,
                    f"{len(chosen)} of {len(given)} results are chosen; choose one by the protocol's rule.",
                    report,
                )
            )
        elif len(given) > 1 and not chosen[0].why_chosen:
            problems.append(
                warning(where, "One of several results is chosen; say by which rule.", report)
            )
    return problems


def check_grades(judgements: Iterable[GradeJudgement]) -> list[Problem]:
    """Return certainties that differ from what their levels add up to, or lack an explanation."""
    problems = []
    for each in judgements:
        where = f"certainty of {each.domain}"
        if each.certainty is not each.counted:
            problems.append(
                warning(
                    where,
                    f"The certainty chosen is {each.certainty}, the levels add up to {each.counted}; "
                    "explain the difference.",
                    each.key,
                )
            )
        if not each.explanation:
            problems.append(note(where, "The judgement has no explanation yet.", each.key))
    return problems


def _significance_problems(finding: Finding, where: str, alpha: float) -> list[Problem]:
    problems = []
    if finding.p:
        try:
            p = read_p_value(finding.p)
        except ValueError as wrong:
            return [error(where, as_sentence(str(wrong)), finding.key)]
        if finding.significance is Significance.SIGNIFICANT and p.contradicts_significance(alpha):
            problems.append(
                error(
                    where,
                    f"It is called significant, but its p is {finding.p} and alpha is {alpha:g}.",
                    finding.key,
                )
            )
        if finding.significance is Significance.NOT_SIGNIFICANT and p.shows_significance(alpha):
            problems.append(
                error(
                    where,
                    f"It is called not significant, but its p is {finding.p} and alpha is {alpha:g}.",
                    finding.key,
                )
            )
    if (
        finding.direction is Direction.NO_DIFFERENCE
        and finding.significance is Significance.NOT_SIGNIFICANT
        and finding.basis is DirectionBasis.ESTIMATE
    ):
        problems.append(
            warning(
                where,
                "Not significant is not the same as no difference: give the direction of the estimate, "
                "or say that the direction was read from significance.",
                finding.key,
            )
        )
    return problems


def _number_problems(finding: Finding, where: str, analysed: Mapping[str, int]) -> list[Problem]:
    problems = []
    n, part = finding.n, finding.n_intervention
    if n is not None and part is not None and part > n:
        problems.append(
            error(where, f"{part} in the intervention out of {n} in all cannot be.", finding.key)
        )
    if n is not None and finding.report in analysed and n > analysed[finding.report]:
        problems.append(
            error(
                where,
                f"{n} analysed, but the arms of {finding.report} add up to "
                f"{analysed[finding.report]}.",
                finding.key,
            )
        )
    return problems
