"""What comparing two records finds, field by field: one level per field for every candidate pair."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Levels = NDArray[np.int8]
Mask = NDArray[np.bool_]


class Title(IntEnum):
    """How the titles agree. SHORT is the same title, but of few words, as of columns and editorials."""

    MISSING = 0
    SAME = 1
    SHORT = 2
    MISSPELT = 3
    SIMILAR = 4
    WITHIN = 5
    LOOSE = 6
    DIFFERENT = 7


class Authors(IntEnum):
    """How the author lists agree; FIRST where only the first authors do."""

    MISSING = 0
    SAME = 1
    SIMILAR = 2
    FIRST = 3
    DIFFERENT = 4


class Year(IntEnum):
    """How the years agree; online and print often lie one apart."""

    MISSING = 0
    SAME = 1
    ONE_APART = 2
    APART = 3


class Journal(IntEnum):
    """How the journals agree; abbreviations, acronyms and a shared ISSN make them the same."""

    MISSING = 0
    SAME = 1
    ALIKE = 2
    DIFFERENT = 3


class Number(IntEnum):
    """How two numbers or identifiers agree: volume, issue, DOI, PubMed number."""

    MISSING = 0
    SAME = 1
    DIFFERENT = 2


class Pages(IntEnum):
    """How the pages agree; LONG ranges span three pages or more, as whole articles do.

    Pages that differ are both LONG, both SHORT, or one of each. SAME_ARTICLE is the same article number, which names one work within its journal.
    """

    MISSING = 0
    SAME = 1
    SAME_LONG = 2
    SAME_EDGE = 3
    WITHIN = 4
    DIFFERENT = 5
    DIFFERENT_LONG = 6
    SAME_ARTICLE = 7
    DIFFERENT_SHORT = 8


class Abstract(IntEnum):
    """How the beginnings of the abstracts agree."""

    MISSING = 0
    SAME = 1
    SIMILAR = 2
    LOOSE = 3
    DIFFERENT = 4


@dataclass(frozen=True, slots=True)
class Evidence:
    """One level per field and pair, and what tells two publications of one title apart.

    `numbers` is true where both titles have numbers that the other lacks ("Part I", "Part II"), `kind`
    where one is a reply, correction or the like, `version` where the DOIs name versions of one work,
    `meeting` where one was printed in a supplement, `preprint` where one lies on a preprint server, `registry` where
    one is the entry of a trial registry and the other is not, or they name different trials,
    `entry` where both are a registry's entries of one trial, `sort` where one is a thesis or deposited data
    and the other is neither, `shared_title` where several publications bear the title, `translated` where a title is
    marked as not the printed one, `headed` where one title is the other under a heading ("Review: ..."),
    `unplaced` where one has a place (volume, issue or pages) and the other none at all, as articles do
    that are listed ahead of print, `spans` where both have the same first page, not page 1, and the same
    later last page, `substituted` where each title has a word in place of one of the other's, as far as
    nothing but the titles tells.
    """

    title: Levels
    authors: Levels
    year: Levels
    journal: Levels
    volume: Levels
    issue: Levels
    pages: Levels
    doi: Levels
    pmid: Levels
    abstract: Levels
    numbers: Mask
    kind: Mask
    version: Mask
    meeting: Mask
    preprint: Mask
    registry: Mask
    entry: Mask
    sort: Mask
    shared_title: Mask
    translated: Mask
    headed: Mask
    unplaced: Mask
    spans: Mask
    substituted: Mask

    def __len__(self) -> int:
        return len(self.title)

    def levels(self, chosen: NDArray[np.int64]) -> Levels:
        """Return the levels of the chosen pairs, a row for each and a column for each of SCORED."""
        return np.stack([getattr(self, name)[chosen] for name in SCORED], axis=1)


SCORED: dict[str, type[IntEnum]] = {
    "title": Title,
    "authors": Authors,
    "year": Year,
    "journal": Journal,
    "volume": Number,
    "issue": Number,
    "pages": Pages,
    "doi": Number,
    "pmid": Number,
    "abstract": Abstract,
}
"""The fields that carry weight in the score, with their levels, in the order of Evidence."""
