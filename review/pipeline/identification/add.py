"""One record by hand: from a website, an organisation, an expert, or a reference list."""

import json
from hashlib import sha256

from review.pipeline.project import Project
from review.store import queries
from review.store.events import LoadCompleted, LoadStarted
from screening.problems import WinnowError, error
from screening.records import Fields, Record
from screening.toml_text import closest

BY_HAND = "by hand"


def add_record(project: Project, actor: str, source_id: str, fields: Fields, how: str = "") -> str:
    """Append one record typed in by a person, as a load of its own, and return its key.

    `how` says where it was found (the parent report and the direction, for citation searching). It is
    kept in the record's verbatim text. Raises WinnowError where the source is unknown, the title is
    missing, or the same record was added before.
    """
    source = project.protocol.source(source_id)
    if source is None:
        known = [each.id for each in project.protocol.sources]
        raise WinnowError(
            error("", f'"{source_id}" is no source of review.toml.{closest(source_id, known)}')
        )
    if not fields.title:
        raise WinnowError(error("", "a record needs a title."))
    raw = json.dumps({**fields.as_json(), "found": how}, ensure_ascii=False, indent=1)
    data = raw.encode()
    digest = sha256(data).hexdigest()
    with project.ledger.read() as conn:
        if queries.load_of(conn, source.id, digest):
            raise WinnowError(error("", "this very record was added before."), exit_status=1)
    name = f"{BY_HAND} {digest[:8]}"
    record = Record(
        source_file=name, position=1, format=BY_HAND, provider=None, fields=fields, raw=raw
    )
    with project.write(actor) as writer:
        load = writer.append(
            LoadStarted(
                source=source.id,
                source_name=source.describe(),
                source_kind=source.kind,
                name=name,
                sha256=digest,
                size=len(data),
                format=BY_HAND,
            )
        )
        writer.add_records(load, [record])
        writer.add_file_piece(load, 0, data)
        writer.append(LoadCompleted(load=load, encoding="utf-8", start_tags=1, records=1))
    with project.ledger.read() as conn:
        key = queries.record_at(conn, name, 1)
    if key is None:
        raise RuntimeError("a record that was just added is not there")
    return key
