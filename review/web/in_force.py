"""The protocol in force, which may not be the one that lies in the folder right now."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from review.pipeline.project import PROTOCOL_FILE, Project
from review.protocol import Protocol, read_protocol
from review.store import queries
from screening.problems import Problem, WinnowError, error


@dataclass(frozen=True, slots=True)
class OnDisk:
    """review.toml as it lies in the folder: its text, and its protocol or its mistakes."""

    text: str
    protocol: Protocol | None
    problems: tuple[Problem, ...]


def protocol_on_disk(project: Project) -> OnDisk:
    """Read review.toml anew."""
    try:
        text = project.path(PROTOCOL_FILE).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        told = error(PROTOCOL_FILE, "the file cannot be read as UTF-8 text. Save it again.")
        return OnDisk("", None, (told,))
    try:
        return OnDisk(text, read_protocol(text, PROTOCOL_FILE), ())
    except WinnowError as mistakes:
        return OnDisk(text, None, mistakes.problems)


def in_force(project: Project, conn: Connection) -> Project:
    """Return the project under the version the ledger holds: people decide by that one alone.

    Before there is a version, or where this program can no longer read it, the file's own holds.
    """
    version = queries.current_protocol(conn)
    if version is None or version.text == project.text:
        return project
    try:
        return replace(project, text=version.text, protocol=read_protocol(version.text))
    except WinnowError:
        return project
