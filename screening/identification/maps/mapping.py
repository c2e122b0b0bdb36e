"""From the tags of one entry to its fields: the rules every syntax and platform shares.

This is the inner loop of every reader. It first asks, for an entry or a list at once, whether
anything in it needs mending, and mends only then.
"""

import re
from functools import lru_cache

from screening.identification.maps.fields import (
    LINES,
    FieldMap,
    Names,
    Plan,
    Tags,
    values_in,
)
from screening.identification.maps.identifiers import (
    accession_in,
    addresses_in,
    doi_in,
    is_labelled,
    misplaced_doi,
    pmid_in,
    pmid_in_addresses,
    registrations_among,
)
from screening.identification.maps.labelled_notes import NOTHING
from screening.identification.maps.making import FieldsDraft
from screening.identification.maps.people import authors_in
from screening.identification.maps.running_text import keywords_in, running_text
from screening.identification.matching.kinds import kind_of
from screening.identification.texts.dates import year_of
from screening.identification.texts.markup import plain_line
from screening.identification.texts.pages import page_range
from screening.identification.texts.serials import serial_numbers
from screening.records import Fields


def fields_from(
    tags: Tags, where: FieldMap, text: str, *, trimmed: bool = False, tidy: bool = False
) -> Fields:
    """Return the fields of one entry from its `tags`, found as `where` says.

    `text` holds all values with numbers in them; it only tells cheaply whether a registration number may be
    there. `trimmed` says that no value is empty or has blanks at its ends, `tidy` also that none has markup, a line
    end, a tab or two blanks together.
    """
    plan = where.plan(tags)
    lines = _lines(tags, plan, trimmed=trimmed, tidy=tidy)
    title, journal, abbreviation, volume, issue, pages, article_number, accession, language = lines
    if title and plan.subtitle:
        title = _with_subtitle(title, plain_line(tags[plan.subtitle[0]][0]))
    if title[:1] == "[":
        title = _unbracketed_title(title, tags, plan)
    abstract: str | None = None
    notes: Names = ()
    known = NOTHING
    if plan.notes or plan.abstract:
        abstract, notes, known = running_text(tags, where, plan, tidy=tidy)
    issns, isbn = serial_numbers(values_in(tags, plan.serials)) if plan.serials else ((), None)
    addresses = addresses_in(values_in(tags, plan.addresses)) if plan.addresses else ()
    if (journal or abbreviation)[:4] == "http":  # the page of a registered trial or of a post
        addresses = tuple(dict.fromkeys((*addresses, journal or abbreviation)))
        journal = abbreviation = ""
    keywords: Names = ()
    if plan.keywords:
        keywords = keywords_in(values_in(tags, plan.keywords), where, trimmed=trimmed, tidy=tidy)
    authors, there_are_more = authors_in(tags, where, plan)
    if there_are_more:
        notes = (*notes, ET_AL)
    if accession[:4] == "PMID" or (accession.endswith("]") and is_labelled(accession)):
        accession = ""
    accession = accession or known.accession or accession_in(addresses)
    registrations = registrations_among(tags, where.cited, text, accession)
    if registrations:
        authors, article_number = _but(registrations, authors, article_number)
    doi = doi_in(tags, plan, addresses)
    if doi is None and "doi.org/" in text:
        doi = misplaced_doi(tags, where.misplaced)
    draft = FieldsDraft(
        _type(tags, plan.type) if plan.type else None,
        title or None,
        authors,
        _year(tags, plan.year),
        journal or abbreviation or None,
        abbreviation or None,
        volume or None,
        issue or None,
        _pages(pages, tags, plan),
        article_number or None,
        doi,
        pmid_in(tags, plan) or known.pmid or pmid_in_addresses(addresses),
        accession or None,
        registrations,
        isbn or known.isbn,
        issns,
        abstract,
        keywords,
        language or None,
        addresses,
        notes,
    )
    draft.__class__ = Fields
    return draft  # type: ignore[no-any-return]  # it is one now


# The note of an entry that does not name all its authors.
ET_AL = "Authors: et al."
_NONE = [""]
# What scripts write where there is nothing.
_NO_VALUE = "N/A"
# PubMed's word where a title is known in its original language only, which then has a tag of its own.
_NO_TITLE = "[Not Available]"


# What Google Scholar puts before the title of a hit: what its file is.
_FILES = re.compile(r"(?:\[(?:HTML|PDF|BOOK|DOC|CITATION|[BCH])\]\s*)+(?=\S)")


def _but(numbers: Names, authors: Names, article_number: str) -> tuple[Names, str]:
    """Return the authors and the article number but for registration numbers that stand in their places."""
    authors = tuple(name for name in authors if name not in numbers)
    return authors, "" if article_number in numbers else article_number


def _unbracketed_title(title: str, tags: Tags, plan: Plan) -> str:
    if not title.startswith(_NO_TITLE):
        return _FILES.sub("", title) if _FILES.match(title) else title
    place, names = plan.lines[0]
    return (_first_line(tags, names[1:]) if LINES[place] == "title" else "") or title


def _lines(tags: Tags, plan: Plan, *, trimmed: bool, tidy: bool) -> list[str]:
    """Return the fields of one line each, in the order of `LINES`, "" for those that are not there."""
    if trimmed:
        tags[""] = _NONE
        lines = [values[0] for values in plan.first_lines(tags)]
        del tags[""]
        joined = "".join(lines)
        if _NO_VALUE in joined:
            return ["" if line == _NO_VALUE else line for line in map(plain_line, lines)]
        if tidy and (joined.isascii() or joined.isprintable()):
            return lines
        if joined.isprintable() and "&" not in joined and "<" not in joined and "  " not in joined:
            return lines
    lines = [""] * len(LINES)
    for place, names in plan.lines:
        lines[place] = _first_line(tags, names)
    return lines


def _pages(first: str, tags: Tags, plan: Plan) -> str | None:
    if plan.last_page:
        return page_range(first, plain_line(tags[plan.last_page[0]][0]))
    return page_range(first) if first else None


def _first_line(tags: Tags, names: Names) -> str:
    """Return the first line with anything in it, "" where there is none."""
    for tag in names:
        for value in tags[tag]:
            line = plain_line(value)
            if line:
                return line
    return ""


def _type(tags: Tags, names: Names) -> str | None:
    for name in names:
        for value in tags[name]:
            kind = _kind_of(value)
            if kind:
                return kind
    return None


# What Publish or Perish says of the file behind a hit of Google Scholar.
_NO_KINDS = ("HTML", "PDF", "DOC", "CITATION")


@lru_cache(maxsize=1024)
def _kind_of(value: str) -> str | None:
    kind = kind_of(plain_line(value))
    return None if kind in _NO_KINDS else kind


def _with_subtitle(title: str, subtitle: str) -> str:
    if not subtitle or subtitle.lower() in title.lower():
        return title
    return f"{title.rstrip(': ')}: {subtitle}"


@lru_cache(maxsize=4096)
def _year_of(value: str) -> int | None:
    return year_of(value.strip())


def _year(tags: Tags, names: Names) -> int | None:
    for name in names:
        for value in tags[name]:
            year = _year_of(value)
            if year:
                return year
    return None
