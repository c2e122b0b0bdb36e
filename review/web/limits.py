"""How much a visitor may send: more than that is refused before it is read."""

from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_BESIDE_FILES = 1024 * 1024


class TooLarge(HTTPException):
    """More was sent than is allowed in one go."""

    def __init__(self, megabytes: int) -> None:
        super().__init__(
            413,
            f"No more than {megabytes} MB can be sent in one go. If more is meant, raise "
            "max_upload_mb under [web] in review.toml.",
        )


class LimitedBody:
    """Stop reading a request whose body grows past what `megabytes()` allows."""

    def __init__(self, app: ASGIApp, megabytes: Callable[[], int]) -> None:
        self._app = app
        self._megabytes = megabytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting what comes in."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        megabytes = self._megabytes()
        largest = megabytes * 1024 * 1024 + _BESIDE_FILES
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > largest:
                raise TooLarge(megabytes)
            return message

        await self._app(scope, counted, send)
