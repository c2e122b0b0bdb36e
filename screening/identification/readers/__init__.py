"""Exports of every platform and program, read without losing a record."""

from io import BytesIO

from screening.identification.readers.archives import members
from screening.identification.readers.reading import FIELD_NAMES, Reading, open_reading

__all__ = ["FIELD_NAMES", "Reading", "members", "open_reading", "read"]


def read(data: bytes, name: str) -> Reading:
    """Return the reading of an export file held in memory; see `open_reading`."""
    return open_reading(BytesIO(data), name)
