"""Zip and gzip archives of exports, opened without trusting them."""

import gzip
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Protocol
from zipfile import BadZipFile, ZipFile

from screening.problems import Problem, WinnowError, error

MOST_BYTES = 1 << 31
MOST_MEMBERS = 10_000
# Text packs to about a tenth, rarely to a fortieth; an archive beyond this ratio is a bomb.
MOST_RATIO = 200
MOST_DEPTH = 3
_SLACK = 1 << 20
_SHEETS = b"application/vnd.oasis.opendocument.spreadsheet"
_LONGEST_KIND = 200
_FAILURES = (
    BadZipFile,
    NotImplementedError,
    RuntimeError,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
)


class Readable(Protocol):
    """The part of a binary stream the readers need."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes, all that is left where it is negative."""


def members(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the name and bytes of every export in an archive, or `data` itself where it is none.

    Archives in archives are opened to a depth of three. Members' paths are only names: nothing is
    written. Raises WinnowError where the archive is damaged or unfolds beyond 2 GiB or 200 times its
    size. An Office file is a zip file too, and is handed out whole.
    """
    yield from _members(data, name, 0)


def _members(data: bytes, name: str, depth: int) -> Iterator[tuple[str, bytes]]:
    if data.startswith(b"\x1f\x8b"):
        if depth >= MOST_DEPTH:
            raise _too_large(name)
        yield from _members(_unzipped(data, name), name.removesuffix(".gz"), depth + 1)
        return
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")) or office_kind(data):
        yield name, data
        return
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = [
                entry
                for entry in archive.infolist()
                if not entry.is_dir() and not _is_litter(entry.filename)
            ]
            size = sum(entry.file_size for entry in entries)
            if depth >= MOST_DEPTH or len(entries) > MOST_MEMBERS or size > _limit(len(data)):
                raise _too_large(name)
            for entry in entries:
                with archive.open(entry) as stream:
                    content = stream.read(entry.file_size + 1)
                yield from _members(content, f"{name}/{entry.filename}", depth + 1)
    except _FAILURES as failure:
        message = f"The archive cannot be opened ({failure}); download it again or unpack it first."
        raise WinnowError(error(name, message)) from None


def office_kind(data: bytes) -> str:
    """Return what Office file a zip file is: "xlsx", "ods", "document" for any other, "" where it is none."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = frozenset(archive.namelist())
            if "xl/workbook.xml" in names:
                return "xlsx"
            if "mimetype" in names and "content.xml" in names:
                kind = archive.open("mimetype").read(_LONGEST_KIND)
                return "ods" if kind.startswith(_SHEETS) else "document"
            return "document" if "[Content_Types].xml" in names else ""
    except _FAILURES:
        return ""


class Gunzipped:
    """A gzip stream opened piece by piece; damage and bombs end it with a problem."""

    def __init__(self, stream: Readable, name: str) -> None:
        self._counted = _Counted(stream)
        self._stream = gzip.GzipFile(fileobj=self._counted)  # type: ignore[call-overload]  # only read is used
        self._name = name
        self._given = 0
        self.problems: list[Problem] = []

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes; none after damage."""
        if self.problems:
            return b""
        try:
            data: bytes = self._stream.read(size)
        except (OSError, EOFError, zlib.error) as failure:
            message = (
                f"The gzip file is damaged ({failure}); what stands before the damage was read."
            )
            self.problems.append(error(self._name, message, "damaged"))
            return b""
        self._given += len(data)
        if self._given > _limit(self._counted.taken):
            self.problems.append(_too_large(self._name).problems[0])
            return b""
        return data


class _Counted:
    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self.taken = 0

    def read(self, size: int = -1, /) -> bytes:
        data = self._stream.read(size)
        self.taken += len(data)
        return data


def _unzipped(data: bytes, name: str) -> bytes:
    limit = _limit(len(data))
    try:
        with gzip.open(BytesIO(data)) as stream:
            content = stream.read(limit + 1)
    except (OSError, EOFError, zlib.error) as failure:
        message = (
            f"The gzip file cannot be opened ({failure}); download it again or unpack it first."
        )
        raise WinnowError(error(name, message)) from None
    if len(content) > limit:
        raise _too_large(name)
    return content


def _limit(packed: int) -> int:
    return min(MOST_BYTES, MOST_RATIO * packed + _SLACK)


def _too_large(name: str) -> WinnowError:
    message = (
        "The archive unfolds to far more than it weighs, or lies too deep in other archives, and was "
        "not opened; unpack it yourself if you trust it."
    )
    return WinnowError(error(name, message, "bomb"))


def _is_litter(path: str) -> bool:
    last = path.rsplit("/", 1)[-1]
    return path.startswith("__MACOSX/") or last in (".DS_Store", "Thumbs.db")
