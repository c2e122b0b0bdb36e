"""The triggers that keep the ledger append-only, on both databases.

On SQLite `INSERT OR REPLACE` deletes the row in its way without firing a DELETE trigger, so the
insertion itself is refused where a row with one of the same unique keys exists. On PostgreSQL
TRUNCATE needs a trigger of its own.
"""

from collections.abc import Iterator, Mapping

UNIQUE_KEYS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "event": (("id",), ("supersedes",)),
    "export_file": (("load", "position"),),
    "record": (("id",), ("load", "position")),
    "record_reading": (("reread", "record"),),
}
"""The unique keys of each ledger table."""


def guards(dialect: str) -> Iterator[str]:
    """Yield the statements that guard every ledger table on a database ("sqlite", "postgresql")."""
    if dialect == "sqlite":
        for table, keys in UNIQUE_KEYS.items():
            yield from _sqlite_guards(table, keys)
    else:
        yield _POSTGRESQL_REFUSAL
        for table in UNIQUE_KEYS:
            yield from _postgresql_guards(table)


def _sqlite_guards(table: str, keys: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no {verb} on {table}'); END"
        )
    same = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE "  # noqa: S608 - names are ours, not input
        + " AND ".join(f"{column} = NEW.{column}" for column in key)
        + ")"
        for key in keys
    )
    yield (
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {same} "
        f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no REPLACE on {table}'); END"
    )


_POSTGRESQL_REFUSAL = """
CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only: no % on %', TG_OP, TG_TABLE_NAME;
END $$
"""


def _postgresql_guards(table: str) -> Iterator[str]:
    yield (
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only()"
    )
    yield (
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()"
    )
