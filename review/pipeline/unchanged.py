"""Two people, or two windows, at the same thing: the second sees what changed and loses nothing."""

from review.store.events import Event
from review.store.writing import Writer
from screening.problems import WinnowError, error


class ChangedMeanwhile(WinnowError):  # noqa: N818 - an answer to a person, told as a sentence
    """What a person answers is no longer what stands; nothing was written."""

    def __init__(self, where: str) -> None:
        super().__init__(
            error(
                where,
                "this was changed in the meantime, so nothing was saved yet. What you wrote is still "
                "here, and beside it what stands now: look at both and save again.",
            ),
            exit_status=1,
        )


def append_unless_changed(
    writer: Writer, event: Event, *, stands: int | None, seen: int, where: str
) -> int:
    """Append what answers the event a person has `seen` (0: nothing stood there) and return its id.

    `stands` is the event that stands now, read in the writer's own transaction. Raises
    ChangedMeanwhile where it is another one.
    """
    if (stands or 0) != seen:
        raise ChangedMeanwhile(where)
    return writer.append(event)
