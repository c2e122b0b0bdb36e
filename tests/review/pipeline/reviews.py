"""Reviews of several reviewers, made straight on the ledger, for the rules of ranking and workload."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from review.pipeline.adopt import adopt_protocol
from review.pipeline.project import Project, open_project
from review.store.events import Decided, Event, LoadCompleted, LoadStarted
from review.store.ledger import Ledger
from screening.records import Fields, Record, SourceKind, Stage, Verdict

ABSTRACT, FULL_TEXT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
INCLUDE, EXCLUDE, UNSURE = Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.UNSURE
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)

PROTOCOL = """
[review]
title = "A small review"
question = "Does it help?"
reviewers = ["anna", "ben", "cleo"]

[[criteria]]
id = "population"
include = ["infants with their mothers"]

[screening.title_abstract]
reviewers = ["anna", "ben", "cleo"]
policy = "dual then adjudicated"
"""

TOPIC = "attachment psychotherapy for infants with their mothers"
OTHER = "steel bridges under heavy traffic loads"


def titles(number: int) -> list[str]:
    """Return so many titles, every other one of them relevant."""
    return [f"{(TOPIC, OTHER)[place % 2]} cohort{place}" for place in range(number)]


@contextmanager
def paced(folder: Path, every: timedelta) -> Iterator[Ledger]:
    """Make a review of forty titles, on the first ten of which anna decides one by one at a pace."""
    with review(folder, titles(40)):
        pass
    ticks = count()
    with Ledger.open(folder / "review.db", clock=lambda: MOMENT + every * next(ticks)) as ledger:
        for number in range(1, 11):
            with ledger.write("anna", "web") as writer:
                writer.append(voted(f"r{number}"))
        yield ledger


@contextmanager
def review(
    folder: Path, references: Sequence[str], *, protocol: str = PROTOCOL
) -> Iterator[Project]:
    """Open a review of these titles, keys r1, r2, ... in their order."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "review.toml").write_text(protocol, encoding="utf-8")
    with open_project(folder) as project:
        adopt_protocol(project, "anna")
        load(project, references)
        yield project


def load(project: Project, references: Sequence[str], name: str = "medline") -> None:
    """Load titles as a file of their own."""
    with project.write("anna") as writer:
        started = writer.append(
            LoadStarted(
                source=name, source_name=name, source_kind=SourceKind.DATABASE, name=name,
                sha256=name, size=1, format="ris",
            )
        )  # fmt: skip
        writer.add_records(
            started,
            [
                Record(
                    source_file=name, position=place, format="ris", provider=None,
                    fields=Fields(title=title, doi=f"10.1000/{name}{place}"), raw=title,
                )
                for place, title in enumerate(references, start=1)
            ],
        )  # fmt: skip
        writer.append(LoadCompleted(load=started, start_tags=1, records=len(references)))


def said(project: Project, actor: str, *events: Event) -> None:
    """Append events as an actor."""
    with project.write(actor) as writer:
        writer.append_many(events)


def voted(key: str, verdict: Verdict = INCLUDE, stage: Stage = ABSTRACT, **more: str) -> Decided:
    """Return a verdict on a reference."""
    reasons = ("population",) if verdict is EXCLUDE else ()
    return Decided.model_validate(
        {"reference": key, "stage": stage, "verdict": verdict, "reasons": reasons, **more}
    )
