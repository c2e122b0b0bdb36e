"""Arbitrary histories of a review, played on a ledger as people, files and rules would write it."""

import itertools
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Connection

from review.store import queries
from review.store.events import (
    Adjudicated,
    AdjudicationWithdrawn,
    Appraised,
    Assigned,
    Classified,
    Decided,
    DecisionWithdrawn,
    Entered,
    Event,
    KeptApart,
    Linked,
    LoadCompleted,
    LoadReread,
    LoadRetracted,
    LoadStarted,
    Merged,
    Named,
    PairQueued,
    ProtocolAdopted,
    Ranked,
    Removed,
    Restored,
    Resumed,
    Retrieved,
    Split,
    StoppedEarly,
    Unlinked,
)
from review.store.ledger import Ledger
from screening.problems import WinnowError
from screening.records import Category, Fields, Record, SourceKind, Stage, Verdict

PEOPLE = ("anna", "ben", "Anna")
STAGES = (Stage.TITLE_ABSTRACT, Stage.FULL_TEXT)
POLICIES: tuple[Any, ...] = ("single", "dual", "dual then adjudicated", {"verified": 0.5})

steps = st.tuples(
    st.sampled_from(
        [
            "load",
            "load",
            "retract",
            "reread",
            "merge",
            "merge",
            "merge many",
            "split",
            "apart",
            "queue",
            "decide",
            "decide",
            "decide",
            "decide",
            "withdraw",
            "adjudicate",
            "unadjudicate",
            "remove",
            "restore",
            "retrieve",
            "name",
            "link",
            "unlink",
            "classify",
            "stop",
            "resume",
            "protocol",
            "assign",
            "rank",
            "appraise",
            "enter",
        ]
    ),
    st.integers(0, 50),
    st.integers(0, 50),
    st.integers(0, 50),
)
"""One step of a history: what is done, and three numbers that choose to what, by whom and how."""

histories = st.lists(steps, min_size=1, max_size=40)


def a_record(position: int, *, title: str = "A trial", year: int | None = 2001) -> Record:
    """Return a small record at a position of its file."""
    return Record(
        source_file="export.ris",
        position=position,
        format="ris",
        provider=None,
        fields=Fields(title=f"{title} {position}", authors=("Müller, A.",), year=year),
        raw=f"TY  - JOUR\nTI  - {title} {position}\nER  - \n",
    )


def load(
    ledger: Ledger,
    *,
    records: int = 3,
    source: str = "medline",
    kind: SourceKind = SourceKind.DATABASE,
    sha256: str = "",
) -> int:
    """Load some records for a source, and return the load's id."""
    with ledger.write("anna", "cli") as writer:
        started = writer.append(
            LoadStarted(
                source=source,
                source_name=source.title(),
                source_kind=kind,
                name=f"{source}.ris",
                sha256=sha256 or source,
                size=records,
                format="ris",
            )
        )
        writer.add_records(started, [a_record(n) for n in range(1, records + 1)])
        writer.add_file_piece(started, 0, b"bytes")
        writer.append(LoadCompleted(load=started, start_tags=records, records=records))
    return started


def play(ledger: Ledger, history: Sequence[tuple[str, int, int, int]]) -> None:
    """Play a history; what the ledger refuses at that moment is passed over."""
    for number, (what, a, b, c) in enumerate(history):
        with ledger.read() as conn:
            actor, events = _events(conn, what, a, b, c, number)
            loaded = len(queries.loads(conn))  # no file twice, also over several histories
        if what == "load":
            kind = (SourceKind.DATABASE, SourceKind.CITATION_SEARCHING)[b % 3 == 0]
            load(ledger, records=1 + a % 4, source=f"s{b % 3}", kind=kind, sha256=str(loaded))
        elif what == "reread":
            _reread(ledger, a)
        elif events:
            try:
                with ledger.write(actor, "web") as writer:
                    if c % 2:
                        writer.append_many(events)
                    else:
                        for event in events:
                            writer.append(event)
            except WinnowError:
                continue


def _reread(ledger: Ledger, which: int) -> None:
    with ledger.read() as conn:
        complete = [one for one in queries.loads(conn) if one.state == "complete"]
        chosen = complete[which % len(complete)] if complete else None
        keys = [] if chosen is None else [r.key for r in queries.records_of_load(conn, chosen.id)]
    if chosen is not None:
        with ledger.write("anna", "cli") as writer:
            reread = writer.append(LoadReread(load=chosen.id, reader_version=f"v{which}"))
            fields = Fields(title=f"Read again {which}", year=1990 + which)
            writer.add_readings(reread, dict.fromkeys(keys, fields))


def _events(  # noqa: PLR0911 - one return per kind of step
    conn: Connection, what: str, a: int, b: int, c: int, number: int
) -> tuple[str, list[Event]]:
    actor = PEOPLE[b % len(PEOPLE)]
    keys = list(queries.references_of(conn))
    if what == "protocol":
        plan = {"policy": POLICIES[a % 4], "reasons": ["population", "outcome"]}
        section = {"seed": b, "title_abstract": plan, "full_text": {"policy": POLICIES[c % 4]}}
        return actor, [ProtocolAdopted(text=str(number), sha256=str(number), screening=section)]
    if what == "stop":
        return actor, [StoppedEarly(reason="enough")]
    if what == "resume":
        return actor, [Resumed()]
    if what == "enter":
        return actor, [Entered(sheet="measure", key=f"m{a % 3}", values={"name": str(c)})]
    if what == "retract":
        loads = [one.id for one in queries.loads(conn)]
        return actor, [LoadRetracted(load=loads[a % len(loads)], reason="wrong")] if loads else []
    if not keys:
        return actor, []
    key, other = keys[a % len(keys)], keys[c % len(keys)]
    some = tuple(dict.fromkeys((key, other, keys[b % len(keys)])))
    stage, verdict = STAGES[c % 4 == 0], list(Verdict)[c % 3]
    reasons = ("outcome", "population")[: c % 3] or ("population",)
    events: dict[str, list[Event]] = {
        "decide": [Decided(reference=key, stage=stage, verdict=verdict, reasons=reasons)],
        "withdraw": [DecisionWithdrawn(reference=key, stage=stage)],
        "adjudicate": [
            Adjudicated(reference=key, stage=stage, verdict=list(Verdict)[c % 2], reasons=reasons)
        ],
        "unadjudicate": [AdjudicationWithdrawn(reference=key, stage=stage)],
        "remove": [
            Removed(references=some, how=("automation", "other")[c % 2], reason="not a study")
        ],
        "restore": [Restored(references=(key,))],
        "retrieve": [Retrieved(reference=key, outcome=("retrieved", "not_retrieved")[c % 3 == 0])],
        "name": [Named(reference=key, report_key=f"lieberman{number}")],
        "link": [Linked(study=f"study {c % 2}", reports=some)],
        "unlink": [Unlinked(reports=(key,))],
        "classify": [Classified(reference=key, category=(None, *Category)[c % 3])],
        "assign": [Assigned(reviewer=actor, stage=stage, references=some)],
        "rank": [Ranked(stage=stage, model="svm", seed=a, labels=b, order=some)],
        "appraise": [
            Appraised(
                unit=key,
                instrument="ccat",
                instrument_version="1.4",
                scores={"introduction": c % 6},
                complete=bool(c % 2),
            )
        ],
    }
    if len(some) > 1:
        method = ("automatic", "person")[b % 2]
        merged = Merged(records=some, method=method, reason="same")
        events |= {
            "merge": [merged],
            "merge many": [
                Merged(records=pair, method=method, reason="same")
                for pair in itertools.pairwise(some)
            ]
            + [Decided(reference=key, stage=Stage.TITLE_ABSTRACT, verdict=verdict)],
            "split": [Split(records=some[:1] if c % 2 else some[:2], reason="not the same")],
            "apart": [KeptApart(a=some[0], b=some[1], reason="a reply")],
            "queue": [PairQueued(a=some[0], b=some[1], score=0.7, reason="similar")],
        }
    return actor, events.get(what, [])
