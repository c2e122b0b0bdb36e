"""One reference out of the records of one publication, each field remembering its record."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from screening.problems import WinnowError, error
from screening.records import Fields, Reference

_UNITED = ("registrations", "issn", "urls")
"""Every value any record has: a trial number or address in one export is as true as in all."""

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_SPREADSHEET_DAMAGE = re.compile(
    rf"^#(?:NAME\?|VALUE!|REF!|N/A)|^(?:\d{{1,2}}-{_MONTH}|{_MONTH}-\d{{1,2}})$", re.IGNORECASE
)


def compose(records: Sequence[tuple[str, Fields]]) -> Reference:
    """Return the reference that stands for records of one publication.

    `records` are (key, fields) in ledger order; the reference takes the first one's key. Preferred
    are: the title with the most words that is neither damaged nor in capitals; the most and fullest
    author names; the year, volume and issue most records agree on (the later year when they are
    even: print over online first); the journal's full name; the complete page range; the DOI most
    records agree on; the longest abstract. Equal claims go to the earlier record. Registrations, ISSNs
    and addresses are united, so `origins` may name several records for them. Raises WinnowError
    without records.
    """
    if not records:
        raise WinnowError(
            error("", "A reference needs at least one record; none was given to compose it from.")
        )
    chosen: dict[str, Any] = {}
    origins: list[tuple[str, str]] = []
    for name in Fields.__dataclass_fields__:
        filled = [(key, getattr(fields, name)) for key, fields in records if getattr(fields, name)]
        if not filled:
            continue
        if name in _UNITED:
            chosen[name], keys = _unite(filled)
        else:
            merit = _MERITS.get(name, _agreement)
            key, chosen[name] = _best(filled, merit([value for _, value in filled]))
            keys = [key]
        origins += [(name, key) for key in keys]
    return Reference(
        key=records[0][0],
        fields=Fields(**chosen),
        record_keys=tuple(key for key, _ in records),
        origins=tuple(origins),
    )


def _unite(filled: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[tuple[str, ...], list[str]]:
    united: dict[str, str] = {}
    for key, values in filled:
        for value in values:
            united.setdefault(value, key)
    return tuple(united), list(dict.fromkeys(united.values()))


def _best(filled: Sequence[tuple[str, Any]], merits: Sequence[Any]) -> tuple[str, Any]:
    # max() keeps the first of equals: the earlier record.
    return filled[max(range(len(filled)), key=merits.__getitem__)]


def _agreement(values: Sequence[Any]) -> list[Any]:
    votes = Counter(values)
    return [(_undamaged(value), votes[value]) for value in values]


def _agreement_then_later(values: Sequence[int]) -> list[Any]:
    votes = Counter(values)
    return [(votes[value], value) for value in values]


def _title_merit(values: Sequence[str]) -> list[Any]:
    return [(_undamaged(text), not _shouted(text), len(text.split())) for text in values]


def _authors_merit(values: Sequence[tuple[str, ...]]) -> list[Any]:
    return [
        (
            len(names) > 1 or len(names[0]) < 80,  # one very long name is a list nobody split
            len(names),
            sum("," in name for name in names),
            sum(map(len, names)),
            not _shouted(" ".join(names)),
        )
        for names in values
    ]


def _full_name_merit(values: Sequence[str]) -> list[Any]:
    return [(_undamaged(text), not _shouted(text), "." not in text, len(text)) for text in values]


def _pages_merit(values: Sequence[str]) -> list[Any]:
    return [(_undamaged(text), "-" in text or "–" in text, len(text)) for text in values]


def _length(values: Sequence[Any]) -> list[int]:
    return [len(value) for value in values]


def _undamaged(value: Any) -> bool:  # noqa: ANN401 - any field's value
    return not (isinstance(value, str) and _SPREADSHEET_DAMAGE.search(value.strip()))


def _shouted(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 8 and text == text.upper() and text != text.lower()


_MERITS: dict[str, Callable[[Sequence[Any]], Sequence[Any]]] = {
    "title": _title_merit,
    "authors": _authors_merit,
    "year": _agreement_then_later,
    "journal": _full_name_merit,
    "pages": _pages_merit,
    "abstract": _length,
    "keywords": _length,
    "notes": _length,
}
