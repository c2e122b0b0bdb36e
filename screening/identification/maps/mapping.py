"""From the tags of one entry to its fields: the rules every syntax and platform shares.

This is the inner loop of every reader. It first asks, for an entry or a list at once, whether
anything in it needs mending, and mends only then.
"""

import re
from itertools import chain

from screening.identification.maps.fields import FieldMap, Names, Plan, Tags
from screening.identification.maps.labelled_notes import NOTHING, Labelled, is_only_label, labelled
from screening.identification.maps.making import make_fields
from screening.identification.matching.kinds import kind_of
from screening.identification.texts.dates import year_of
from screening.identification.texts.dois import bare_doi, doi_in_address
from screening.identification.texts.markup import plain_line, plain_text
from screening.identification.texts.name_lists import split_names
from screening.identification.texts.names import person
from screening.identification.texts.pages import page_range
from screening.identification.texts.registrations import may_hold_registrations, registrations_in
from screening.identification.texts.serials import serial_numbers
from screening.records import Fields

# Signs that keep a name from being final: role or number behind it, brackets, separators.
_UNFINISHED_NAME = re.compile(r"[\[\](){}|]")
_FOUR_WORDS = re.compile(r" [^ \n]+ [^ \n]+ ")
_BLANK = ("", " ", "\n")
_LABELLED_PMID = re.compile(
    r"(?:PUBMED|PMID|MEDLINE):? ?(\d{1,9})|(\d{1,9}) ?\[PMID\]", re.IGNORECASE
)
_LONGEST_PMID = 9
_LONGEST_MENTION = 2000


def fields_from(tags: Tags, where: FieldMap, text: str, *, tidy: bool = False) -> Fields:
    """Return the fields of one entry from its `tags`, found as `where` says.

    `text` is the entry as a whole; it only tells cheaply whether a registration number may be there.
    `tidy` says that the reader has looked at the whole and found no value to need mending but for
    line breaks and blanks at its ends: no entities, tags, tabs, odd or double spaces.
    """
    plan = where.plan(tags)
    line: dict[str, str | None] = {}
    for name, names in plan.lines:
        if tidy:
            value: str | None = tags[names[0]][0].strip()
            if value and "\n" not in value and value.isprintable():
                line[name] = value
                continue
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
    abstract: str | None = None
    notes: Names = ()
    known = NOTHING
    if plan.abstract or plan.notes:
        abstract, notes, known = _running_text(tags, where, plan, tidy=tidy)
    issns, isbn = serial_numbers(_values(tags, plan.serials)) if plan.serials else ((), None)
    addresses = _addresses(_values(tags, plan.addresses)) if plan.addresses else ()
    abbreviation = line.get("journal_abbreviation")
    accession = line.get("accession") or known.accession
    return make_fields(
        _type(tags, plan.type) if plan.type else None,
        title,
        _authors(tags, where, plan, tidy=tidy),
        _year(tags, plan.year),
        line.get("journal") or abbreviation,
        abbreviation,
        line.get("volume"),
        line.get("issue"),
        pages,
        line.get("article_number"),
        _doi(tags, plan.doi, addresses, plan.mentions),
        _pmid(tags, plan) or known.pmid,
        accession,
        _registrations(tags, where, text, accession),
        isbn or known.isbn,
        issns,
        abstract,
        _keywords(_values(tags, plan.keywords), where.split_keywords, tidy=tidy)
        if plan.keywords
        else (),
        line.get("language"),
        addresses,
        notes,
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


def _authors(tags: Tags, where: FieldMap, plan: Plan, *, tidy: bool) -> tuple[str, ...]:
    names: list[str] = []
    for tag in plan.authors:
        names = tags[tag]
        if any(names):
            break
    if plan.groups:
        names = [*names, *_values(tags, plan.groups)]
    if plan.editors and not any(names):
        names = _values(tags, plan.editors)
    if not names:
        return ()
    if not where.lists and _are_final_names(names, tidy=tidy):
        return tuple(names)
    if (
        where.lists
        or (len(names) == 1 and _is_list(names[0]))
        or any(";" in name or name.count(",") > 2 for name in names)
    ):
        names = [name for value in names for name in split_names(value)]
    people = (person(plain_line(name), natural=where.natural) for name in names)
    return tuple(name for name in people if name)


def _are_final_names(names: list[str], *, tidy: bool) -> bool:
    """Return whether each is "Family, Given" already, with nothing to mend and no second name in it."""
    joined = "\n".join(names)
    count = len(names)
    return (
        joined.count(",") == count
        and joined.count(", ") == count
        and joined.count("\n") == count - 1
        and (_is_stripped(joined) if tidy else _is_tidy(joined))
        and ";" not in joined
        and not _UNFINISHED_NAME.search(joined)
        and (joined.count(" ") <= count * 2 or not _FOUR_WORDS.search(joined))
    )


def _is_stripped(joined: str) -> bool:
    """Return whether values joined by line ends have no blanks at their ends."""
    return (
        " \n" not in joined
        and "\n " not in joined
        and "\n\n" not in joined
        and joined[:1] not in _BLANK
        and joined[-1:] not in _BLANK
        and (joined.isascii() or joined.replace("\n", "").isprintable())
    )


def _is_tidy(joined: str) -> bool:
    """Return whether values joined by line ends need no change of white space or markup."""
    return (
        _is_stripped(joined)
        and "  " not in joined
        and "&" not in joined
        and "<" not in joined
        and "\t" not in joined
    )


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
    tags: Tags, where: FieldMap, plan: Plan, *, tidy: bool
) -> tuple[str | None, tuple[str, ...], Labelled]:
    """Return the abstract, the notes with any further abstracts, and identifiers named in notes."""
    mend = _stripped if tidy else plain_text
    texts = [text for value in _values(tags, plan.abstract) if (text := mend(value))]
    if not plan.notes and len(texts) < 2:
        return (texts[0] if texts else None), (), NOTHING
    values = _values(tags, plan.notes)
    if where.split_notes:
        values = [part for value in values for part in value.split(where.split_notes)]
    notes = [text for value in values if (text := mend(value))]
    if len(texts) > 1:
        notes += list(dict.fromkeys(text for text in texts[1:] if text != texts[0]))
    known = labelled(notes)
    kept = tuple(text for text in notes if not is_only_label(text))
    return (texts[0] if texts else None), kept, known


def _stripped(value: str) -> str:
    return plain_text(value) if "\n" in value else value.strip()


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


def _pmid(tags: Tags, plan: Plan) -> str | None:
    for name in plan.pmid:
        for value in tags[name]:
            digits = value.strip(" .:\n")
            if digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_PMID:
                return digits.lstrip("0") or None
    for name in (*plan.pmid_labelled, *plan.pmid):
        for value in tags[name]:
            found = _LABELLED_PMID.fullmatch(value.strip())
            if found:
                return (found.group(1) or found.group(2)).lstrip("0") or None
    return None


def _keywords(values: list[str], separator: str | None, *, tidy: bool) -> tuple[str, ...]:
    joined = "\n".join(values)
    if (
        separator == ";"
        and ";" not in joined
        and joined.count("\n") == len(values) - 1
        and (_is_stripped(joined) if tidy else _is_tidy(joined))
    ):
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
