"""The page that only says something."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MessagePage:
    """What went wrong, or what is not here, in sentences."""

    title: str
    sentences: tuple[str, ...]
