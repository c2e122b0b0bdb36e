"""A review as it lies on disk: its folder, its protocol as written, its ledger."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from review.protocol import Protocol, read_protocol
from review.store import queries
from review.store.ledger import Door, Ledger
from screening.problems import WinnowError, error
from screening.toml_text import closest

if TYPE_CHECKING:
    from review.store.asking import Question
    from review.store.writing import Writer

PROTOCOL_FILE = "review.toml"
LEDGER_FILE = "review.db"


@dataclass(frozen=True, slots=True)
class Project:
    """An open review. `text` is review.toml as it stands in the folder."""

    directory: Path
    text: str
    protocol: Protocol
    ledger: Ledger
    door: Door = "cli"

    @property
    def protocol_sha256(self) -> str:
        """Return what tells this text of review.toml from any other."""
        return sha256(self.text.encode()).hexdigest()

    def path(self, name: str) -> Path:
        """Return a file that review.toml names relative to its own folder."""
        return self.directory / name

    @contextmanager
    def write(
        self, actor: str, door: Door | None = None, foreseen: "Iterable[Question]" = ()
    ) -> "Iterator[Writer]":
        """Open the one serialised transaction in which `actor` adds to the ledger.

        `foreseen` is what will be asked in it, where that is known.
        """
        with self.ledger.write(actor, door or self.door, foreseen) as writer:
            yield writer


@contextmanager
def open_project(directory: Path, *, door: Door = "cli") -> Iterator[Project]:
    """Open the review in a folder, or in the nearest folder above it, and close it afterwards.

    Raises WinnowError where there is no review.toml, where it has mistakes (all of them at once), or
    where the ledger cannot be opened.
    """
    home = _home(directory)
    text = _read_text(home / PROTOCOL_FILE)
    protocol = read_protocol(text, PROTOCOL_FILE)
    ledger = Ledger.open(ledger_place(home, protocol), create=True)
    try:
        yield Project(home, text, protocol, ledger, door)
    finally:
        ledger.close()


def ledger_place(home: Path, protocol: Protocol) -> str | Path:
    """Return where the ledger is: what the environment or review.toml says, else beside it."""
    return os.environ.get("WINNOW_DATABASE_URL") or protocol.database.url or home / LEDGER_FILE


def speaker(project: Project, name: str | None) -> str:
    """Return who speaks: the person named, or the only reviewer there is.

    Raises WinnowError where nobody is named and there are several, or where the name is unknown.
    """
    with project.ledger.read() as conn:
        joined = [person.name for person in queries.people(conn) if person.active]
    known = list(dict.fromkeys([*project.protocol.review.reviewers, *joined]))
    if name is None:
        if len(known) == 1:
            return known[0]
        raise WinnowError(
            error(
                "",
                f"this review has {len(known)} people ({', '.join(known)}). Say who you are: "
                f"--as {known[0]}",
            )
        )
    if name not in known:
        raise WinnowError(
            error(
                "",
                f'"{name}" is not one of the reviewers ({", ".join(known)}).'
                f"{closest(name, known)} Add them to reviewers in {PROTOCOL_FILE}, or correct the name.",
            )
        )
    return name


def _home(directory: Path) -> Path:
    start = directory.resolve()
    for folder in (start, *start.parents):
        if (folder / PROTOCOL_FILE).is_file():
            return folder
    raise WinnowError(
        error(
            str(directory),
            f"there is no {PROTOCOL_FILE} here, nor in any folder above. Start a review with "
            "winnow init FOLDER, or name its folder with --project FOLDER.",
        )
    )


def _read_text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as mistake:
        line = data[: mistake.start].count(b"\n") + 1
        raise WinnowError(
            error(
                f"{path.name}, line {line}",
                "this is not UTF-8 text. Save the file as UTF-8 (plain text) in your editor.",
            ),
            exit_status=1,
        ) from None
