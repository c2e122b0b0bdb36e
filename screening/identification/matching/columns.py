"""All records of one run as columns: what blocking and scoring compute on."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from operator import lt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from screening.identification.matching.many_texts import Ints, Texts, joined
from screening.identification.matching.parts import CODED, Part, part
from screening.identification.matching.printed import SHOWN, Shown, printed
from screening.identification.matching.recurrence import headings, recurring
from screening.problems import WinnowError, error
from screening.records import Fields

_TRUE_OR_FALSE = ("translated", "supplement", "page_damaged", "article", "preprint", "registry")


@dataclass(frozen=True, slots=True)
class Columns:
    """One row per record, sorted by key. Text is folded; a code is -1, a year or PubMed number 0 where missing.

    Equal codes mean equal values, nothing else; `journals`, `title_numbers`, `issns` and `registrations` are
    the distinct values that codes number from 0. `title_recurs`
    says whether several publications have a record's title and first author, `heading` whether many people's have
    its title and nothing says where it stands, `sort` is one of Sort, `title_signature` and `author_signature`
    have a bit for every word of the title and of the names; `alternatives` holds the few titles in a second
    language; `words` are those that several titles have. `shown` is what a reviewer is told, `filled` how many fields a record has.
    Columns named after a key or the first letters of something are those of `keying`.
    """

    keys: list[str]
    titles: Texts
    title_words: Ints
    title_signature: NDArray[np.uint64]
    title_recurs: NDArray[np.bool_]
    heading: NDArray[np.bool_]
    alternatives: dict[int, str]
    number_code: Ints
    kind: Ints
    translated: NDArray[np.bool_]
    authors: Texts
    author_signature: NDArray[np.uint64]
    first_authors: Texts
    author_runs: Texts
    year: Ints
    journal_code: Ints
    volume: Ints
    issue: Ints
    supplement: NDArray[np.bool_]
    first_page: Ints
    last_page: Ints
    page_letters: Ints
    page_damaged: NDArray[np.bool_]
    article: NDArray[np.bool_]
    doi_code: Ints
    work_code: Ints
    version: Ints
    preprint: NDArray[np.bool_]
    registry: NDArray[np.bool_]
    sort: Ints
    registration_code: Ints
    pmid: Ints
    issn_code: Ints
    filled: Ints
    abstract_length: Ints
    title_key: Ints
    words_key: Ints
    title_letters: NDArray[np.uint8]
    title_repeated: Ints
    start_key: Ints
    end_key: Ints
    author_key: Ints
    abstract_key: Ints
    title_first: Ints
    title_second: Ints
    title_third: Ints
    author_first: Ints
    abstracts: Texts
    dois: Texts
    shown: Shown
    journals: list[str]
    title_numbers: list[frozenset[int]]
    issns: list[frozenset[str]]
    registrations: list[frozenset[str]]
    words: frozenset[str]

    def __len__(self) -> int:
        return len(self.keys)


_AT_ONCE = 10_000


def columns(
    records: Sequence[Fields],
    step: Callable[[int], None] | None = None,
    keys: Sequence[str] | None = None,
) -> Columns:
    """Return records as columns; `step` is told how many are done.

    Without `keys` the records keep their order. Raises WinnowError when a key occurs twice.
    """
    keys = keys if keys is not None else [f"{row:09}" for row in range(len(records))]
    parts = []
    for start in range(0, len(records), _AT_ONCE):
        parts.append(
            part(keys[start : start + _AT_ONCE], printed(records[start : start + _AT_ONCE]))
        )
        if step:
            step(min(start + _AT_ONCE, len(records)))
    return together(parts)


def together(parts: Iterable[Part]) -> Columns:
    """Return the columns of several parts, sorted by key. Raises WinnowError when a key occurs twice."""
    parts = list(parts) or [part((), printed(()))]
    keys = list(chain.from_iterable(one.keys for one in parts))
    alternatives: dict[int, str] = {}
    start = 0
    for one in parts:
        alternatives |= {start + row: text for row, text in one.alternatives.items()}
        start += len(one.keys)
    order = None
    if not all(map(lt, keys, islice(keys, 1, None))):
        order = np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)
        keys = [keys[row] for row in order.tolist()]
        _refuse_twins(keys)
        place = {row: position for position, row in enumerate(order.tolist())}
        alternatives = {place[row]: text for row, text in alternatives.items()}
    distinct: dict[str, list[Any]] = {}
    named: dict[str, Any] = {}
    for name in list(parts[0].numbers):
        column = np.concatenate([one.numbers.pop(name) for one in parts])
        if name in CODED:
            distinct[CODED[name]] = _renumbered(parts, CODED[name], column)
        named[name] = column if order is None else column[order]
    texts: dict[str, Texts] = {}
    for name in list(parts[0].texts):
        column_of_texts = joined([one.texts.pop(name) for one in parts])
        texts[name] = column_of_texts if order is None else column_of_texts.at(order)
    for name in _TRUE_OR_FALSE:
        named[name] = named[name].astype(bool)
    if _are_record_numbers(named["issue"]):
        named["issue"] = np.full_like(named["issue"], -1)
    heading = headings(named)
    recurs = recurring(named.pop("bearer_key"), named) | heading
    shown = {field: texts.pop(f"shown_{field}") for field in SHOWN if f"shown_{field}" in texts}
    return Columns(
        keys,
        shown=Shown(named.pop("shown_year"), shown),
        **texts,  # type: ignore[arg-type]  # each by its name
        **named,
        title_recurs=recurs,
        heading=heading,
        alternatives=alternatives,
        journals=distinct["journals"],
        title_numbers=distinct["numbers"],
        issns=distinct["issns"],
        registrations=distinct["registrations"],
        words=_words(texts["titles"]),
    )


_NUMBERED, _UNLIKE = 100, 0.9
"""Issues, at the least, and the share of them that must be unlike all others to be no issues."""


def _are_record_numbers(issues: Ints) -> bool:
    """Return whether an export numbered its records where the issue belongs, as libraries of EndNote do.

    Issues recur: most journals have twelve a year or fewer.
    """
    given = issues[issues >= 0]
    return len(given) >= _NUMBERED and len(np.unique(given)) >= _UNLIKE * len(given)


def _renumbered(parts: list[Part], values: str, codes: Ints) -> list[Any]:
    """Give equal values of all parts one code, in place, and return the values."""
    known: dict[Any, int] = {}
    start = 0
    for one in parts:
        local = one.distinct[values]
        mapped = np.fromiter(
            (known.setdefault(value, len(known)) for value in local), np.int64, len(local)
        )
        # Code -1 takes the last place, which stays -1.
        mapped = np.append(mapped, -1)
        stop = start + len(one.keys)
        codes[start:stop] = mapped[codes[start:stop]]
        start = stop
    return list(known)


_LOOKED_AT, _TITLES, _BEARERS = 20_000, 500, 5
"""Titles looked at for words, how many there must be to tell words from slips, and how many have a word:
more than the copies that most publications have, which repeat one slip."""


def _words(titles: Texts) -> frozenset[str]:
    """Return the words that several titles have, as far as there are enough of them."""
    looked_at = set(titles.strings(np.arange(min(len(titles), _LOOKED_AT))))
    if len(looked_at) < _TITLES:
        return frozenset()
    counted = Counter(chain.from_iterable(set(title.split()) for title in looked_at))
    return frozenset(word for word, times in counted.items() if times >= _BEARERS)


def _refuse_twins(keys: list[str]) -> None:
    for one, other in pairwise(keys):
        if one == other:
            raise WinnowError(error(one, f"Two records have the key {one!r}; keys must be unique."))
