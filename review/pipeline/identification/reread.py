"""What was loaded, read again by better readers, or taken back where it was a mistake."""

from collections.abc import Iterator
from importlib.metadata import version
from io import BytesIO

from review.pipeline.project import Project
from review.store import queries
from review.store.events import LoadReread, LoadRetracted
from screening.identification.readers import open_reading
from screening.problems import WinnowError, error


def retract_load(project: Project, actor: str, load: int, reason: str) -> None:
    """Take back a wrong load: its records leave every count, its file may be loaded again.

    Raises WinnowError where there is no such load or no reason.
    """
    with project.ledger.read() as conn:
        known = {each.id: each for each in queries.loads(conn)}
    if load not in known or known[load].state != "complete":
        listed = ", ".join(f"{e.id} ({e.name})" for e in known.values() if e.state == "complete")
        raise WinnowError(
            error("", f"there is no load {load} to take back. Loads: {listed or 'none'}.")
        )
    if not reason:
        raise WinnowError(error("", 'taking back a load needs its reason: --reason "..."'))
    with project.write(actor) as writer:
        writer.append(LoadRetracted(load=load, reason=reason), supersedes=load)


def reread_all(project: Project, actor: str) -> Iterator[tuple[str, int]]:
    """Read the verbatim bytes of every load again and keep what is read better.

    Yields each file's name with how many records changed. Positions stay the records' identity: a
    file in which another number of records is found now is left as it is, and that is an error.
    """
    with project.ledger.read() as conn:
        loads = [load for load in queries.loads(conn) if load.state == "complete"]
    for load in loads:
        with project.ledger.read() as conn:
            data = b"".join(queries.file_bytes(conn, load.id))
            before = [
                (each.key, each.reread or each.record.fields)
                for each in queries.records_of_load(conn, load.id)
            ]
        records = list(open_reading(BytesIO(data), load.name).records)
        if len(records) != len(before):
            raise WinnowError(
                error(
                    load.name,
                    f"{len(before):,} records were loaded and {len(records):,} are read now. "
                    "Decisions hang on the old ones, so nothing was changed. If the new number is "
                    f"right, retract load {load.id} and load the file again.",
                ),
                exit_status=1,
            )
        changed = {
            key: record.fields
            for (key, fields), record in zip(before, records, strict=True)
            if fields != record.fields
        }
        if changed:
            with project.write(actor) as writer:
                reread = writer.append(
                    LoadReread(load=load.id, reader_version=version("winnow-review"))
                )
                writer.add_readings(reread, changed)
        yield load.name, len(changed)
