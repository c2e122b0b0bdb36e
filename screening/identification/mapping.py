"""From the tags of one entry to its fields: the rules every syntax and platform shares.

This is the inner loop of every reader. It first asks, for an entry or a list at once, whether
anything in it needs mending, and mends only then.
"""

import re
from itertools import chain

from screening.identification.dates import year_of
from screening.identification.dois import bare_doi, doi_in_address
from screening.identification.field_maps import FieldMap, Names, Tags
from screening.identification.kinds import kind_of
from screening.identification.labelled_notes import NOTHING, Labelled, is_only_label, labelled
from screening.identification.markup import plain_line, plain_text
from screening.identification.name_lists import split_names
from screening.identification.names import person
from screening.identification.pages import page_range
from screening.identification.registrations import may_hold_registrations, registrations_in
from screening.identification.serials import serial_numbers
from screening.records import Fields

# Anything in a list of names, joined by line ends, that keeps them from being final as they are.
_UNFINISHED_NAMES = re.compile(r"[;&<\[\](){}|\d\t\u200b\xa0]|  | ?\n |\A | (?:\n|\Z)|,(?! )|,[^,\n]*,[^,\n]*,|[^\n]{70}")
_UNFINISHED_WORDS = re.compile(r"[;&<\t\u200b\xa0]|  |\n[\n ]|\A[ \n]|[ \n](?:\n|\Z)")
_LONGEST_MENTION = 2000


def fields_from(tags: Tags, where: FieldMap, text: str) -> Fields:
    """Return the fields of one entry from its `tags`, found as `where` says.

    `text` is the entry as a whole; it only tells cheaply whether a registration number may be there.
    """
    plan = where.plan(tags)
    line: dict[str, str | None] = {}
    for name, names in plan.lines:
        for tag in names:
            value = plain_line(tags[tag][0]) or _next_line(tags[tag])
            if value:
                line[name] = value
                break
    title = line.get("title")
    if title and plan.subtitle:
        title = _with_subtitle(title, plain_line(tags[plan.subtitle[0]][0]))
    pages = line.get("pages")
    if pages or plan.last_page:
        pages = page_range(pages, _last_page(tags, plan.last_page))
    abstract, notes, known = None, (), NOTHING
    if plan.abstract or plan.notes:
        abstract, notes, known = _running_text(tags, where, plan.abstract, plan.notes)
    issns, isbn = serial_numbers(_values(tags, plan.serials)) if plan.serials else ((), None)
    addresses = _addresses(_values(tags, plan.addresses)) if plan.addresses else ()
    abbreviation = line.get("journal_abbreviation")
    accession = line.get("accession") or known.accession
    return Fields(
        type=_type(tags, plan.type),
        title=title,
        authors=_authors(tags, where, plan.authors, plan.groups, plan.editors),
        year=_year(tags, plan.year),
        journal=line.get("journal") or abbreviation,
        journal_abbreviation=abbreviation,
        volume=line.get("volume"),
        issue=line.get("issue"),
        pages=pages,
        article_number=line.get("article_number"),
        doi=_doi(tags, plan.doi, addresses, plan.mentions),
        pmid=_pmid(tags, plan.pmid) or known.pmid,
        accession=accession,
        registrations=_registrations(tags, where, text, accession),
        isbn=isbn or known.isbn,
        issn=issns,
        abstract=abstract,
        keywords=_keywords(_values(tags, plan.keywords), where.split_keywords)
        if plan.keywords
        else (),
        language=line.get("language"),
        urls=addresses,
        notes=notes,
    )


def _next_line(values: list[str]) -> str | None:
    for value in values[1:]:
        line = plain_line(value)
        if line:
            return line
    return None


def _last_page(tags: Tags, names: Names) -> str | None:
    return plain_line(tags[names[0]][0]) if names else None


def _values(tags: Tags, names: Names) -> list[str]:
    if len(names) == 1:
        return tags[names[0]]
    return [value for name in names for value in tags[name]]


def _type(tags: Tags, names: Names) -> str | None:
    for name in names:
        for value in tags[name]:
            kind = kind_of(plain_line(value))
            if kind:
                return kind
    return None


def _with_subtitle(title: str, subtitle: str) -> str:
    if not subtitle or subtitle.lower() in title.lower():
        return title
    return f"{title.rstrip(': ')}: {subtitle}"


def _authors(
    tags: Tags, where: FieldMap, authors: Names, groups: Names, editors: Names
) -> tuple[str, ...]:
    names: list[str] = []
    for tag in authors:
        names = tags[tag]
        if any(names):
            break
    if groups:
        names = [*names, *_values(tags, groups)]
    if editors and not any(names):
        names = _values(tags, editors)
    if not names:
        return ()
    joined = "\n".join(names)
    if (
        joined.count(", ") == len(names)
        and not where.lists
        and not _UNFINISHED_NAMES.search(joined)
        and joined.count("\n") == len(names) - 1
    ):
        return tuple(dict.fromkeys(names))
    if where.lists or any(map(_is_list, names)):
        names = [name for value in names for name in split_names(value)]
    people = (person(plain_line(name), natural=where.natural) for name in names)
    return tuple(dict.fromkeys(name for name in people if name))


def _is_list(value: str) -> bool:
    """Return whether a value meant for one name holds several all the same."""
    return (
        ";" in value
        or "\n" in value.strip()
        or value.count(",") > 2
        or (value.count(" ") > 2 and "," in value and len(split_names(value)) > 1)
    )


def _year(tags: Tags, names: Names) -> int | None:
    for name in names:
        for value in tags[name]:
            year = year_of(value.strip())
            if year:
                return year
    return None


def _running_text(
    tags: Tags, where: FieldMap, abstracts: Names, noted: Names
) -> tuple[str | None, tuple[str, ...], Labelled]:
    """Return the abstract, the notes with any further abstracts, and identifiers named in notes."""
    texts = [text for value in _values(tags, abstracts) if (text := plain_text(value))]
    if not noted and len(texts) < 2:
        return (texts[0] if texts else None), (), NOTHING
    values = _values(tags, noted)
    if where.split_notes:
        values = [part for value in values for part in value.split(where.split_notes)]
    notes = [text for value in values if (text := plain_text(value))]
    if len(texts) > 1:
        notes += list(dict.fromkeys(text for text in texts[1:] if text != texts[0]))
    known = labelled(notes)
    kept = tuple(text for text in notes if not is_only_label(text))
    return (texts[0] if texts else None), kept, known


def _addresses(values: list[str]) -> tuple[str, ...]:
    if len(values) == 1:
        only = values[0].strip()
        if "://" in only and " " not in only and "\n" not in only and only[-1] not in ";,":
            return (only,) if ";http" not in only else tuple(only.split(";"))
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


def _doi(tags: Tags, names: Names, addresses: tuple[str, ...], mentions: Names) -> str | None:
    for name in names:
        for value in tags[name]:
            doi = bare_doi(value)
            if doi:
                return doi
    mentioned = (value for value in _values(tags, mentions) if len(value) < _LONGEST_MENTION)
    for value in chain(addresses, mentioned):
        doi = doi_in_address(value)
        if doi:
            return doi
    return None


def _pmid(tags: Tags, names: Names) -> str | None:
    for name in names:
        for value in tags[name]:
            digits = value.strip().removesuffix("[PMID]").removeprefix("PUBMED").strip(" .:")
            if digits.isascii() and digits.isdigit() and len(digits) <= 9:
                return digits.lstrip("0") or None
    return None


def _keywords(values: list[str], separator: str | None) -> tuple[str, ...]:
    joined = "\n".join(values)
    if joined.count("\n") == len(values) - 1 and not _UNFINISHED_WORDS.search(joined):
        return tuple(dict.fromkeys(values))
    found: dict[str, None] = {}
    for value in values:
        text = plain_text(value)
        if separator:
            text = text.replace(separator, "\n")
        for part in text.split("\n"):
            found[part.strip()] = None
    found.pop("", None)
    return tuple(found)


def _registrations(
    tags: Tags, where: FieldMap, text: str, accession: str | None
) -> tuple[str, ...]:
    if not may_hold_registrations(text):
        return registrations_in(accession) if accession and len(accession) > 6 else ()
    found: set[str] = set()
    for name, values in tags.items():
        if name not in where.cited:
            for value in values:
                found.update(registrations_in(value))
    return tuple(sorted(found))
