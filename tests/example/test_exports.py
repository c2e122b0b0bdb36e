"""The exports hold what the published review counted, and the generator writes them byte by byte."""

from collections import Counter
from pathlib import Path

import pytest

from screening.identification.readers import read
from screening.records import Record
from tests.example import make, near_misses, real
from tests.example.exports import Exports, write_exports
from tests.example.flavours import FILES
from tests.example.placing import SIZES
from tests.example.publication import REAL_NOTE, SYNTHETIC_NOTE


@pytest.fixture(scope="module")
def exports() -> Exports:
    return write_exports()


@pytest.fixture(scope="module")
def outputs() -> dict[Path, bytes]:
    return make.outputs()


@pytest.fixture(scope="module")
def records() -> list[Record]:
    found: list[Record] = []
    for name, _ in FILES.values():
        reading = read((make.DATA / "exports" / name).read_bytes(), name)
        found += reading.records
        assert reading.problems == []
    return found


def test_running_the_generator_again_gives_the_committed_bytes(outputs: dict[Path, bytes]) -> None:
    differing = [path.name for path, content in outputs.items() if path.read_bytes() != content]
    assert differing == []


def test_nothing_lies_among_the_generated_files_that_it_does_not_write(
    outputs: dict[Path, bytes],
) -> None:
    folders = (make.DATA / "exports", make.DATA / "decisions")
    assert {path for folder in folders for path in folder.iterdir()} <= set(outputs)


def test_the_databases_hold_1741_records_of_1070_publications(exports: Exports) -> None:
    sizes = Counter(place.file for places in exports.places.values() for place in places)
    assert [sizes[FILES[source][0]] for source in SIZES] == list(SIZES.values())
    assert sum(SIZES.values()) == 1741
    assert len(exports.collection.in_databases) == 1070
    assert sizes["citation_searching.ris"] == 3


def test_every_record_is_read_and_says_whether_it_is_synthetic(
    exports: Exports, records: list[Record]
) -> None:
    assert len(records) == 1744
    owner = {
        (at.file, at.position): name for name, places in exports.places.items() for at in places
    }
    published = {publication.id for publication in (*real.INCLUDED, *real.NOT_IN_ENGLISH)}
    for record in records:
        is_real = owner[record.source_file, record.position] in published
        note = REAL_NOTE if is_real else SYNTHETIC_NOTE
        assert any(text.endswith(note) for text in record.fields.notes)


def test_synthetic_records_carry_only_invented_identifiers(records: list[Record]) -> None:
    for record in records:
        if any(SYNTHETIC_NOTE in note for note in record.fields.notes):
            assert (record.fields.doi or "10.5555/").startswith("10.5555/")
            assert (record.fields.pmid or "990").startswith("990")
            assert all(issn.startswith("9999-") for issn in record.fields.issn)


def test_a_published_report_in_the_medline_export_has_a_verified_pubmed_number() -> None:
    for publication in (*real.INCLUDED, *real.NOT_IN_ENGLISH):
        assert ("medline" in real.FOUND_IN.get(publication.id, ())) <= bool(publication.pmid)


def test_the_facts_of_published_reports_are_the_same_in_every_export(
    exports: Exports, records: list[Record]
) -> None:
    by_place = {(record.source_file, record.position): record.fields for record in records}
    for publication in (*real.INCLUDED, *real.NOT_IN_ENGLISH):
        for place in exports.places[publication.id]:
            fields = by_place[place.file, place.position]
            assert fields.year == publication.year
            assert fields.volume == (publication.volume or None)
            assert fields.doi in (publication.doi or None, None)


def test_every_kind_of_look_alike_is_in_the_databases(exports: Exports) -> None:
    ids = [p.id for p in exports.collection.in_databases]
    kinds = Counter(
        identity.split("-")[1] for identity in ids if identity.count("-") and identity[0] == "s"
    )
    assert {
        "reply",
        "comment",
        "erratum",
        "talk",
        "protocol",
        "thesis",
        "part1",
        "part2",
        "editorial",
    } <= set(kinds)
    assert kinds["erratum"] == dict(near_misses.PAIRED)[near_misses.erratum]


def test_another_seed_gives_other_exports_of_the_same_size(exports: Exports) -> None:
    other = write_exports(seed=7)
    assert other.files["medline.nbib"] != exports.files["medline.nbib"]
    assert sum(len(places) for places in other.places.values()) == 1744
