from review.store import queries
from review.store.events import (
    Appraised,
    ConsensusReached,
    Decided,
    DedupeCompleted,
    Entered,
    EntryWithdrawn,
    Event,
    LoadRetracted,
    Merged,
    PersonAdded,
    ProtocolAdopted,
)
from review.store.ledger import Ledger
from screening.records import Stage, Verdict
from tests.review.store.histories import load


def append(ledger: Ledger, actor: str, *events: Event) -> list[int]:
    with ledger.write(actor, "web") as writer:
        return [writer.append(event) for event in events]


def kinds(ledger: Ledger, subject: str) -> list[str]:
    with ledger.read() as conn:
        return [said.event.kind for said in queries.events_of(conn, subject)]


def test_a_reference_is_traced_through_all_its_records_to_their_files(any_ledger: Ledger) -> None:
    first = load(any_ledger, records=2)
    second = load(any_ledger, records=1, source="embase")
    decided = Decided(reference="r3", stage=Stage.TITLE_ABSTRACT, verdict=Verdict.INCLUDE)
    merged = Merged(records=("r1", "r3"), method="person", reason="same")
    append(any_ledger, "anna", decided, merged)
    traced = ["load_started", "load_completed", "load_started", "load_completed"]
    assert kinds(any_ledger, "r1") == [*traced, "decided", "merged"]
    assert kinds(any_ledger, "r2") == traced[:2]
    append(any_ledger, "anna", LoadRetracted(load=second, reason="wrong"))
    assert kinds(any_ledger, f"load {second}") == ["load_completed", "load_retracted"]
    assert kinds(any_ledger, "r3")[-1] == "load_retracted"
    with any_ledger.read() as conn:
        names = [one.name for one in queries.loads(conn)]
        assert queries.event(conn, first) is not None
    assert names == ["medline.ris", "embase.ris"]


def test_events_are_told_in_order_from_any_point_of_any_kind_or_actor(ledger: Ledger) -> None:
    ids = append(ledger, "anna", *(PersonAdded(name=f"p{n}", roles=()) for n in range(5)))
    ids += append(ledger, "ben", DedupeCompleted(version="1", counts={"merged": 3}))
    with ledger.read() as conn:
        assert [said.id for said in queries.events_since(conn, ids[1])] == ids[2:]
        assert [said.id for said in queries.events_since(conn, ids[1], limit=2)] == ids[2:4]
        assert [s.id for s in queries.events_since(conn, actor="ben")] == ids[-1:]
        assert [s.id for s in queries.events_since(conn, kinds=["person_added"])] == ids[:-1]
        assert queries.last_event(conn) == ids[-1]
        last = queries.last_dedupe(conn)
    assert last is not None
    assert last.counts == {"merged": 3}


def test_every_version_of_the_protocol_is_kept_with_its_reason(any_ledger: Ledger) -> None:
    first, second = append(
        any_ledger,
        "anna",
        ProtocolAdopted(text="one", sha256="1"),
        ProtocolAdopted(text="two", sha256="2", reason="fathers too"),
    )
    with any_ledger.read() as conn:
        versions = queries.protocol_versions(conn)
        current = queries.current_protocol(conn)
    assert [(one.id, one.text, one.reason) for one in versions] == [
        (first, "one", ""),
        (second, "two", "fathers too"),
    ]
    assert current == versions[-1]


def appraised(unit: str, introduction: int, *, complete: bool = True) -> Appraised:
    return Appraised(
        unit=unit,
        instrument="ccat",
        instrument_version="1.4",
        scores={"introduction": introduction, "design": None},
        complete=complete,
    )


def test_of_each_rater_the_last_scores_of_a_unit_stand(any_ledger: Ledger) -> None:
    append(any_ledger, "anna", appraised("bain2014", 2, complete=False), appraised("bain2014", 3))
    ids = append(any_ledger, "ben", appraised("bain2014", 5), appraised("toth2002", 4))
    with any_ledger.read() as conn:
        standing = queries.appraisals(conn, unit="bain2014")
        own = queries.appraisals(conn, rater="ben")
    assert [(one.rater, one.appraisal.scores["introduction"]) for one in standing] == [
        ("anna", 3),
        ("ben", 5),
    ]
    assert [one.id for one in own] == ids


def test_a_consensus_stands_beside_the_appraisals_it_was_made_of(ledger: Ledger) -> None:
    (first,) = append(ledger, "anna", appraised("bain2014", 3))
    (second,) = append(ledger, "ben", appraised("bain2014", 5))
    agreed = ConsensusReached(
        unit="bain2014",
        instrument="ccat",
        instrument_version="1.4",
        scores={"introduction": 4},
        appraisals=(first, second),
    )
    append(ledger, "cleo", agreed.model_copy(update={"scores": {"introduction": 3}}), agreed)
    with ledger.read() as conn:
        assert [one.consensus for one in queries.consensuses(conn)] == [agreed]
        assert len(queries.appraisals(conn)) == 2


def test_rows_of_a_sheet_stand_per_actor_until_changed_or_withdrawn(any_ledger: Ledger) -> None:
    def entered(name: str, key: str = "bdi") -> Entered:
        return Entered(sheet="measure", key=key, values={"name": name, "range": [0, 63]})

    append(any_ledger, "anna", entered("Beck"), entered("Beck II"), entered("PSI", "psi"))
    append(any_ledger, "ben", entered("Beck Inventory"), Entered(sheet="use", key="x", values={}))
    append(any_ledger, "anna", EntryWithdrawn(sheet="measure", key="psi"))
    with any_ledger.read() as conn:
        rows = queries.entries(conn, "measure")
        own = queries.entries(conn, "measure", actor="ben")
    assert [(row.actor, row.key, row.values["name"]) for row in rows] == [
        ("anna", "bdi", "Beck II"),
        ("ben", "bdi", "Beck Inventory"),
    ]
    assert own == rows[1:]
    assert rows[0].values["range"] == [0, 63]
