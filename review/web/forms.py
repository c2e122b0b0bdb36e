"""Forms whose fields depend on the review: read as plain text, files apart."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from review.web.serving import server_of
from screening.problems import WinnowError, error


@dataclass(frozen=True, slots=True)
class Sent:
    """The fields of a form as text, the last of each name, and its file, if it carries one.

    `in_order` is every field as it was sent, those of one name after one another.
    """

    fields: dict[str, str]
    file_name: str = ""
    file: bytes = b""
    in_order: tuple[tuple[str, str], ...] = ()

    def text(self, name: str) -> str:
        """Return a field without the space around it, or nothing."""
        return self.fields.get(name, "").strip()

    def number(self, name: str) -> int:
        """Return a field as a whole number, 0 where it is none."""
        text = self.text(name)
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0

    def each(self, name: str) -> tuple[str, ...]:
        """Return what was filled in under a name that may be there several times."""
        return tuple(text for own, text in self.in_order if own == name and text)

    def starting(self, prefix: str) -> dict[str, str]:
        """Return what was filled in under names that begin so, without that beginning."""
        return {
            name.removeprefix(prefix): text
            for name in self.fields
            if name.startswith(prefix) and (text := self.text(name))
        }


async def sent(request: Request) -> Sent:
    """Return what a form sent. Raises WinnowError for a file larger than the review allows."""
    fields: list[tuple[str, str]] = []
    name, content = "", b""
    most = server_of(request).project.protocol.web.max_upload_mb * 1024 * 1024
    async with request.form() as form:
        for key, value in form.multi_items():
            if isinstance(value, UploadFile):
                content = await value.read(most + 1)
                name = (value.filename or "").replace("\\", "/").rpartition("/")[2]
            else:
                fields.append((key, value.replace("\r\n", "\n").replace("\x00", "")))
    if len(content) > most:
        raise WinnowError(error(name, f"this file is larger than {most // 2**20} MB."))
    return Sent(dict(fields), name, content, tuple(fields))


AForm = Annotated[Sent, Depends(sent)]
