"""How far two titles agree."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from screening.identification.forms.folding import compact
from screening.identification.matching.columns import Columns
from screening.identification.matching.evidence import Levels, Mask, Title
from screening.identification.matching.letters import letters_in_common, uncounted
from screening.identification.matching.many_texts import Ints, Texts
from screening.identification.matching.recurrence import SHORT
from screening.identification.matching.slips import (
    Words,
    all_slipped,
    left_over,
    lettered_apart,
    respelt,
    unlike,
)

_SIMILAR, _LOOSE = 88, 75
"""Per cent of letters in common: two in three publications of one title lie above the first and few
unrelated titles of one author above the second (tests/calibration)."""

_TELLING = 4
"""Spaces in a title, at the least, that may be looked for at the end of another."""

_SPEAKING_OF = frozenset(
    [
        "about", "club", "concern", "counterpoint", "critique", "discussion", "notice", "on", "re", "rebuttal", "regarding",
        "remarks", "reprint", "reprinted", "republished", "response", "retracted", "summary", "to",
        "update", "withdrawal",
        "antwort", "berichtigung", "erwiderung", "kommentar", "zu", "zum", "zur",
        "commentaire", "reponse", "rectificatif",
        "comentario", "comentarios", "respuesta", "resposta",
        "commento", "corrige", "risposta",
    ]
)  # fmt: skip
"""Words of a heading after which a title is spoken of ("Summary of: ...", "Response to ..."), also in
the languages that most journals of medicine have beside English."""

_WITHIN = 97
"""Token-set ratio at which one title's words are all in the other's, but for a letter."""

_ANONYMOUS_SHORT = 8
"""So it is with one of fewer words where nobody signed it: "Conference proceedings: oral presentations"."""

_SHARED, _ALMOST_ALL = 0.4, 0.7
"""Share of the shorter title's words that similar titles have in common at the least, and that a title
has in common with one it is within: below, the costlier comparisons cannot succeed."""


def like_signatures(columns: Columns, a: Ints, b: Ints) -> Mask:
    """Return whether titles share enough words to be similar, as far as their signatures tell."""
    shared, fewest = _shared(columns, a, b)
    # One misspelt word of few is half a title; and titles in some scripts are one word.
    likely: Mask = (shared >= _SHARED * fewest) | (fewest < SHORT)
    return likely


def like_titles(columns: Columns, a: Ints, b: Ints, workers: int) -> Mask:
    """Return whether the titles of each pair are similar or one is within the other."""
    like: Mask = columns.words_key[a] == columns.words_key[b]
    likely = np.flatnonzero(~like & like_signatures(columns, a, b))
    likely = likely[_like_letters(columns, a[likely], b[likely])]
    ratio = ratios(columns.titles, a[likely], b[likely], fuzz.ratio, _SIMILAR, workers)
    like[likely] = ratio >= _SIMILAR
    shared, fewest = _shared(columns, a, b)
    rest = np.flatnonzero((shared >= _ALMOST_ALL * fewest) & ~like)
    like[rest] = _within(columns, a[rest], b[rest], workers)
    return like


def _like_letters(columns: Columns, a: Ints, b: Ints) -> Mask:
    """Return whether titles may be similar, as far as the letters tell that they have in common.

    A ratio is twice the letters in common, in order, to those of both: in no order there are more of them.
    """
    one, other = columns.titles.at(a).lengths, columns.titles.at(b).lengths
    enough = np.flatnonzero(200 * np.minimum(one, other) >= _ALMOST_SIMILAR * (one + other))
    like = np.zeros(len(a), dtype=bool)
    common = letters_in_common(columns, a[enough], b[enough])
    like[enough] = 200 * common >= _ALMOST_SIMILAR * (one + other)[enough]
    like |= uncounted(columns, a, b)
    return like


_ALMOST_SIMILAR = _SIMILAR - 0.01
"""What is just below _SIMILAR may be rounded to it."""


def _within(columns: Columns, a: Ints, b: Ints, workers: int) -> Mask:
    """Return whether all words of one title are in the other, but for a letter."""
    rest = np.flatnonzero(_may_be_within(columns, a, b))
    within = np.zeros(len(a), dtype=bool)
    titles = columns.titles
    within[rest] = (
        ratios(titles, a[rest], b[rest], fuzz.token_set_ratio, _WITHIN, workers) >= _WITHIN
    )
    return within


def _may_be_within(columns: Columns, a: Ints, b: Ints) -> Mask:
    """Return whether the token-set ratio of titles may reach _WITHIN, as far as their letters tell.

    It is the highest of three ratios: of the words in common, each once, with and without those that one
    title has alone, or the other; and of all words of both. Letters that one title has more of are of
    words that it has alone, or has twice.
    """
    blanks, blanks_too = (columns.title_letters[rows, 0].astype(np.int64) for rows in (a, b))
    lengths, lengths_too = columns.titles.at(a).lengths, columns.titles.at(b).lengths
    common = letters_in_common(columns, a, b) - np.minimum(blanks, blanks_too)
    one = lengths - blanks - columns.title_repeated[a] - common
    other = lengths_too - blanks_too - columns.title_repeated[b] - common
    allowed = 1 - _WITHIN / 100
    # So many letters beside all words in common are so many per cent of both.
    most = 2 * allowed / (1 - allowed)
    found: Mask = (one <= most * lengths) | (other <= most * lengths_too)
    found |= one + other <= allowed * (lengths + lengths_too + 2) + 1
    found |= uncounted(columns, a, b)
    return found


def _shared(columns: Columns, a: Ints, b: Ints) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return how many words, told by their bits, both titles share and the shorter one has."""
    one, other = columns.title_signature[a], columns.title_signature[b]
    shared: NDArray[np.uint8] = np.bitwise_count(one & other)
    return shared, np.minimum(np.bitwise_count(one), np.bitwise_count(other))


def ratios(  # noqa: PLR0913, PLR0917 - each says what is compared, or how
    texts: Texts | Mapping[int, str],
    a: Ints,
    b: Ints,
    scorer: Callable[..., float],
    cutoff: int,
    workers: int,
) -> NDArray[np.float32]:
    """Return how much of the texts of each pair agrees, in per cent, 0 where it is less than `cutoff`."""
    if isinstance(texts, Texts):
        one, other = texts.strings(a), texts.strings(b)
    else:
        one, other = [texts[row] for row in a.tolist()], [texts[row] for row in b.tolist()]
    found: NDArray[np.float32] = cpdist(
        one, other, scorer=scorer, score_cutoff=cutoff, workers=workers, dtype=np.float32
    )
    return found


def compare_titles(columns: Columns, a: Ints, b: Ints, workers: int) -> Levels:
    """Return the Title level of each pair of rows."""
    same = columns.title_key[a] == columns.title_key[b]
    words = np.minimum(columns.title_words[a], columns.title_words[b])
    unsigned = (columns.author_signature[a] == 0) & (columns.author_signature[b] == 0)
    # On the same page of the same volume it is the same.
    unsigned &= (columns.first_page[a] != columns.first_page[b]) | (columns.first_page[a] < 0)
    short = words < np.where(unsigned, _ANONYMOUS_SHORT, SHORT)
    short |= columns.heading[a] & columns.heading[b]
    level = np.where(short, Title.SHORT, Title.SAME).astype(np.int8)

    rest = np.flatnonzero(~same)
    one, other = columns.titles.strings(a[rest]), columns.titles.strings(b[rest])
    ratio = cpdist(
        one, other, scorer=fuzz.ratio, score_cutoff=_LOOSE, workers=workers, dtype=np.float32
    )
    # Below, the costlier comparison cannot succeed; of titles that are similar it tells no more.
    shared, fewest = _shared(columns, a[rest], b[rest])
    open_ = np.flatnonzero(
        (ratio < _SIMILAR) & (shared >= _ALMOST_ALL * fewest) & (words[rest] >= SHORT)
    )
    within = np.zeros(len(rest), dtype=bool)
    within[open_] = _within(columns, a[rest[open_]], b[rest[open_]], workers)
    found = np.full(len(rest), Title.DIFFERENT, dtype=np.int8)
    found[ratio >= _LOOSE] = Title.LOOSE
    subtitled = np.fromiter(map(_begins, one, other), dtype=bool, count=len(one))
    found[subtitled | within] = Title.WITHIN
    found[ratio >= _SIMILAR] = Title.SIMILAR
    for row in np.flatnonzero(ratio >= _SIMILAR).tolist():
        if _misspelt(one[row], other[row], columns.words):
            found[row] = Title.MISSPELT
    level[rest] = found
    _prefer_translations(columns, a, b, level)
    level[words == 0] = Title.MISSING
    return level


def _same(one: str, other: str) -> bool:
    return one == other or (one[:1] == other[:1] and compact(one) == compact(other))


def _headed(one: str, other: str) -> str:
    """Return what stands before one title in the other, "" where neither ends with the other."""
    short, long = (one, other) if len(one) < len(other) else (other, one)
    if short.count(" ") < _TELLING or not long.endswith(f" {short}"):
        return ""
    return long[: -len(short) - 1]


def headed(columns: Columns, a: Ints, b: Ints, level: Levels) -> Mask:
    """Return whether one title is the other under a heading, as of the journal's section or a column."""
    found = np.zeros(len(a), dtype=bool)
    likely = (level == Title.SIMILAR) | (level == Title.WITHIN) | (level == Title.LOOSE)
    for row in np.flatnonzero(likely).tolist():
        heading = _headed(columns.titles[a[row]], columns.titles[b[row]])
        found[row] = bool(heading) and _SPEAKING_OF.isdisjoint(heading.split())
    return found


def _begins(one: str, other: str) -> bool:
    """Return whether one title is the other without its subtitle."""
    short, long = (one, other) if len(one) < len(other) else (other, one)
    return " " in short and long.startswith(short) and long[len(short)] == " "


def _misspelt(one: str, other: str, words: Words) -> bool:
    """Return whether the titles differ by small words or by slips of the keyboard."""
    # Meetings number their abstracts: "22 Using light to unveil depression".
    if (heading := _headed(one, other)) and " " not in heading and heading[-1].isdigit():
        return True
    left, right = left_over(one, other)
    if any(character.isdigit() for word in (*left, *right) for character in word):
        return False
    return not lettered_apart(one, other) and all_slipped(left, right, words)


def substituted(columns: Columns, a: Ints, b: Ints, likely: Mask) -> Mask:
    """Return for the likely pairs whether each title has a word in place of one of the other's.

    Exports shorten titles and misspell them; what they do not do is to write "men" for "women".
    """
    found = np.zeros(len(a), dtype=bool)
    for row in np.flatnonzero(likely).tolist():
        one, other = columns.titles[a[row]], columns.titles[b[row]]
        left, right = left_over(one, other)
        found[row] = lettered_apart(one, other) or (
            not all_slipped(left, right, columns.words)
            and not respelt("".join(left), "".join(right))
            and bool(unlike(left, right, one, columns.words))
            and bool(unlike(right, left, other, columns.words))
        )
    return found


def _prefer_translations(columns: Columns, a: Ints, b: Ints, level: Levels) -> None:
    if not columns.alternatives:
        return
    bilingual = np.zeros(len(columns), dtype=bool)
    bilingual[list(columns.alternatives)] = True
    for row in np.flatnonzero((level >= Title.SIMILAR) & (bilingual[a] | bilingual[b])).tolist():
        one, other = int(a[row]), int(b[row])
        mine = {columns.titles[one], columns.alternatives.get(one, "")} - {""}
        theirs = {columns.titles[other], columns.alternatives.get(other, "")} - {""}
        if any(
            _same(title, twin) or _misspelt(title, twin, columns.words)
            for title in mine
            for twin in theirs
        ):
            level[row] = Title.MISSPELT


def shared_titles(columns: Columns, a: Ints, b: Ints) -> Mask:
    """Return whether several publications bear a title of the pair with its first author."""
    recurs: Mask = columns.title_recurs[a] | columns.title_recurs[b]
    return recurs
