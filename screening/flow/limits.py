"""The bounds that the counts of a flow keep, beside its balances (I5 to I7, I11, I15)."""

from collections.abc import Iterator
from itertools import pairwise

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
    yield from _more_than_before(flow)
    yield from _included_beside_assessed(flow)
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


def _more_than_before(flow: Flow) -> Iterator[Finding]:
    """Catch what no balance can: more left over than went in, while what lies between is unknown."""
    identified = [n for n in (flow.databases, flow.registers) if n is not None]
    way = [
        ("", "Records identified", sum(identified) if identified else None),
        ("I1", worded("screened", flow), flow.screened),
        ("I2", worded("dbr_sought", flow), flow.dbr_sought),
        ("I3", worded("dbr_assessed", flow), flow.dbr_assessed),
    ]
    known = [(place, *step) for place, step in enumerate(way) if step[2] is not None]
    for (before, _, earlier, large), (after, rule, later, small) in pairwise(known):
        if after - before > 1 and large is not None and small is not None and small > large:
            yield Finding(
                rule,
                Severity.ERROR,
                f"{later} ({small}) cannot exceed {earlier} ({large}).",
                small - large,
            )


def _included_beside_assessed(flow: Flow) -> Iterator[Finding]:
    """Catch what the balance I5 cannot while more than one of its counts is unknown."""
    lanes = ["dbr", *(["other"] if flow.template.other_methods else [])]
    unknown = [
        name
        for lane in lanes
        for name in (f"{lane}_assessed", f"{lane}_excluded")
        if getattr(flow, name) is None
    ]
    if flow.reports is None or len(unknown) <= 1:
        return
    highest = [_most_left(flow, lane) for lane in lanes]
    most = sum(n for n in highest if n is not None)
    if None not in highest and flow.reports > most:
        yield Finding(
            "I5",
            Severity.ERROR,
            f"{many(flow.reports, 'report is', 'reports are')} included, but the other counts leave no"
            f" more than {most}.",
            flow.reports - most,
        )
    left = [
        getattr(flow, f"{lane}_assessed") - getattr(flow, f"{lane}_excluded")
        for lane in lanes
        if not {f"{lane}_assessed", f"{lane}_excluded"} & set(unknown)
    ]
    least = sum(left) - (flow.awaiting_classification or 0) - (flow.ongoing or 0)
    if flow.reports < least:
        yield Finding(
            "I5",
            Severity.ERROR,
            f"{many(flow.reports, 'report is', 'reports are')} included, but {least} were assessed for"
            " eligibility and not excluded.",
            flow.reports - least,
        )


def _most_left(flow: Flow, lane: str) -> int | None:
    """Return how many reports of a lane can be included at most, or None where nothing bounds them."""
    identified = [n for n in (flow.databases, flow.registers) if n is not None]
    ways = {
        "dbr": (
            flow.dbr_assessed,
            flow.dbr_sought,
            flow.screened,
            sum(identified) if identified else None,
        ),
        "other": (flow.other_assessed, flow.other_sought, flow.identified_by_other_methods),
    }
    nearest = next((n for n in ways[lane] if n is not None), None)
    excluded: int | None = getattr(flow, f"{lane}_excluded")
    return None if nearest is None else max(0, nearest - (excluded or 0))


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
