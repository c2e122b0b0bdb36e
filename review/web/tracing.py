"""Where the pages show what stands behind a number or a name."""

from urllib.parse import quote


def address_of(source: str) -> str:
    """Return the page of what stands behind a cell."""
    kind, _, name = source.partition("/")
    return f"/flow/list/{quote(name)}" if kind == "count" else f"/trace/{quote(source)}"
