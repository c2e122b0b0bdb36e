"""The identities of a PRISMA 2020 flow: what follows from what, and what contradicts what.

Each balance says that one printed count equals a sum of others. Counts that most reviews have nothing
to put into (automation tools, late duplicates ...) are optional: left out of a flow they take no part
in its balances, and they are never inferred from a gap. `derive` solves the others; `check` reports
every balance that does not hold, with the gap (printed minus derived) and its possible readings.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from screening.flow.finding import Finding, worded
from screening.flow.labels import LABELS
from screening.flow.limits import limits
from screening.flow.readings import readings
from screening.flow.values import Counts, Flow, Template
from screening.problems import Severity


@dataclass(frozen=True, slots=True)
class Balance:
    """`printed` = sum of `plus` - sum of `minus`; names in `optional` may be left out of a flow."""

    rule: str
    printed: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    severity: Severity = field(default=Severity.ERROR)

    def names(self) -> tuple[str, ...]:
        """Return every count of the balance."""
        return (self.printed, *self.plus, *self.minus)

    def missing(self, known: dict[str, int]) -> list[str]:
        """Return the counts that have to be known before the balance says anything."""
        return [n for n in self.names() if n not in known and n not in self.optional]

    def derived(self, known: dict[str, int]) -> int:
        """Return what the printed count should be."""
        return sum(known.get(n, 0) for n in self.plus) - sum(known.get(n, 0) for n in self.minus)

    def solve(self, name: str, known: dict[str, int]) -> int:
        """Return the one unknown count `name`; below 0 where the others contradict each other."""
        rest = self.derived(known)
        if name == self.printed:
            return rest
        gap = known[self.printed] - rest
        return gap if name in self.plus else -gap


def derive(counts: Counts) -> Flow:
    """Return the flow that the stated counts determine.

    A count is filled in only where an identity leaves one value for it; all others stay None. Where
    neither the reports sought nor those not retrieved are stated, all reports sought were assessed.
    """
    given = {name: getattr(counts, name) for name in Counts.model_fields}
    template = Template.of(
        updated=counts.has_previous_review(), other_methods=counts.has_other_methods()
    )
    draft = Flow(**given, template=template)
    known = _known(draft)
    _close(known, _balances(draft))
    silent = {
        f"{lane}_not_retrieved"
        for lane in ("dbr", "other")
        if f"{lane}_sought" not in known and f"{lane}_not_retrieved" not in known
    }
    if "databases" not in known and "registers" in known:
        silent.add("databases")  # a review of registers alone
    _close(known, _balances(draft, silent))
    derived = {
        name: known[name] for name, value in given.items() if value is None and name in known
    }
    return Flow(
        **{**given, **derived},
        template=template,
        provisional=any((counts.awaiting_classification, counts.ongoing, counts.unscreened)),
        derived=tuple(derived),
    )


def check(flow: Flow) -> list[Finding]:
    """Return every identity of PRISMA 2020 that the flow breaks, in the order of the diagram."""
    known = _known(flow)
    balances = [_broken(balance, flow, known) for balance in _balances(flow)]
    found = [finding for finding in balances if finding is not None]
    return [*_without_moved_late_duplicates(found, flow), *limits(flow)]


def _known(flow: Flow) -> dict[str, int]:
    """Return every count that is known, with the sums of breakdowns and what is pending."""
    known = {name: n for name, n in flow if isinstance(n, int) and name in LABELS}
    for whole, parts in (
        ("databases", flow.database_specific),
        ("registers", flow.register_specific),
        ("dbr_excluded", dict(flow.dbr_excluded_reasons)),
        ("other_excluded", dict(flow.other_excluded_reasons)),
    ):
        if parts:
            known[f"sum of {whole}"] = sum(parts.values())
    return known | {f"pending {name}": n for name, n in flow.pending}


def _balances(flow: Flow, silent: Collection[str] = ()) -> Iterator[Balance]:
    """Yield the balances that apply, top of the diagram first; `silent` counts are optional too."""
    yield Balance("I1a", "databases", ("sum of databases",))
    yield Balance("I1a", "registers", ("sum of registers",))
    yield Balance(
        "I1",
        "screened",
        ("databases", "registers"),
        ("duplicates", "automation", "other_removed", "unscreened", "pending title_abstract"),
        ("registers", "automation", "other_removed", "unscreened", *silent),
    )
    yield Balance(
        "I2a", "records_excluded", ("records_excluded_by_human", "records_excluded_by_automation")
    )
    yield Balance("I2", "dbr_sought", ("screened",), ("records_excluded",))
    yield Balance(
        "I3",
        "dbr_assessed",
        ("dbr_sought",),
        ("dbr_not_retrieved", "late_duplicates", "pending dbr_retrieval", "pending dbr_full_text"),
        ("late_duplicates", *silent),
    )
    yield Balance("I4", "dbr_excluded", ("sum of dbr_excluded",))
    yield Balance(
        "I8",
        "other_assessed",
        ("other_sought",),
        ("other_not_retrieved", "pending other_retrieval", "pending other_full_text"),
        tuple(silent),
    )
    yield Balance("I9", "other_excluded", ("sum of other_excluded",))
    lane = flow.template.other_methods
    yield Balance(
        "I5",
        "reports",
        ("dbr_assessed", *(["other_assessed"] if lane else [])),
        (
            "dbr_excluded",
            *(["other_excluded"] if lane else []),
            "awaiting_classification",
            "ongoing",
        ),
        ("awaiting_classification", "ongoing"),
    )
    yield Balance("I10", "total_reports", ("previous_reports", "reports"))
    yield Balance(
        "I10s", "total_studies", ("previous_studies", "studies"), severity=Severity.WARNING
    )


def _close(known: dict[str, int], balances: Iterator[Balance]) -> None:
    """Solve for single unknowns until nothing more follows."""
    rules = list(balances)
    progress = True
    while progress:
        progress = False
        for balance in rules:
            missing = balance.missing(known)
            if len(missing) == 1 and missing[0] in LABELS:
                value = balance.solve(missing[0], known)
                if value >= 0:
                    known[missing[0]] = value
                    progress = True


def _broken(balance: Balance, flow: Flow, known: dict[str, int]) -> Finding | None:
    missing = balance.missing(known)
    if not missing:
        gap = known[balance.printed] - balance.derived(known)
        if gap == 0:
            return None
        return Finding(
            balance.rule,
            balance.severity,
            f"{worded(balance.printed, flow)} is {known[balance.printed]}, but the other counts give"
            f" {_sum(balance, flow, known)}: a gap of {gap:+d}.",
            gap,
            readings(balance.rule, balance.printed, gap, known, flow),
        )
    if len(missing) > 1 or missing[0] not in LABELS:
        return None
    value = balance.solve(missing[0], known)
    if value >= 0:
        return None
    # Solving for the printed count gives what is left; a negative rest is a gap of the other sign.
    gap = -value if missing[0] == balance.printed or missing[0] in balance.minus else value
    return Finding(
        balance.rule,
        balance.severity,
        f"{worded(missing[0], flow)} would have to be {value}, which no count can be:"
        f" {_stated(balance, flow, known)}.",
        gap,
        readings(balance.rule, balance.printed, gap, known, flow),
    )


def _without_moved_late_duplicates(found: list[Finding], flow: Flow) -> list[Finding]:
    """Drop the pair of gaps that only say late duplicates left before, not after, reports were sought."""
    late = flow.late_duplicates
    moved = {finding.rule: finding.gap for finding in found if finding.rule in ("I2", "I3")}
    if late and moved == {"I2": -late, "I3": late}:
        return [finding for finding in found if finding.rule not in moved]
    return found


def _sum(balance: Balance, flow: Flow, known: dict[str, int]) -> str:
    """Return the derived side as a sum a person can follow: 1744 (Databases) - 671 (...)."""
    terms = [(" + ", n) for n in balance.plus] + [(" - ", n) for n in balance.minus]
    shown = [
        f"{sign}{known[n]} ({worded(n, flow).replace(chr(34), '')})"
        for sign, n in terms
        if known.get(n) or (n in known and n in LABELS and n not in flow.derived)
    ]
    total = f" = {balance.derived(known)}" if len(shown) > 1 else ""
    return "".join(shown).removeprefix(" + ") + total if shown else "0"


def _stated(balance: Balance, flow: Flow, known: dict[str, int]) -> str:
    said = [
        f"{worded(n, flow)} is {known[n]}"
        for n in balance.names()
        if n in known and (known[n] or n in LABELS)
    ]
    return " and ".join((", ".join(said[:-1]), said[-1])) if len(said) > 1 else "".join(said)
