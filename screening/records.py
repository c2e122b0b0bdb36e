"""The frozen values that travel through a review, in the words of PRISMA 2020 (Page et al. 2021).

Records are made by our own readers in great number, so these are slotted dataclasses; values that
come from a person are validated by pydantic where they enter.
"""

from dataclasses import dataclass, fields
from enum import StrEnum
from operator import attrgetter
from typing import Any


class SourceKind(StrEnum):
    """The kind of place searched, which decides the lane of the PRISMA diagram."""

    DATABASE = "database"
    REGISTER = "register"
    WEBSITE = "website"
    ORGANISATION = "organisation"
    CITATION_SEARCHING = "citation_searching"
    OTHER = "other"

    @property
    def lane(self) -> str:
        """Return "dbr" for databases and registers, "other" for all other methods."""
        return "dbr" if self in (SourceKind.DATABASE, SourceKind.REGISTER) else "other"


class Stage(StrEnum):
    """A stage at which people decide."""

    TITLE_ABSTRACT = "title_abstract"
    RETRIEVAL = "retrieval"
    FULL_TEXT = "full_text"


class Verdict(StrEnum):
    """One reviewer's word on one reference at one stage."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    UNSURE = "unsure"


class Category(StrEnum):
    """A final category beside included and excluded: listed apart, never an exclusion reason."""

    AWAITING = "awaiting_classification"
    ONGOING = "ongoing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The bibliographic fields of one record, as far as its export has them.

    Missing is None or an empty tuple. Authors are "Family, Given"; a group is one name without a
    comma. `doi` is bare and lower case. `pages` holds a range as printed ("244-58"),
    `article_number` what journals without pages use instead.
    """

    type: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    journal: str | None = None
    journal_abbreviation: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    article_number: str | None = None
    doi: str | None = None
    pmid: str | None = None
    accession: str | None = None
    registrations: tuple[str, ...] = ()
    isbn: str | None = None
    issn: tuple[str, ...] = ()
    abstract: str | None = None
    keywords: tuple[str, ...] = ()
    language: str | None = None
    urls: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the fields as JSON-ready values in declared order, tuples as lists."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in zip(_FIELD_NAMES, _field_values(self), strict=True)
        }


_FIELD_NAMES = tuple(each.name for each in fields(Fields))
_field_values = attrgetter(*_FIELD_NAMES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One entry of one export file, with the text it was read from kept verbatim in `raw`.

    `position` counts the entries of the file from 1. `line` is the first line of the entry where the
    syntax has lines, for messages.
    """

    source_file: str
    position: int
    format: str
    provider: str | None
    fields: Fields
    raw: str
    line: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the record as one flat JSON object in the order `winnow convert` prints."""
        return {
            "source_file": self.source_file,
            "position": self.position,
            "format": self.format,
            "provider": self.provider,
            **self.fields.as_json(),
            "raw": self.raw,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The deduplicated record: one per publication, behind one or more merged records.

    `key` is permanent: the key of its earliest record. `record_keys` are all its records in ledger
    order. `origins` says for each filled field the key of the record it was taken from.
    """

    key: str
    fields: Fields
    record_keys: tuple[str, ...]
    origins: tuple[tuple[str, str], ...] = ()
