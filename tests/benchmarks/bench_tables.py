"""Time the full set of tables and the report of a large review.

    python tests/benchmarks/bench_tables.py [--excluded 10000] [--included 500]

A review of 100,000 references excludes some thousand reports at full text and includes some hundred.
Prints seconds per format, the peak memory and the machine.
"""
# ruff: noqa: E402 - run as a plain program, it finds the packages first, and prints

import argparse
import os
import platform
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from appraisal.instrument import read_instrument
from appraisal.scores import unit_scores
from screening.flow.counting import Counts, derive
from screening.records import Fields
from synthesis.citations import labels
from synthesis.extraction import Extracted
from synthesis.fields import Field
from synthesis.findings import Direction, Finding
from synthesis.included import ExcludedReport, IncludedReport
from synthesis.measures import Measure, Use
from synthesis.report_inputs import About, ReportInputs
from synthesis.report_outline import compose
from synthesis.section import Domain
from synthesis.tables.catalogue import build
from synthesis.tables.inputs import TableInputs
from synthesis.writers import report_docx, report_html
from synthesis.writers.table_files import Format, table_files

T = TypeVar("T")


def timed(what: str, make: Callable[[], T]) -> T:
    start = time.perf_counter()
    made = make()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:<24}{seconds:8.2f} s   peak so far {peak:5.0f} MB")
    return made


def fields(number: int) -> Fields:
    return Fields(
        authors=(f"Family{number % 900}, A.", f"Second{number % 70}, B.", "Third, C."),
        year=1980 + number % 45,
        title=f"Parent and infant psychotherapy, report number {number} of a long search",
        journal="Journal of Long Reviews",
        volume=str(number % 60),
        pages="100-112",
        doi=f"10.5555/{number}",
    )


def inputs(excluded: int, included: int) -> TableInputs:
    works = {f"r{number}": fields(number) for number in range(excluded + included)}
    named = labels(works)
    keys = list(works)
    chosen = keys[:included]
    text = (ROOT / "appraisal/instruments/ccat-1.4.toml").read_text(encoding="utf-8")
    tool = read_instrument(text, "ccat-1.4.toml")
    wanted = [Field(id=f"field_{n}", label=f"Field {n}") for n in range(12)]
    return TableInputs(
        flow=derive(
            Counts(
                databases=150_000,
                duplicates=50_000,
                screened=100_000,
                dbr_assessed=len(keys),
                dbr_excluded=excluded,
                reports=included,
                studies=included,
            )
        ),
        included=[
            IncludedReport(key=key, label=named[key], study=key, fields=works[key])
            for key in chosen
        ],
        excluded=[
            ExcludedReport(key=key, label=named[key], fields=works[key], reasons=("Population",))
            for key in keys[included:]
        ],
        fields=wanted,
        extracted=[
            Extracted(report=key, field=each.id, value="What the report says, in a few words")
            for key in chosen
            for each in wanted
        ],
        instrument=tool,
        scores=[
            unit_scores(tool, key, {each.id: place % 6 for each in tool.categories})
            for place, key in enumerate(chosen)
        ],
        measure_groups={"parent": "Parent focused measures"},
        measures=[Measure(id=f"m{n}", name=f"Measure {n}", group="parent") for n in range(200)],
        uses=[Use(measure=f"m{n % 200}", report=key) for n, key in enumerate(chosen)],
        domains={f"d{n}": Domain(label=f"Domain {n}") for n in range(12)},
        findings=[
            Finding(
                report=key, number=n + 1, domain=f"d{n}", direction=Direction.BETTER, text="Text."
            )
            for key in chosen
            for n in range(6)
        ],
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--excluded", type=int, default=10_000)
    parser.add_argument("--included", type=int, default=500)
    asked = parser.parse_args()
    made = timed("gather", lambda: inputs(asked.excluded, asked.included))
    tables, _ = timed("build all tables", lambda: build(made, {}))
    style = (ROOT / "templates/report/style.css").read_text(encoding="utf-8")
    for form in Format:
        timed(f"write {form}", lambda form=form: table_files(tables, form, style=style))
    about = About(title="A large review")
    report = timed("compose", lambda: compose(ReportInputs(about=about, tables=made, built=tables)))
    template = (ROOT / "templates/report/report.html").read_text(encoding="utf-8")
    timed("report.docx", lambda: report_docx.write(report))
    timed("report.html", lambda: report_html.write(report, template=template, style=style))
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")


if __name__ == "__main__":
    main()
