"""From the way a person names a reference to its key, and the names that reports are given."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from itertools import islice

from sqlalchemy import Connection

from review.pipeline.decision_sheet import Named
from review.store import queries
from screening.problems import Problem, error
from screening.records import Record, Reference
from screening.toml_text import closest

_AT_ONCE = 27  # a key without a letter, and those with one


def resolve(conn: Connection, name: str, place: str, problems: list[Problem]) -> str | None:
    """Return the key of the reference of a record key or report key; None, and a problem, if none."""
    if found := reference_named(conn, name):
        return found
    hint = closest(name, queries.report_keys(conn).values())
    problems.append(error(place, f'"{name}" is no reference of this review.{hint}', name))
    return None


class Names:
    """What the rows of a sheet name: each file and the keys are read once, not once for each row."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._files: dict[str, dict[int, str]] = {}

    def reference(self, named: Named, place: str, problems: list[Problem]) -> str | None:
        """Return the key of the reference that a row names; None, and a problem, if there is none."""
        record = self.record(named, place, problems)
        return None if record is None else self.reference_of(record)

    def record(self, named: Named, place: str, problems: list[Problem]) -> str | None:
        """Return the key of the record that a row names; None, and a problem, if there is none."""
        if named.file:
            return self._record_at(named, place, problems)
        if not named.key:
            return None  # the sheet has already said that the row names nothing
        return self.reference_of(named.key) or resolve(self._conn, named.key, place, problems)

    def reference_of(self, record: str) -> str | None:
        """Return the key of the reference that a record belongs to, or None."""
        return self._references.get(record)

    def _record_at(self, named: Named, place: str, problems: list[Problem]) -> str | None:
        if named.file not in self._files:
            self._files[named.file] = queries.records_at(self._conn, named.file)
        if found := self._files[named.file].get(named.position):
            return found
        files = queries.loaded_files(self._conn)
        if named.file not in files:
            message = f'no file "{named.file}" was loaded.{closest(named.file, files)}'
        else:
            message = f"{named.file} has no record {named.position}."
        problems.append(error(place, message, named.file))
        return None

    @cached_property
    def _references(self) -> dict[str, str]:
        return queries.references_of(self._conn)


def reference_named(conn: Connection, name: str) -> str | None:
    """Return the reference behind a record key ("r12") or a report key ("bain2014"), or None."""
    if re.fullmatch(r"r[1-9][0-9]*", name):
        return queries.reference_of(conn, name)
    return queries.reference_by_report_key(conn, name)


def own_record(conn: Connection, key: str) -> Record:
    """Return the record of exactly this key, whatever it was merged with."""
    return next(each.record for each in queries.verbatim_records(conn, key) if each.key == key)


def names_for(
    references: Sequence[Reference], given: Callable[[Collection[str]], set[str]]
) -> dict[str, str]:
    """Return a new permanent key for the report of each reference, in their order.

    It is the first author's family name and the year, with a letter where that is taken: "Ghosh
    Ippen, C.", 2011 gives "ghoshippen2011", a second one "ghoshippen2011a". The name is folded to
    ASCII letters; without an author the first word of the title stands for it. `given` returns those
    of some keys that were given before.
    """
    names: dict[str, str] = {}
    used: set[str] = set()
    for reference in references:
        keys = _lettered(_base(reference))
        free: list[str] = []
        while not free:
            some = list(islice(keys, _AT_ONCE))
            taken = given(some)
            free = [key for key in some if key not in taken and key not in used]
        names[reference.key] = free[0]
        used.add(free[0])
    return names


def _base(reference: Reference) -> str:
    fields = reference.fields
    family = fields.authors[0].split(",")[0] if fields.authors else ""
    word = _folded(family) or _folded((fields.title or "").split(" ")[0]) or "anon"
    return f"{word}{fields.year or 'nd'}"


def _lettered(base: str) -> Iterable[str]:
    yield base
    number = 0
    while True:
        letters, rest = "", number
        while True:
            rest, last = divmod(rest, 26)
            letters = chr(ord("a") + last) + letters
            if not rest:
                break
            rest -= 1
        yield f"{base}{letters}"
        number += 1


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss").casefold())
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())
