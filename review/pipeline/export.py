"""References, decisions and the whole review as files for other programs."""

import json
import zipfile
from pathlib import Path
from typing import Any

from review.pipeline.project import PROTOCOL_FILE, Project
from review.pipeline.screening.retrieve import FOLDER
from review.pipeline.trace import event_as_json
from review.store import queries
from screening.identification.writers import SUFFIXES, WRITERS
from screening.problems import WinnowError, error

STAGES: dict[str, dict[str, Any]] = {
    "all": {},
    "to_screen": {"title_abstract": ("pending", "awaiting_second", "conflict")},
    "screened": {"title_abstract": ("include", "exclude")},
    "excluded": {"title_abstract": ("exclude",)},
    "sought": {"retrieval": ("pending", "retrieved", "not_retrieved")},
    "not_retrieved": {"retrieval": ("not_retrieved",)},
    "assessed": {"full_text": ("include", "exclude", "pending", "conflict")},
    "excluded_full_text": {"full_text": ("exclude",)},
    "included": {"full_text": ("include",)},
}
"""What can be exported, in the order of the work."""


def export_references(project: Project, stage: str, path: Path) -> int:
    """Write the references of a stage as ris, bib, csv, xlsx or CSL-JSON, by the file's ending.

    Each is named by its report key where it has one. Returns how many were written. Raises
    WinnowError for another ending.
    """
    form = next((form for form, suffix in SUFFIXES.items() if suffix == path.suffix.lower()), "")
    if form not in WRITERS:
        endings = ", ".join(SUFFIXES[form] for form in WRITERS)
        raise WinnowError(error(str(path), f"name a file that ends in {endings}."))
    with project.ledger.read() as conn:
        lines = queries.references(conn, queries.ReferenceFilter(**STAGES[stage]))
    keyed = [(line.standing.report_key or line.key, line.reference.fields) for line in lines]
    path.write_bytes(b"".join(WRITERS[form](keyed)))
    return len(keyed)


def export_archive(project: Project, path: Path) -> int:
    """Write the whole review as a zip: protocol, events, verbatim exports, full texts.

    The events are JSON lines in ledger order, the exports are byte for byte as they were loaded.
    Returns how many events were written.
    """
    count = 0
    unfinished = path.with_suffix(".part")
    with (
        zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive,
        project.ledger.read() as conn,
    ):
        archive.writestr(PROTOCOL_FILE, project.text)
        lines = []
        for said in queries.events_since(conn):
            lines.append(json.dumps(event_as_json(said), ensure_ascii=False))
            count += 1
        archive.writestr("events.jsonl", "\n".join(lines) + "\n")
        for load in queries.loads(conn):
            name = load.name.replace("\\", "/").replace("/", "_")
            with archive.open(f"exports/{load.id}-{name}", "w") as member:
                for piece in queries.file_bytes(conn, load.id):
                    member.write(piece)
        folder = project.path(FOLDER)
        for full_text in sorted(folder.glob("*.pdf")) if folder.is_dir() else []:
            archive.write(full_text, f"{FOLDER}/{full_text.name}")
    unfinished.replace(path)
    return count
