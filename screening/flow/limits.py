"""The bounds that the counts of a flow keep, beside its balances (I5 to I7, I11, I15)."""

from collections.abc import Iterator

from screening.flow.finding import Finding, worded
from screening.flow.readings import many, readings
from screening.flow.values import Flow
from screening.problems import Severity


def limits(flow: Flow) -> Iterator[Finding]:
    """Yield every bound that the flow breaks, and what is still open in it."""
    yield from _unexplained_exclusions(flow)
    for rule, small, large in (
        ("I5", "dbr_excluded", "dbr_assessed"),
        ("I5", "other_excluded", "other_assessed"),
        ("I6", "studies", "reports"),
        ("I6", "previous_studies", "previous_reports"),
        ("I6", "total_studies", "total_reports"),
        ("I11", "total_studies_ma", "total_studies" if flow.template.updated else "studies"),
        ("I11", "total_reports_ma", "total_reports" if flow.template.updated else "reports"),
    ):
        a, b = getattr(flow, small), getattr(flow, large)
        if a is not None and b is not None and a > b:
            yield Finding(
                rule,
                Severity.ERROR,
                f"{worded(small, flow)} ({a}) cannot exceed {worded(large, flow)} ({b}).",
                a - b,
            )
    if flow.studies == 0 and flow.reports:
        yield Finding(
            "I6",
            Severity.ERROR,
            f"{many(flow.reports, 'report is', 'reports are')} included but no study: every report belongs to one.",
        )
    yield from _more_reports_than_assessed(flow)
    yield from _other_methods_identified(flow)
    yield from _open(flow)


def _unexplained_exclusions(flow: Flow) -> Iterator[Finding]:
    for rule, lane in (("I4", "dbr"), ("I9", "other")):
        name = f"{lane}_excluded"
        given = getattr(flow, name) and name not in flow.derived
        if given and not getattr(flow, f"{name}_reasons"):
            yield Finding(
                rule,
                Severity.WARNING,
                f"{many(getattr(flow, name), 'report is', 'reports are')} excluded without reasons. PRISMA asks for the number"
                f" excluded for each reason: list them under [{name}_reasons].",
            )


def _more_reports_than_assessed(flow: Flow) -> Iterator[Finding]:
    """Catch what the balance I5 cannot while the numbers excluded are unknown."""
    assessed = [flow.dbr_assessed, *([flow.other_assessed] if flow.template.other_methods else [])]
    excluded = [flow.dbr_excluded, *([flow.other_excluded] if flow.template.other_methods else [])]
    if flow.reports is None or None in assessed or sum(n is None for n in excluded) <= 1:
        return
    most = sum(n for n in assessed if n is not None)
    if flow.reports > most:
        yield Finding(
            "I5",
            Severity.ERROR,
            f"{many(flow.reports, 'report is', 'reports are')} included, but only {most} were assessed for eligibility.",
            flow.reports - most,
        )


def _other_methods_identified(flow: Flow) -> Iterator[Finding]:
    identified = flow.identified_by_other_methods
    if identified is None or flow.other_sought is None:
        return
    gap = flow.other_sought - (identified - (flow.other_not_sought or 0))
    if gap:
        left_out = f" less {flow.other_not_sought} set aside" if flow.other_not_sought else ""
        yield Finding(
            "I7",
            Severity.ERROR if gap > 0 else Severity.WARNING,
            f"{many(flow.other_sought, 'report was', 'reports were')} sought from other methods, which identified"
            f" {identified} records{left_out}: a gap of {gap:+d}."
            + (
                ""
                if gap > 0
                else " The template has no box for what was left out: say in a note why, or name the"
                " number as other_not_sought."
            ),
            gap,
            readings("I7", "other_sought", gap, {}, flow),
        )


def _open(flow: Flow) -> Iterator[Finding]:
    if not flow.provisional:
        return
    parts = ", ".join(f"{n} {words}" for words, n in flow.still_open().items())
    conflicts = f" ({flow.pending.conflicts} in conflict)" if flow.pending.conflicts else ""
    yield Finding(
        "I15",
        Severity.WARNING,
        f"The flow is provisional: still open are {parts}{conflicts}.",
    )
