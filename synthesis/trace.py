"""Names for what stands behind a number or a text, so that any output can be traced to the ledger."""

from urllib.parse import quote


def of_count(count_id: str) -> str:
    """Return the trace id of a count of the flow ("count/screened")."""
    return f"count/{count_id}"


def of_report(key: str) -> str:
    """Return the trace id of everything said of one report or reference."""
    return f"report/{_plain(key)}"


def of_entry(sheet: str, key: str) -> str:
    """Return the trace id of one row of a synthesis sheet, by the row's own key."""
    return f"entry/{sheet}/{quote(key, safe='/ ')}"


def of_score(unit: str, category: str = "") -> str:
    """Return the trace id of a unit's score in one category, or of its whole appraisal."""
    return f"score/{_plain(unit)}/{category}" if category else f"score/{_plain(unit)}"


def of_source(source_id: str) -> str:
    """Return the trace id of what was loaded from one source."""
    return f"source/{source_id}"


def _plain(key: str) -> str:
    return quote(key, safe=" ")
