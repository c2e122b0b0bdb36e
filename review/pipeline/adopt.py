"""Bring review.toml into the ledger: every version that events were made under is kept there."""

import tomllib

from review.pipeline.project import PROTOCOL_FILE, Project
from review.store import queries
from review.store.events import ProtocolAdopted
from screening.problems import WinnowError, error

PRESENTATION = frozenset({"tables", "report", "flow", "web", "database", "inputs"})
"""Sections that change how the review is shown or stored, and nothing that is decided by."""


def adopt_protocol(project: Project, actor: str, reason: str = "") -> bool:
    """Append review.toml as a new protocol version where it differs from the one in force.

    Once screening has begun a change of substance is an amendment and needs a reason; a change of
    presentation alone does not. Returns whether a version was appended. Raises WinnowError where the
    reason is missing.
    """
    with project.ledger.read() as conn:
        current = queries.current_protocol(conn)
        begun = queries.screening_has_begun(conn)
    if current is not None and current.sha256 == project.protocol_sha256:
        return False
    changed = changed_sections(current.text, project.text) if current else ()
    substance = [name for name in changed if name not in PRESENTATION]
    if current and begun and substance and not reason:
        raise WinnowError(
            error(
                PROTOCOL_FILE,
                f"it has changed since screening began ({', '.join(substance)}). An amendment needs "
                'its reason: winnow run --amend "why it was changed".',
                "protocol",
            ),
            exit_status=1,
        )
    if current and not substance:
        reason = reason or "presentation only"
    with project.write(actor) as writer:
        writer.append(
            ProtocolAdopted(
                text=project.text,
                sha256=project.protocol_sha256,
                reason=reason,
                screening=project.protocol.screening.model_dump(mode="json"),
            )
        )
    return True


def changed_sections(before: str, after: str) -> tuple[str, ...]:
    """Return the top-level sections in which two review.toml texts differ, in order of the file."""
    old, new = tomllib.loads(before), tomllib.loads(after)
    return tuple(name for name in {**new, **old} if old.get(name) != new.get(name))
