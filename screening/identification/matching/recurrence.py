"""Titles that several publications bear, as columns, yearly reports and "Editorial" do."""

from collections.abc import Mapping

import numpy as np

from screening.identification.matching.many_texts import Ints, Mask

SHORT = 4
"""A title of fewer words is as likely a column's name as a publication's."""

MANY = 3
"""So many people write under a heading only; two may by chance give their works one title, if it is not short."""

_NONE = np.iinfo(np.int64).max


def recurring(bearers: Ints, columns: Mapping[str, Ints]) -> Mask:
    """Return which records have a title that several publications of one first author bear.

    Records of equal `bearers` have title and first author in common. Two of them are for the pair to tell.
    More may be copies of one publication: then volume, issue and page are the same, as far as they are
    there, and the years at most one apart. Of a column's name, and of what nobody signed, each copy must
    say where it was printed.
    """
    _, group, counts = np.unique(bearers, return_inverse=True, return_counts=True)
    rows = np.flatnonzero(counts[group] > 2)
    recurs = np.zeros(len(bearers), dtype=bool)
    if not len(rows):
        return recurs
    rows = rows[np.argsort(group[rows], kind="stable")]
    starts = np.flatnonzero(np.diff(group[rows], prepend=-1))
    volume, issue, page, year = (
        columns[name][rows] for name in ("volume", "issue", "first_page", "year")
    )
    common = (columns["title_words"][rows] < SHORT) | (columns["author_key"][rows] == 0)
    found = np.logical_or.reduceat(common & (volume < 0) & (page < 0), starts)
    for values, known in ((volume, volume >= 0), (issue, issue >= 0)):
        found |= _apart(values, known, starts) > 0
    # What is listed ahead of print may count pages of its own.
    found |= _apart(page, (page > 1) | ((page == 1) & (volume >= 0)), starts) > 0
    found |= _apart(year, year > 0, starts) > 1
    recurs[rows] = np.repeat(found, np.diff(starts, append=len(rows)))
    return recurs


def headings(columns: Mapping[str, Ints]) -> Mask:
    """Return which records have for a title what several people published under, and do not say where.

    "Standards", "Editor's notes" or "Book review" by one person in one year may be two pieces of a column. The
    years must be more than one apart: else it may be one publication whose first author is written in many ways.
    """
    titles, authors, year = (columns[name] for name in ("title_key", "author_key", "year"))
    unplaced = (columns["volume"] < 0) & (columns["first_page"] < 0) & (titles != 0)
    found = np.zeros(len(titles), dtype=bool)
    rows = np.flatnonzero(np.isin(titles, titles[unplaced]) & (authors != 0) & (year > 0))
    if not len(rows):
        return found
    rows = rows[np.lexsort((authors[rows], titles[rows]))]
    starts = np.flatnonzero(np.diff(titles[rows], prepend=titles[rows[0]] - 1))
    others = np.diff(authors[rows], prepend=authors[rows[0]]) != 0
    others[starts] = True
    people = np.add.reduceat(others, starts, dtype=np.int64)
    enough = np.where(columns["title_words"][rows[starts]] < SHORT, 2, MANY)
    many = (people >= enough) & (_apart(year[rows], year[rows] > 0, starts) > 1)
    found[unplaced] = np.isin(titles[unplaced], titles[rows[starts[many]]])
    return found


def _apart(values: Ints, known: Mask, starts: Ints) -> Ints:
    """Return how far the known values of each group are apart, less than 0 where none is known."""
    least = np.minimum.reduceat(np.where(known, values, _NONE), starts)
    most = np.maximum.reduceat(np.where(known, values, 0), starts)
    apart: Ints = most - least
    return apart
