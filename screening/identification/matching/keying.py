"""What blocking keeps records together by: a number for each telling part, and numbers that sort as titles do."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from screening.identification.forms.folding import compact
from screening.identification.matching.hashing import BASE, Sums, first_eight, text_hashes
from screening.identification.matching.many_texts import Ints, Texts, line_starts

_EDGE = 24
"""Letters of a title's start or end that make a key: three to four words."""

LETTERS, MOST_COUNTED = 32, 255
"""Letters told apart where they are counted (the blank, the small ones, digits with some of these), and
how many are."""

_EIGHT = 8
_WORDS = _EDGE // _EIGHT
_ABSTRACT = slice(40, 100)
"""Letters past the heading that some databases put before an abstract and others leave out."""


def keyed(
    titles: Texts, sums_of_titles: Sums, first_authors: Texts, abstracts: Texts
) -> dict[str, NDArray[Any]]:
    """Return columns of numbers for folded titles, folded first authors, and abstracts.

    A key is 0 where there is nothing; the "first", "second" and "third" of a title or name are its letters,
    eight in a number; "title_letters" counts them, and
    "title_repeated" those of words that a title has more than once.
    """
    letters = titles.lines()
    starts, ends = titles.starts, titles.ends
    close = letters[letters != ord(" ")]
    stops = np.flatnonzero(close == ord("\n"))
    begins = line_starts(stops)
    names, name_starts, name_ends = first_authors.lines(), first_authors.starts, first_authors.ends
    partings = np.flatnonzero(names <= ord(" "))
    family_ends = partings[np.searchsorted(partings, name_starts)]
    of_titles, of_names = Sums(close), Sums(names)
    words = sums_of_titles.hashes(starts, ends)
    found = {
        "title_key": of_titles.hashes(begins, stops),
        "start_key": of_titles.hashes(begins, np.minimum(begins + _EDGE, stops)),
        "end_key": of_titles.hashes(np.maximum(stops - _EDGE, begins), stops),
        "author_key": of_names.hashes(name_starts, family_ends),
        "abstract_key": text_hashes(_past_heading(abstracts)),
        "words_key": words,
        "bearer_key": (words * np.uint64(BASE)) ^ of_names.hashes(name_starts, name_ends),
        "author_first": first_eight(names, name_starts, name_ends),
    }
    for word, name in enumerate(("title_first", "title_second", "title_third")):
        begin = np.minimum(starts + word * _EIGHT, ends)
        found[name] = first_eight(letters, begin, ends)
    columns: dict[str, NDArray[Any]] = {
        name: values.view(np.int64) for name, values in found.items()
    }
    columns["title_letters"] = _counted(titles)
    # Letters beyond ASCII are of several bytes each.
    if len(rows := titles.beyond_ascii()):
        texts = [compact(text) for text in titles.strings(rows)]
        columns["start_key"][rows] = keys_of([text[:_EDGE] for text in texts])
        columns["end_key"][rows] = keys_of([text[-_EDGE:] for text in texts])
        for name, values in zip(
            ("title_first", "title_second", "title_third"),
            _as_numbers(titles.strings(rows), _WORDS),
            strict=True,
        ):
            columns[name][rows] = values
    if len(rows := first_authors.beyond_ascii()):
        columns["author_first"][rows] = _as_numbers(first_authors.strings(rows), 1)[0]
    return columns


def _counted(titles: Texts) -> NDArray[np.uint8]:
    """Return how many of each letter a title has, as far as these can be counted."""
    letters = titles.lines()
    # Each line end is left out.
    row = np.repeat(np.arange(0, len(titles) * LETTERS, LETTERS), titles.lengths)
    kind = letters[letters != ord("\n")] & np.uint8(LETTERS - 1)
    counts = np.bincount(row + kind, minlength=len(titles) * LETTERS)
    return np.minimum(counts, MOST_COUNTED).astype(np.uint8).reshape(-1, LETTERS)


def keys_of(texts: list[str]) -> Ints:
    """Return the key of each text, 0 for ""."""
    return text_hashes(Texts.of(texts)).view(np.int64)


def _past_heading(abstracts: Texts) -> Texts:
    starts, ends = abstracts.starts, abstracts.ends
    cut = Texts(
        abstracts.letters,
        np.minimum(starts + _ABSTRACT.start, ends),
        np.minimum(starts + _ABSTRACT.stop, ends),
    ).compact()
    return Texts(cut.encoded.lower(), cut.starts, cut.ends, lined=cut.lined).replaced(
        {row: abstracts[row][_ABSTRACT].lower() for row in abstracts.beyond_ascii().tolist()}
    )


def _as_numbers(texts: list[str], words: int) -> Ints:
    """Return the first letters of each text, eight in a number, a row for each eight."""
    width = _EIGHT * words
    cut = "".join([text[:width].ljust(width) for text in texts]).encode("ascii", "replace")
    return np.frombuffer(cut, dtype=">i8").reshape(len(texts), words).T.astype(np.int64)
