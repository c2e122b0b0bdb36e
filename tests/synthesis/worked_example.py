"""The worked example read from its files alone, without a ledger, as tables and report take it."""

import csv
import io
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from appraisal.instrument import Instrument, read_instrument
from appraisal.scores import Appraisal, UnitScores, unit_scores
from appraisal.sheet_reading import read_scores
from screening.criteria import Criterion
from screening.flow.counting import Flow, Template
from screening.records import Fields
from screening.sources import Source
from synthesis.extraction import Extracted
from synthesis.fields import ExtractionSection
from synthesis.findings import Finding, Predictor
from synthesis.included import ExcludedReport, IncludedReport, KnownReport, SearchedSource
from synthesis.measures import Measure, Property, Use
from synthesis.row import Row
from synthesis.section import Domain
from synthesis.sheets import Known, read_sheet
from synthesis.tables.inputs import TableInputs
from synthesis.tables.section import TableSection
from synthesis.writers.spreadsheet import read_spreadsheet

ROOT = Path(__file__).parents[2]
STYLE = (ROOT / "templates/report/style.css").read_text(encoding="utf-8")
PAGE = (ROOT / "templates/report/report.html").read_text(encoding="utf-8")

AnyRow = TypeVar("AnyRow", bound=Row)

FLOW = Flow(
    databases=1741,
    database_specific={
        "APA PsycInfo": 486,
        "APA PsycArticles": 74,
        "CINAHL": 198,
        "Education Research Complete": 96,
        "MEDLINE": 342,
        "Scopus": 421,
        "Social Care Online": 83,
        "EThOS": 41,
    },
    registers=0,
    duplicates=671,
    automation=0,
    other_removed=0,
    screened=1070,
    records_excluded=1042,
    dbr_sought=28,
    dbr_not_retrieved=0,
    dbr_assessed=28,
    dbr_excluded=14,
    dbr_excluded_reasons=(
        ("Population", 2),
        ("Intervention", 5),
        ("Design", 4),
        ("Language", 2),
        ("Reports no outcomes", 1),
    ),
    websites=0,
    organisations=0,
    citations=3,
    other_sought=3,
    other_not_retrieved=0,
    other_assessed=3,
    other_excluded=1,
    other_excluded_reasons=(("Population", 1),),
    studies=14,
    reports=16,
    template=Template.NEW_V2,
)


def lines(name: str) -> list[dict[str, str]]:
    text = (ROOT / "data" / name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@cache
def protocol() -> dict[str, Any]:
    return tomllib.loads((ROOT / "review.toml").read_text(encoding="utf-8"))


def sections() -> dict[str, TableSection]:
    return {name: TableSection(**section) for name, section in protocol()["tables"].items()}


@cache
def instrument() -> Instrument:
    path = ROOT / "appraisal/instruments/ccat-1.4.toml"
    return read_instrument(path.read_text(encoding="utf-8"), path.name)


def included() -> list[IncludedReport]:
    study = {line["report"]: line["study"] for line in lines("decisions/links.csv")}
    titles = {line["report"]: line["title"] for line in lines("decisions/full_text.csv")}
    return [
        IncludedReport(
            key=line["Report"],
            label=line["Label"],
            study=study.get(line["Report"], line["Report"]),
            fields=_fields(line["Label"], titles[line["Report"]]),
        )
        for line in lines("appraisals.csv")
    ]


def _fields(label: str, title: str) -> Fields:
    names, _, year = label.rpartition(", ")
    authors = tuple(f"{name}, X." for name in names.removesuffix(" et al.").split(" & "))
    return Fields(authors=authors, year=int(year[:4]), title=title, journal="Journal")


def excluded() -> list[ExcludedReport]:
    labels = {"no-outcomes": "Reports no outcomes"}
    return [
        ExcludedReport(
            key=line["report"],
            label=f"{line['report'][:-4].capitalize()}, {line['report'][-4:]}",
            fields=_fields(
                f"{line['report'][:-4].capitalize()}, {line['report'][-4:]}", line["title"]
            ),
            reasons=(labels.get(line["reasons"], line["reasons"].capitalize()),),
            note=line["note"],
        )
        for line in lines("decisions/full_text.csv")
        if line["verdict"] == "exclude"
    ]


def scores() -> list[UnitScores]:
    path = ROOT / "data/appraisals.csv"
    grid = read_spreadsheet(path.read_bytes(), path.name).rows[0]
    units = {report.key: report.label for report in included()}
    read = read_scores(grid, instrument(), units)
    assert not read.problems, read.problems
    return [
        unit_scores(instrument(), row.unit, row.scores)
        for row in read.rows
        if isinstance(row, Appraisal)
    ]


def sheet(kind: type[AnyRow]) -> list[AnyRow]:
    path = ROOT / f"data/{kind.sheet}.csv"
    grid = read_spreadsheet(path.read_bytes(), path.name).rows[0]
    section = ExtractionSection(**protocol()["extraction"])
    read = read_sheet(grid, kind, Known(section=section))
    assert not read.problems, read.problems
    return [row for row in read.rows if isinstance(row, kind)]


def table_inputs(flow: Flow = FLOW) -> TableInputs:
    return replace(_table_inputs(), flow=flow)


@cache
def _table_inputs() -> TableInputs:
    document = protocol()
    strategy = (ROOT / "data/search_strategy.txt").read_text(encoding="utf-8").strip()
    return TableInputs(
        flow=FLOW,
        sources=[
            SearchedSource(
                source=Source(**source),
                records=source.get("reported", 3),
                strategy=strategy if "strategy_file" in source else "",
            )
            for source in document["sources"]
        ],
        known=[
            KnownReport(name=name, found_in=("APA PsycInfo",))
            for name in document["known"]["reports"]
        ],
        criteria=[Criterion(**criterion) for criterion in document["criteria"]],
        included=included(),
        excluded=excluded(),
        fields=ExtractionSection(**document["extraction"]).fields,
        extracted=sheet(Extracted),
        instrument=instrument(),
        scores=scores(),
        measure_groups=document["measures"]["groups"],
        measures=sheet(Measure),
        properties=sheet(Property),
        uses=sheet(Use),
        domains={name: Domain(**domain) for name, domain in document["domains"].items()},
        findings=sheet(Finding),
        predictors=sheet(Predictor),
    )
