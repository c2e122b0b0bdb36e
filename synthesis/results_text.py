"""The results of a review in prose: every count with its denominator and its names."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from appraisal.profile import half_up, profile
from screening.notices import NoticeStatus
from synthesis import trace
from synthesis.findings import Direction
from synthesis.flow_text import flow_sentences
from synthesis.included import NOT_CHECKED, NoticeCheck
from synthesis.measure_checks import without_properties
from synthesis.report_inputs import ReportInputs
from synthesis.sentences import (
    MEASURE,
    REPORT,
    STUDY,
    Piece,
    Sentence,
    counted,
    number,
    of_all,
    phrase,
    phrases,
    refer,
    say,
    series,
    verb,
)

_NOTICED = {
    NoticeStatus.RETRACTED: "been retracted",
    NoticeStatus.CONCERN: "drawn an expression of concern",
    NoticeStatus.CORRECTED: "been corrected",
}
_WAYS = {
    Direction.BETTER: ("points to improvement", "point to improvement"),
    Direction.NO_DIFFERENCE: ("shows no difference", "show no difference"),
    Direction.MIXED: ("is mixed", "are mixed"),
    Direction.WORSE: ("points to worsening", "point to worsening"),
    Direction.UNKNOWN: ("leaves the direction open", "leave the direction open"),
}


def study_selection(inputs: ReportInputs) -> list[Sentence]:
    """Return the flow in prose and where its details stand."""
    said = list(flow_sentences(inputs.tables.flow))
    if inputs.figure("flow"):
        said.append(say(refer("figure:flow"), " shows the flow."))
    for table, holds in (
        ("excluded", "the reports excluded at full text with the reasons"),
        ("missing", "the reports that were not retrieved"),
        ("unfinished", "ongoing studies and those awaiting classification"),
    ):
        if inputs.table(table):
            said.append(say(refer(table), f" lists {holds}."))
    return said


def characteristics(inputs: ReportInputs) -> Iterator[Sentence]:
    """Yield where the characteristics stand, which reports share a study, and which were retracted."""
    reports = inputs.tables.included
    for table, gives in (
        ("included", "lists the included reports"),
        ("characteristics", "gives the characteristics of each"),
    ):
        if inputs.table(table):
            yield say(refer(table), f" {gives}.")
    families: dict[str, list[str]] = {}
    for report in reports:
        families.setdefault(report.study, []).append(report.label)
    for labels in families.values():
        if len(labels) > 1:
            yield say(of_all(labels, len(reports), REPORT), " belong to one study.")
    if inputs.tables.notices is not None:
        yield from _notices(inputs, inputs.tables.notices)


def _notices(inputs: ReportInputs, checks: Sequence[NoticeCheck]) -> Iterator[Sentence]:
    """Yield which reports were retracted or corrected; of those nobody looked up nothing is said."""
    labels = inputs.tables.labels
    status = {check.report: check.status for check in checks if check.report in labels}
    looked = [report for report, said in status.items() if said != NOT_CHECKED]
    for noticed, words in _NOTICED.items():
        if names := [label for key, label in labels.items() if status.get(key) == noticed]:
            have = verb(len(names), "has", "have")
            yield say(of_all(names, len(labels), REPORT), f" {have} {words}.")
    if looked and not any(said in _NOTICED for said in status.values()):
        if len(looked) == len(labels):
            whose = phrase(f"any of the {number(len(labels))} {REPORT.many}")
        else:
            whose = _lowered(of_all([labels[key] for key in looked], len(labels), REPORT))
        yield say("no retraction or correction was found for ", whose, ".")
    if inputs.table("notices"):
        yield say(refer("notices"), " says where this was looked up.")


def measures(inputs: ReportInputs) -> Iterator[Sentence]:
    """Yield how many measures each group has, and which of them have no property reported."""
    shown = [
        (group, title)
        for group, title in inputs.tables.measure_groups.items()
        if inputs.table(f"measures_{group}")
    ]
    if not shown:
        return
    own = {group: [m for m in inputs.tables.measures if m.group == group] for group, _ in shown}
    whole = sum(map(len, own.values()))
    parts = [
        phrase(
            f"{number(len(own[group]))} under \N{LEFT DOUBLE QUOTATION MARK}{title}"
            "\N{RIGHT DOUBLE QUOTATION MARK} (",
            refer(f"measures_{group}"),
            ")",
        )
        for group, title in shown
    ]
    yield say("the reports used ", counted(whole, MEASURE), ": ", phrases(parts), ".")
    listed = [each for group, _ in shown for each in own[group]]
    bare = without_properties(listed, inputs.tables.properties)
    named = Counter(each.name for each in bare)
    names = [each.name if named[each.name] == 1 else f"{each.name}, {each.id}" for each in bare]
    if names:
        come = verb(len(names), "comes", "come")
        yield say(of_all(names, whole, MEASURE), f" {come} without any property reported.")


def scores(inputs: ReportInputs) -> Iterator[Sentence]:
    """Yield the range, mean and median of totals, and the categories scored highest and lowest."""
    instrument = inputs.tables.instrument
    if instrument is None or not inputs.tables.scores:
        return
    made = profile(instrument, inputs.tables.scores)
    if made.total is not None and made.mean_percent is not None:
        mean = f"{half_up(made.total.mean, 2)} ({half_up(made.mean_percent, 1)}%)"
        yield say(
            f"{instrument.abbreviation} totals range from ",
            _end(inputs, made.total.lowest, made.total.lowest_units),
            " to ",
            _end(inputs, made.total.highest, made.total.highest_units),
            f" of {made.maximum}; their mean is {mean} and their median "
            f"{half_up(made.total.median, 1).removesuffix('.0')}.",
        )
    means: dict[Fraction, list[str]] = {}
    for each in made.categories:
        if each.summary is not None:
            means.setdefault(each.summary.mean, []).append(each.label)
    if len(means) > 1:
        best, worst = max(means), min(means)
        yield say(
            f"on average {series(means[best])} {verb(len(means[best]), 'is', 'are')} scored highest "
            f"({half_up(best, 2)}) and {series(means[worst])} lowest ({half_up(worst, 2)})."
        )
    for row in inputs.rater_agreement.rows if inputs.rater_agreement else ():
        if row.category is None and row.icc is not None:
            yield say(f"agreement of raters on the total is {row.icc.text} ({row.icc.name}).")
    if inputs.table(instrument.id):
        yield say(refer(instrument.id), " gives every score.")


def _end(inputs: ReportInputs, total: int, units: tuple[str, ...]) -> Sentence:
    labels = inputs.tables.unit_labels
    names = "; ".join(labels.get(unit, unit) for unit in units)
    source = trace.of_score(units[0]) if len(units) == 1 else ""
    return phrase(Piece(str(total), source=source), f" ({names})")


def findings(inputs: ReportInputs) -> Iterator[Sentence]:
    """Yield where the findings and their directions stand."""
    for table, gives in (
        ("directions", "gives the direction of findings by domain"),
        ("votes", "counts the studies by direction"),
        ("findings", "gives the findings one by one"),
    ):
        if inputs.table(table):
            yield say(refer(table), f" {gives}.")


def directions(inputs: ReportInputs) -> Iterator[Sentence]:
    """Yield for each domain which of its studies point which way.

    A study goes by the label of its first report.
    """
    grid = inputs.tables.grid("study")
    for domain, described in grid.domains:
        if cells := grid.row(domain):
            ways: dict[Direction, list[str]] = {}
            for cell in cells:
                ways.setdefault(cell.direction, []).append(_study(inputs, cell.column))
            yield _domain(described.label, ways, len(cells))


def _domain(label: str, ways: dict[Direction, list[str]], whole: int) -> Sentence:
    parts: list[Sentence] = []
    for way, (one, many) in _WAYS.items():
        if names := ways.get(way):
            said = of_all(names, whole, STUDY)
            parts.append(
                phrase(_lowered(said) if parts else said, f" {verb(len(names), one, many)}")
            )
    return say(f"{label}: ", _lowered(phrases(parts)), ".")


def _lowered(sentence: Sentence) -> Sentence:
    first, *rest = sentence.pieces
    return phrase(replace(first, text=first.text[:1].lower() + first.text[1:]), *rest)


def _study(inputs: ReportInputs, study: str) -> str:
    reports = [report for report in inputs.tables.included if report.study == study]
    own = next((report for report in reports if report.key == study), reports[0])
    return own.label
