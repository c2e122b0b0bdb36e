"""Files that pages hand out: their names, their types, and no way to run them in our pages."""

from dataclasses import dataclass
from urllib.parse import quote

from fastapi import Depends
from fastapi.responses import Response

from review.web.serving import viewer_of

SIGNED_IN = Depends(viewer_of)
"""Hands a file only to a visitor who is signed in."""

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "tex": "application/x-tex; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class Download:
    """A link to a file: its address and what it is called on the page."""

    address: str
    label: str


def attachment(content: bytes, name: str) -> Response:
    """Return a file to be saved under a name, whatever the browser could show of it."""
    ending = name.rpartition(".")[2].lower()
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in name)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(
        content,
        media_type=_TYPES.get(ending, "application/octet-stream"),
        headers={"Content-Disposition": disposition},
    )
