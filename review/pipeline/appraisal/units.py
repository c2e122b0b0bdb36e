"""The instrument of a review, and what is appraised with it."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from appraisal.instrument import Instrument, read_instrument
from review import resources
from review.pipeline.appraisal.appraised_units import LabelledReport, appraised_units
from review.pipeline.project import Project
from review.store import queries
from screening.problems import WinnowError, error
from screening.toml_text import closest

if TYPE_CHECKING:
    from synthesis.findings import Finding
    from synthesis.results import ArmResult


def instrument_of(project: Project) -> Instrument:
    """Return the instrument the protocol names: one of ours, or the review's own file.

    Raises WinnowError where it is not there or has mistakes.
    """
    section = project.protocol.appraisal
    if section.instrument_file:
        path = project.path(section.instrument_file)
        if not path.is_file():
            raise WinnowError(
                error("review.toml", f"the instrument file {path} is not there.", "appraisal"),
                exit_status=1,
            )
        return read_instrument(path.read_text(encoding="utf-8"), path.name)
    ours = resources.instruments()
    if section.instrument not in ours:
        raise WinnowError(
            error(
                "review.toml",
                f'there is no instrument "{section.instrument}".'
                f"{closest(section.instrument, ours)} Known: {', '.join(ours)}.",
                "appraisal.instrument",
            ),
            exit_status=1,
        )
    return read_instrument(ours[section.instrument], f"{section.instrument}.toml")


def included(project: Project) -> list[LabelledReport]:
    """Return the included reports in reading order, each with its label and its study."""
    with project.ledger.read() as conn:
        lines = {
            line.standing.report_key or line.key: line for line in queries.included_reports(conn)
        }
    from synthesis.citations import labels

    named = labels({key: line.reference.fields for key, line in lines.items()})
    reports = [
        LabelledReport(key, named[key], line.standing.study or key) for key, line in lines.items()
    ]
    return sorted(reports, key=lambda report: (report.label.casefold(), report.key))


def units(project: Project) -> dict[str, str]:
    """Return what may be appraised, key and label, in reading order.

    These are included reports, their studies, or the results entered of them: the instrument says.
    """
    instrument = instrument_of(project)
    results = _results(project) if instrument.unit == "result" else []
    return appraised_units(instrument, included(project), results)


def unit_keys(project: Project) -> Collection[str]:
    """Return the keys of `units`, without the labels, for which every included report is read."""
    unit = instrument_of(project).unit
    if unit == "result":
        return units(project)
    with project.ledger.read() as conn:
        included_as = queries.included_keys(conn)
    return {study if unit == "study" else report for report, study in included_as}


def _results(project: Project) -> "list[Finding | ArmResult]":
    from synthesis.findings import Finding
    from synthesis.results import ArmResult

    with project.ledger.read() as conn:
        return [
            *(Finding.from_values(e.values) for e in queries.entries(conn, Finding.sheet)),
            *(ArmResult.from_values(e.values) for e in queries.entries(conn, ArmResult.sheet)),
        ]
