"""Files that people send: as large as allowed, under names that are only names."""

from pathlib import PurePosixPath, PureWindowsPath

from fastapi import UploadFile

from screening.problems import WinnowError, error

_LONGEST = 120


def plain_name(name: str) -> str:
    """Return the last part of a file's name without what could leave a folder or break a header."""
    last = PurePosixPath(PureWindowsPath(name.replace("\0", "")).name).name
    kept = "".join(letter for letter in last if letter.isprintable() and letter not in '"<>|:*?')
    stem, dot, ending = kept.strip(". ").rpartition(".")
    if not dot:
        return kept.strip(". ")[:_LONGEST] or "file"
    return f"{stem[: _LONGEST - len(ending[:10]) - 1]}.{ending[:10]}"


def read_whole(upload: UploadFile, largest_mb: int) -> bytes:
    """Return an uploaded file's bytes; raises WinnowError where it is larger than allowed."""
    data = upload.file.read(largest_mb * 1024 * 1024 + 1)
    if len(data) > largest_mb * 1024 * 1024:
        raise WinnowError(
            error(
                plain_name(upload.filename or ""),
                f"this file is larger than {largest_mb} MB. If it is meant, raise max_upload_mb "
                "under [web] in review.toml.",
            )
        )
    return data
