"""What several people said, filed into the ledger in the order in which a file says it."""

from collections.abc import Sequence

from review.pipeline.project import Project
from review.store.events import Event


def append_by_actor(project: Project, events: Sequence[tuple[str, Event]]) -> None:
    """Append events of several people, those of one actor in one transaction, in given order."""
    for actor in dict.fromkeys(who for who, _ in events):
        with project.write(actor, "file") as writer:
            writer.append_many([event for who, event in events if who == actor])
