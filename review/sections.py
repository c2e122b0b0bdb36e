"""The sections of review.toml that belong to the review as a whole."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from screening.section import Section, unwritten


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Files = Annotated[tuple[str, ...], BeforeValidator(_as_list)]


class Previous(Section):
    """What an updated review takes over from its previous version."""

    studies: int = Field(ge=0)
    reports: int = Field(ge=0)


class ReviewSection(Section):
    """`[review]`: what the review asks, what it builds on and who works on it.

    `updates` names the review this one is a new version of and carries in its studies (`previous`);
    `builds_on` only credits an earlier one.
    """

    title: str = Field(min_length=1)
    question: str = Field(min_length=1)
    aims: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = Field(min_length=1)
    builds_on: str = ""
    updates: str = ""
    previous: Previous | None = None
    registration: str = ""
    protocol: str = ""
    support: str = ""
    competing_interests: str = ""
    availability: str = ""


class InputsSection(Section):
    """`[inputs]`: files that people filled in; `winnow run` takes in what is new in them.

    `sheets` maps a sheet's name (extraction, measures, findings, ...) to its files.
    """

    duplicates: Files = ()
    decisions: Files = ()
    retrieval: Files = ()
    links: Files = ()
    appraisals: Files = ()
    consensus: Files = ()
    sheets: dict[str, Files] = unwritten()


class DatabaseSection(Section):
    """`[database]`: where the ledger lives; without a url it is review.db beside review.toml."""

    url: str = ""


class WebSection(Section):
    """`[web]`: how the pages are served."""

    host: str = "127.0.0.1"
    port: int = Field(default=8765, ge=1, le=65535)
    public: bool = False
    max_upload_mb: int = Field(default=200, ge=1, le=2000)
    session_hours: int = Field(default=12, ge=1, le=720)
    keys: dict[Literal["include", "exclude", "unsure", "undo", "note", "skip"], str] = unwritten()
