"""How far the places of each candidate pair agree: year, volume, pages."""

import numpy as np

from screening.identification.matching.columns import Columns
from screening.identification.matching.evidence import Levels, Mask, Number, Pages, Year
from screening.identification.matching.many_texts import Ints

_MANY_PAGES = 10_000
"""A first page that only the journals have that count on through a year: they have no article numbers."""

LONG = 2
"""Pages from first to last that make an article: letters and abstracts share a page with others."""


def equal(one: Ints, other: Ints, missing: int) -> Levels:
    """Return whether numbers or codes are the same, MISSING where either is `missing`."""
    level = np.where(one == other, Number.SAME, Number.DIFFERENT)
    return np.where((one == missing) | (other == missing), Number.MISSING, level).astype(np.int8)


def volume_levels(columns: Columns, a: Ints, b: Ints) -> Levels:
    """Return how the volumes of each pair agree."""
    level = equal(columns.volume[a], columns.volume[b], -1)
    # "Suppl 51" of volume 25 in one export is volume 51 of the supplements in another.
    renumbered = ((columns.volume[a] == columns.issue[b]) & columns.supplement[b]) | (
        (columns.volume[b] == columns.issue[a]) & columns.supplement[a]
    )
    level[renumbered & (level == Number.DIFFERENT)] = Number.SAME
    return level


def page_levels(columns: Columns, a: Ints, b: Ints) -> Levels:
    """Return how the pages of each pair agree."""
    first, start = columns.first_page[a], columns.first_page[b]
    last, end = columns.last_page[a], columns.last_page[b]
    # A supplement's pages are no slip of an issue's.
    alike = columns.page_letters[a] == columns.page_letters[b]
    long = (last - first >= LONG) & (end - start >= LONG)
    short = (last - first < LONG) & (end - start < LONG) & alike
    level = np.select(
        [long & alike, short], [Pages.DIFFERENT_LONG, Pages.DIFFERENT_SHORT], Pages.DIFFERENT
    ).astype(np.int8)
    inside = ((first >= start) & (last <= end)) | ((start >= first) & (end <= last))
    level[inside] = Pages.WITHIN
    ranges = (last != first) & (end != start)
    level[(first == start) | (ranges & (last == end))] = Pages.SAME_EDGE
    same = (first == start) & (last == end)
    level[same] = Pages.SAME
    level[same & long] = Pages.SAME_LONG
    level[same & columns.article[a] & columns.article[b]] = Pages.SAME_ARTICLE
    # One counts its own pages from 1, the other has an article number: not comparable.
    level[(first != start) & ((first == 1) | (start == 1)) & ~(long & alike)] = Pages.MISSING
    damaged = columns.page_damaged[a] | columns.page_damaged[b]
    touching = (first == start) | (last == end) | (first == end) | (start == last)
    level[damaged] = np.where(touching[damaged], Pages.SAME_EDGE, Pages.MISSING)
    # An article's number and its pages within the volume are not comparable either, but for the single
    # page of a journal that counts beyond 10,000.
    numbered = (columns.article[a] != columns.article[b]) & (first != start)
    level[numbered & ~(alike & (np.minimum(first, start) >= _MANY_PAGES))] = Pages.MISSING
    level[(first < 0) | (start < 0)] = Pages.MISSING
    return level


def one_unplaced(columns: Columns, a: Ints, b: Ints) -> Mask:
    """Return whether one says where it was printed and the other does not, or counts its own pages."""
    # Of the pairs at hand only: a run has many more records than a piece has pairs.
    one, other = (
        (columns.volume[rows] >= 0) | (columns.issue[rows] >= 0) | (columns.first_page[rows] >= 0)
        for rows in (a, b)
    )
    unplaced: Mask = (one != other) | own_pages(columns, a, b) | own_pages(columns, b, a)
    return unplaced


def own_pages(columns: Columns, a: Ints, b: Ints) -> Mask:
    """Return whether a counts its own pages from 1, as what is listed ahead of print, and b has a volume."""
    own: Mask = (
        (columns.first_page[a] == 1)
        & (columns.volume[a] < 0)
        & (columns.issue[a] < 0)
        & ~columns.page_damaged[a]
        & (columns.volume[b] >= 0)
    )
    return own


def slipped_place(columns: Columns, a: Ints, b: Ints) -> Mask:
    """Return whether volume and issue of one stand in the places of issue and page in the other."""
    return _slipped(columns, a, b) | _slipped(columns, b, a)


def _slipped(columns: Columns, a: Ints, b: Ints) -> Mask:
    slipped: Mask = (
        (columns.volume[a] < 0)
        & (columns.issue[a] >= 0)
        & (columns.issue[a] == columns.volume[b])
        & (columns.issue[b] >= 0)
        & (columns.first_page[a] == columns.issue[b])
    )
    return slipped


def year_levels(one: Ints, other: Ints) -> Levels:
    """Return how years agree."""
    gap = np.abs(one - other)
    level = np.select([gap == 0, gap == 1], [Year.SAME, Year.ONE_APART], Year.APART)
    return np.where((one == 0) | (other == 0), Year.MISSING, level).astype(np.int8)
