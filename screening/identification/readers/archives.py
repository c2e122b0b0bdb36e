"""Zip and gzip archives of exports, opened without trusting them."""

import gzip
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from screening.problems import WinnowError, error

MOST_BYTES = 1 << 31
MOST_MEMBERS = 10_000
MOST_RATIO = 200
MOST_DEPTH = 3


def members(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the name and bytes of every export in an archive, or `data` itself where it is none.

    Archives in archives are opened to a depth of three. Members' paths are only names: nothing is
    written. Raises WinnowError where the archive is damaged or unfolds beyond 2 GiB or 200 times its
    size. A spreadsheet is a zip file too, and is handed out whole.
    """
    yield from _members(data, name, 0)


def _members(data: bytes, name: str, depth: int) -> Iterator[tuple[str, bytes]]:
    if data.startswith(b"\x1f\x8b"):
        yield from _members(_unzipped(data, name), name.removesuffix(".gz"), depth + 1)
        return
    if not data.startswith(b"PK\x03\x04"):
        yield name, data
        return
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if any(entry.filename == "[Content_Types].xml" for entry in entries):
                yield name, data
                return
            size = sum(entry.file_size for entry in entries)
            if (
                depth >= MOST_DEPTH
                or len(entries) > MOST_MEMBERS
                or size > min(MOST_BYTES, MOST_RATIO * len(data) + 1_000_000)
            ):
                raise _refused(name)
            for entry in entries:
                if _is_litter(entry.filename):
                    continue
                with archive.open(entry) as stream:
                    content = stream.read(entry.file_size + 1)
                yield from _members(content, f"{name}/{entry.filename}", depth + 1)
    except (
        BadZipFile,
        NotImplementedError,
        RuntimeError,
        zlib.error,
        OSError,
        EOFError,
    ) as failure:
        message = f"The archive cannot be opened ({failure}); download it again or unpack it first."
        raise WinnowError(error(name, message), exit_status=2) from None


def _unzipped(data: bytes, name: str) -> bytes:
    limit = min(MOST_BYTES, MOST_RATIO * len(data) + 1_000_000)
    try:
        with gzip.open(BytesIO(data)) as stream:
            content = stream.read(limit + 1)
    except (OSError, EOFError, zlib.error) as failure:
        message = (
            f"The gzip file cannot be opened ({failure}); download it again or unpack it first."
        )
        raise WinnowError(error(name, message), exit_status=2) from None
    if len(content) > limit:
        raise _refused(name)
    return content


def _refused(name: str) -> WinnowError:
    message = "The archive unfolds to far more than it weighs and was not opened; unpack it yourself if you trust it."
    return WinnowError(error(name, message), exit_status=2)


def _is_litter(path: str) -> bool:
    last = path.rsplit("/", 1)[-1]
    return path.startswith("__MACOSX/") or last in (".DS_Store", "Thumbs.db")
