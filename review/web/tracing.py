"""Where the pages show what stands behind a number or a name."""

from urllib.parse import quote

from review.pipeline.behind import has_list


def address_of(source: str) -> str | None:
    """Return the page of what stands behind a cell, or None where there is none."""
    kind, _, name = source.partition("/")
    if kind == "count":
        return f"/flow/list/{quote(name)}" if has_list(name) else None
    return f"/trace/{quote(source)}"
