"""What one appraisal is about: a report, a study or a result, as the instrument says."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appraisal.instrument import Instrument

if TYPE_CHECKING:
    from synthesis.findings import Finding
    from synthesis.results import ArmResult


@dataclass(frozen=True, slots=True)
class LabelledReport:
    """An included report: its key, its author-year label, and the study it belongs to."""

    key: str
    label: str
    study: str


def appraised_units(
    instrument: Instrument,
    reports: Sequence[LabelledReport],
    results: "Iterable[Finding | ArmResult]" = (),
) -> dict[str, str]:
    """Return the key of every unit of the instrument with its label, in the order of the reports.

    A study is called after all of its reports. A result is what one report gives for one outcome, on
    one measure, at one time (Sterne et al. 2019 on RoB 2); it is named by these, so that it stays the
    same whatever else is entered.
    """
    if instrument.unit == "report":
        return {report.key: report.label for report in reports}
    if instrument.unit == "study":
        return study_labels(reports)
    listed = list(results)
    return {
        key: label
        for report in reports
        for key, label in sorted(_results_of(report, listed), key=lambda unit: unit[0])
    }


def study_labels(reports: Iterable[LabelledReport]) -> dict[str, str]:
    """Return what each study is called: the labels of its reports, in their order."""
    named: dict[str, list[str]] = {}
    for report in reports:
        named.setdefault(report.study, []).append(report.label)
    return {study: "; ".join(labels) for study, labels in named.items()}


def reports_of_units(
    instrument: Instrument, reports: Iterable[LabelledReport], units: Iterable[str]
) -> set[str]:
    """Return the reports that some of the appraised units are about."""
    appraised = set(units)
    if instrument.unit == "result":
        appraised = {_unquoted(unit.split("/")[0]) for unit in appraised}
    return {
        report.key
        for report in reports
        if (report.study if instrument.unit == "study" else report.key) in appraised
    }


def _results_of(
    report: LabelledReport, results: "Iterable[Finding | ArmResult]"
) -> Iterator[tuple[str, str]]:
    for result in results:
        if result.report != report.key:
            continue
        outcome = result.outcome or result.domain
        named = (result.report, outcome, result.measure, result.time_point)
        when = f", {result.time_point}" if result.time_point else ""
        how = f" ({result.measure})" if result.measure else ""
        yield "/".join(map(_quoted, named)), f"{report.label}: {outcome}{how}{when}"


def _quoted(part: str) -> str:
    return part.replace("%", "%25").replace("/", "%2F")


def _unquoted(part: str) -> str:
    return part.replace("%2F", "/").replace("%25", "%")
