"""From tags to fields: what every syntax shares once its tags are told apart.

A reader hands over each entry as tag -> values in file order; a `FieldMap` says, as data, which tags
hold which field. `providers.py` and the readers own the maps.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from screening.identification.dates import year_of
from screening.identification.dois import bare_doi, doi_in_address
from screening.identification.kinds import kind_of
from screening.identification.labelled_notes import Labelled, is_only_label, labelled
from screening.identification.markup import plain_line, plain_text
from screening.identification.name_lists import split_names
from screening.identification.names import person
from screening.identification.pages import page_range
from screening.identification.registrations import may_hold_registrations, registrations_in
from screening.identification.serials import serial_numbers
from screening.records import Fields

Tags = Mapping[str, list[str]]
Names = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldMap:
    """Which tags hold which field, in order of preference: the first tag with a value counts.

    `authors` are taken from the first of these tags that is there, `groups` are added to them and
    `editors` stand in where both are absent. `addresses` are web addresses, which may name the DOI.
    `mentions` are tags whose text may name the DOI or another identifier as such. `cited` tags hold
    other publications and are never searched. `split_*` are separators inside one value; `lists`
    says that one value may hold several authors, `natural` that names are written given name first.
    """

    type: Names = ()
    title: Names = ()
    subtitle: Names = ()
    authors: Names = ()
    groups: Names = ()
    editors: Names = ()
    year: Names = ()
    journal: Names = ()
    journal_abbreviation: Names = ()
    volume: Names = ()
    issue: Names = ()
    pages: Names = ()
    last_page: Names = ()
    article_number: Names = ()
    doi: Names = ()
    pmid: Names = ()
    accession: Names = ()
    registrations: Names = ()
    serials: Names = ()
    abstract: Names = ()
    keywords: Names = ()
    language: Names = ()
    addresses: Names = ()
    notes: Names = ()
    mentions: Names = ()
    cited: frozenset[str] = frozenset()
    lists: bool = False
    split_keywords: str | None = ";"
    split_notes: str | None = None
    natural: bool = False


def fields_from(tags: Tags, where: FieldMap, text: str) -> Fields:
    """Return the fields of one entry from its `tags`, found as `where` says.

    `text` is the entry as a whole; it only tells cheaply whether a registration number may be there.
    """
    abstract, spare_abstracts = _abstracts(tags, where)
    notes, known = _notes(tags, where, spare_abstracts)
    journal = _line(tags, where.journal)
    abbreviation = _line(tags, where.journal_abbreviation)
    issns, isbn = serial_numbers(_values(tags, where.serials))
    addresses = _addresses(tags, where)
    title = _line(tags, where.title)
    if title and where.subtitle:
        title = _with_subtitle(title, _line(tags, where.subtitle))
    return Fields(
        type=_type(tags, where),
        title=title,
        authors=_authors(tags, where),
        year=_year(tags, where),
        journal=journal or abbreviation,
        journal_abbreviation=abbreviation,
        volume=_line(tags, where.volume),
        issue=_line(tags, where.issue),
        pages=page_range(_line(tags, where.pages), _line(tags, where.last_page)),
        article_number=_line(tags, where.article_number),
        doi=_doi(tags, where, addresses),
        pmid=_pmid(tags, where) or known.pmid,
        accession=_line(tags, where.accession) or known.accession,
        registrations=_registrations(tags, where, text),
        isbn=isbn or known.isbn,
        issn=issns,
        abstract=abstract,
        keywords=_keywords(tags, where),
        language=_line(tags, where.language),
        urls=addresses,
        notes=notes,
    )


def _first(tags: Tags, names: Names) -> str | None:
    for name in names:
        values = tags.get(name)
        if values:
            for value in values:
                if value and not value.isspace():
                    return value
    return None


def _line(tags: Tags, names: Names) -> str | None:
    value = _first(tags, names)
    return plain_line(value) or None if value else None


def _values(tags: Tags, names: Names) -> list[str]:
    found: list[str] = []
    for name in names:
        values = tags.get(name)
        if values:
            found += values
    return found


def _type(tags: Tags, where: FieldMap) -> str | None:
    for name in where.type:
        for value in tags.get(name, ()):
            kind = kind_of(plain_line(value))
            if kind:
                return kind
    return None


def _with_subtitle(title: str, subtitle: str | None) -> str:
    if not subtitle or subtitle.lower() in title.lower():
        return title
    return f"{title.rstrip(': ')}: {subtitle}"


def _authors(tags: Tags, where: FieldMap) -> tuple[str, ...]:
    names: list[str] = []
    for tag in where.authors:
        names = tags.get(tag) or []
        if any(names):
            break
    if where.groups:
        names = [*names, *_values(tags, where.groups)]
    if not any(names):
        names = _values(tags, where.editors)
    if not names:
        return ()
    if where.lists or any(map(_is_list, names)):
        names = [name for value in names for name in split_names(value)]
    people = (person(plain_line(name), natural=where.natural) for name in names)
    return tuple(dict.fromkeys(name for name in people if name))


def _is_list(value: str) -> bool:
    """Return whether a value meant for one name holds several all the same."""
    return (
        ";" in value
        or "\n" in value
        or value.count(",") > 2
        or (value.count(" ") > 2 and "," in value and len(split_names(value)) > 1)
    )


def _year(tags: Tags, where: FieldMap) -> int | None:
    for name in where.year:
        for value in tags.get(name, ()):
            year = year_of(value)
            if year:
                return year
    return None


def _abstracts(tags: Tags, where: FieldMap) -> tuple[str | None, tuple[str, ...]]:
    values = _values(tags, where.abstract)
    if not values:
        return None, ()
    if len(values) == 1:
        return plain_text(values[0]) or None, ()
    texts = [text for text in dict.fromkeys(map(plain_text, values)) if text]
    return (texts[0], tuple(texts[1:])) if texts else (None, ())


def _notes(
    tags: Tags, where: FieldMap, spare_abstracts: tuple[str, ...]
) -> tuple[tuple[str, ...], Labelled]:
    values = _values(tags, where.notes)
    if not values and not spare_abstracts:
        return (), NOTHING
    if where.split_notes:
        values = [part for value in values for part in value.split(where.split_notes)]
    notes = [text for text in map(plain_text, values) if text]
    notes += spare_abstracts
    known = labelled(notes)
    return tuple(text for text in notes if not is_only_label(text)), known


NOTHING = Labelled()


def _addresses(tags: Tags, where: FieldMap) -> tuple[str, ...]:
    values = _values(tags, where.addresses)
    if not values:
        return ()
    found: dict[str, None] = {}
    for value in values:
        for line in value.split("\n"):
            if "://" not in line:
                found["%20".join(plain_line(line).split())] = None
                continue
            for part in line.replace(";http", " http").split():
                found[part.rstrip(";,")] = None
    found.pop("", None)
    return tuple(found)


def _doi(tags: Tags, where: FieldMap, addresses: Iterable[str]) -> str | None:
    for name in where.doi:
        for value in tags.get(name, ()):
            doi = bare_doi(value)
            if doi:
                return doi
    mentions = (value for value in _values(tags, where.mentions) if len(value) < 2000)
    for value in chain(addresses, mentions):
        doi = doi_in_address(value)
        if doi:
            return doi
    return None


def _pmid(tags: Tags, where: FieldMap) -> str | None:
    for name in where.pmid:
        for value in tags.get(name, ()):
            digits = value.strip().removesuffix("[PMID]").removeprefix("PUBMED").strip(" .:")
            if digits.isascii() and digits.isdigit() and len(digits) <= 9:
                return digits.lstrip("0") or None
    return None


def _keywords(tags: Tags, where: FieldMap) -> tuple[str, ...]:
    values = _values(tags, where.keywords)
    if not values:
        return ()
    found: dict[str, None] = {}
    separator = where.split_keywords
    for value in values:
        if "\n" in value or (separator and separator in value):
            parts = value.replace(separator, "\n").split("\n") if separator else value.split("\n")
            for part in parts:
                found[plain_line(part)] = None
        else:
            found[plain_line(value)] = None
    found.pop("", None)
    return tuple(found)


def _registrations(tags: Tags, where: FieldMap, text: str) -> tuple[str, ...]:
    if not may_hold_registrations(text):
        return ()
    found: set[str] = set()
    for name, values in tags.items():
        if name not in where.cited:
            for value in values:
                found.update(registrations_in(value))
    return tuple(sorted(found))
