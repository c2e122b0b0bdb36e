"""Every record of every real export is kept, and nothing about it is silent."""

import re

import pytest

from screening.identification.readers import read
from screening.problems import Severity
from screening.records import Fields
from tests.screening.identification.readers.corpus import EXPORTS, Export, corpus_test, exports

pytestmark = [pytest.mark.corpus, corpus_test]

# Where the index's own count is wrong or missing, and how one sees it.
CORRECTED = {
    # 499 entries that end with ER but have no TY; the same export as CSV has 499 rows.
    "ESHackathon__CiteSource/citesource_benchmark_export.ris": 499,
    # The index counts the header row, and for Embase the lines of the query above it, as records.
    "asreview__citation-file-formatting/XLSX__baseline.xlsx": 100,
    "asreview__citation-file-formatting/XLSX__baseline_embase.xlsx": 10,
    # Two entries numbered <7. > and <9. >, indented by one space.
    "zotero__translators/OVID_Tagged_06.ovid.txt": 2,
    # One book and one program, with elements for their people beside them.
    "zotero__translators/RDF_01.rdf": 1,
    "zotero__translators/RDF_03.rdf": 1,
    # 46 entries begin with TY and 104 with PMID.
    "derived_nasty/mixed_ris_then_nbib.txt": 150,
}
NO_EXPORT = {"derived_nasty/html_login_page.ris"}


@pytest.mark.parametrize("export", exports(), ids=lambda export: export.path)
def test_records_kept_are_the_records_counted(export: Export) -> None:
    reading = read(export.data, export.path)
    records = list(reading.records)
    assert len(records) == CORRECTED.get(export.path, export.records)
    errors = [problem for problem in reading.problems if problem.severity is Severity.ERROR]
    assert bool(errors) == (export.path in NO_EXPORT)
    assert [record.position for record in records] == list(range(1, len(records) + 1))
    assert all(record.raw.strip() for record in records)


def test_the_corrected_count_of_the_mixed_file_is_that_of_its_start_tags() -> None:
    text = (EXPORTS / "derived_nasty/mixed_ris_then_nbib.txt").read_text("utf-8")
    assert len(re.findall(r"(?m)^(?:TY  - |PMID- )", text)) == 150


@pytest.mark.parametrize(
    "name",
    sorted(
        path.path
        for path in exports("ris")
        if path.path.startswith("derived_nasty/")
        and path.records == 46
        and "abstract" not in path.path
        and "huge" not in path.path
        and "cp1252" not in path.path
    ),
)
def test_a_damaged_variant_reads_like_the_whole_file(name: str) -> None:
    whole = [
        r.fields for r in read((EXPORTS / "derived_nasty/ris_in.txt").read_bytes(), "x").records
    ]
    damaged = [r.fields for r in read((EXPORTS / name).read_bytes(), "x").records]

    def essence(fields: Fields) -> tuple[object, ...]:
        return fields.authors, fields.year, fields.doi, fields.volume, fields.keywords, fields.issn

    assert [essence(each) for each in damaged] == [essence(each) for each in whole]
