"""The places that were searched, as review.toml describes them (PRISMA-S items 1 to 13)."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from screening.records import SourceKind
from screening.section import Section, unwritten

_PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def _partial_date(text: str) -> str:
    if not _PARTIAL_DATE.fullmatch(text):
        msg = f'"{text}" is not a date; write a day 2022-04-12, a month 2022-04 or a year 2022.'
        raise ValueError(msg)
    return text


PartialDate = Annotated[str, AfterValidator(_partial_date)]


class HistoryLine(Section):
    """One line of a database's search history, with the hits it gave."""

    line: str | int
    query: str
    hits: int | None = Field(default=None, ge=0)


class Source(Section):
    """A database, register, website, organisation, citation search or other place searched.

    `strategy` is verbatim as run, or `strategy_file` names the text file that holds it. `reported` is
    the number of results the platform stated; loading is checked against it. `limits` states what was
    limited and what deliberately was not ("none").
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    name: str = Field(min_length=1)
    platform: str = ""
    kind: SourceKind
    searched: PartialDate | None = None
    strategy: str = ""
    strategy_file: str = ""
    history: tuple[HistoryLine, ...] = ()
    limits: dict[str, str] = unwritten()
    filters: str = ""
    peer_review: str = ""
    exports: tuple[str, ...] = ()
    reported: int | None = Field(default=None, ge=0)
    note: str = ""

    def describe(self) -> str:
        """Return the source's name with its platform: "MEDLINE (PubMed)"."""
        return f"{self.name} ({self.platform})" if self.platform else self.name


class Known(Section):
    """Reports that any good search must find, by report key, DOI or PMID."""

    reports: tuple[str, ...] = ()
