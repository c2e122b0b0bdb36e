"""BibTeX and BibLaTeX."""

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from screening.identification.maps.bibtex import names_of, notes_of, paragraphs_of, text_of
from screening.identification.maps.fields import FieldMap
from screening.identification.maps.mapping import fields_from
from screening.identification.readers.context import Context, Found
from screening.identification.readers.parts import foreign_part
from screening.identification.readers.pieces import Pieces, entries, lines_in

_START = re.compile(r"@[A-Za-z]{1,30}\s{0,8}[{(]")
_COUNT = re.compile(r"@(?!(?:comment|preamble|string)\b)[A-Za-z]{1,30}\s{0,8}[{(]", re.IGNORECASE)
# An entry that begins where another ends; its key tells it from such signs in a text.
_WITH_KEY = r"@[A-Za-z]{1,30}\s{0,8}[{(]\s{0,80}[^\s,={}()\"]{1,400}\s{0,80},"
_KEYED = re.compile(_WITH_KEY)
_BESIDE = re.compile(
    rf"(?<=[}})])[ \t]*+(?!@(?:comment|preamble|string)\b)(?={_WITH_KEY})", re.IGNORECASE
)
_KEY = re.compile(
    r"@([A-Za-z]+)\s*([{(])\s*(?:[^,={}\"\r\n]{0,400},|[^\s,={}\"]+[ \t]*(?=[\r\n]))?"
)
_NAME = re.compile(r"[\s,]*([A-Za-z][\w:.+/-]*(?: [A-Za-z][\w-]{0,30}){0,3})\s*=\s*")
# Where the next field begins, behind a value of which the braces do not say where it ends.
_FIELD = (
    r"[ \t]{0,8},[ \t]{0,8}(?:\r\n?|\n)\s{0,200}(?=[A-Za-z][\w:.+/-]{0,60}\s{0,20}=\s{0,20}[{\"\w])"
)
_NEXT = re.compile(rf"[}}\"]?{_FIELD}")
_STRAY = re.compile(rf"\}}{{1,8}}{_FIELD}")
_SIGN = re.compile(r"[{}]|\\.", re.DOTALL)
_JOINT = re.compile(r"\s*#\s*")
_QUOTED = re.compile(r"[{}\"]|\\.", re.DOTALL)
# What stands behind the quotation mark that ends a value; others are part of it.
_BEHIND_QUOTE = re.compile(
    r"\s{0,400}(?:[})#]|\Z|,\s{0,400}(?:[})]|\Z|[A-Za-z][\w:.+/ \t-]{0,60}=))"
)
_MOST_QUOTES = 400
_BARE = re.compile(r"[^\s,#{}\"]+")

BIBTEX = FieldMap(
    type=("type of entry", "type"),
    title=("title", "chapter"),
    subtitle=("subtitle",),
    authors=("author", "authors"),
    editors=("editor", "editors"),
    year=("year", "date", "publication_date", "issued", "early-access-date"),
    journal=("journal", "journaltitle", "journal-full", "booktitle", "series"),
    journal_abbreviation=("journal-iso", "journal_abbreviation", "shortjournal", "abbrev_source_title", "fjournal"),
    volume=("volume",),
    issue=("number", "issue"),
    pages=("pages", "page"),
    article_number=("article-number", "articleno", "art_number", "eid"),
    doi=("doi",),
    pmid=("pmid", "pubmed_id", "pubmedid", "pmid as key"),
    accession=("accession", "unique-id", "accession_number", "accession-num", "eprint", "lens_id"),
    serials=("issn", "eissn", "isbn"),
    abstract=("abstract", "abstractnote"),
    keywords=("keywords", "author_keywords", "keyword", "keywords-plus", "keywords_plus"),
    language=("language", "langid"),
    addresses=("url", "link", "howpublished", "eprint address"),
    notes=("note", "annote", "annotation", "notes", "comment"),
    mentions=("note", "ee", "eprint", "bdsk-url-1", "crossref", "pages"),
    cited=frozenset({"references", "cited-references"}),
)  # fmt: skip


def read_bibtex(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every entry of a BibTeX text; strings are put in, comments and preambles passed."""
    pieces.watch = lambda piece: _count(piece, context)
    strings = dict(_MONTHS)
    for entry in chain.from_iterable(entries(pieces, _START, " \t")):
        line, before = entry.line, ""
        for number, text in enumerate(_beside(entry.text)):
            if number:
                line += lines_in(before)
            before = text
            if entry.started or number:
                yield from _read(text, line, strings, context)
            elif foreign_part(text, "bibtex") is not None:
                yield from context.read_part(text, line, "bibtex")


def _beside(text: str) -> list[str]:
    """Return the parts of a text that begin where an entry ends, in the same line."""
    if text.find("@", 1) < 0:
        return [text]
    places = [0, *(found.end() for found in _BESIDE.finditer(text)), len(text)]
    return [text[begin:end] for begin, end in pairwise(places)]


def _read(text: str, line: int, strings: dict[str, str], context: Context) -> Iterator[Found]:
    """Yield the entry that a text begins with, and what another format says behind it."""
    opening = _KEY.search(text)
    kind = opening.group(1).lower() if opening else ""
    if not opening or kind in ("comment", "preamble"):
        return
    if kind == "string":
        strings.update(
            (name.lower(), value) for name, value, _ in _pairs(text, opening.end(2), strings, [])
        )
        return
    tags: dict[str, list[str]] = {"type of entry": [kind]}
    if "PMID:" in opening.group():  # Europe PMC's key
        tags["pmid as key"] = [opening.group().partition("PMID:")[2].rstrip(", ")]
    end = opening.end()
    doubts: list[int] = []
    for name, value, place in _pairs(text, opening.end(), strings, doubts):
        end = place
        _add(tags, name.lower().replace(" ", "-"), value)
    if doubts or not _ends(text, end):
        message = "{n} entries have unbalanced braces or stray signs; their fields were read as far as they are plain."
        context.tally("braces", line, message, doubtful=True)
    cut = foreign_part(text[end:], "bibtex")
    own = text if cut is None else text[: end + cut]
    yield (fields_from(tags, BIBTEX, own), own, line, "bibtex", context.provider)
    if cut is not None:
        yield from context.read_part(text[end + cut :], line + lines_in(own), "bibtex")


def _add(tags: dict[str, list[str]], key: str, value: str) -> None:
    """Add a field's value as it is read by its name."""
    if value == "null" or value.startswith("${"):  # EBSCOhost's template, not filled in
        return
    if key == "chapter" and value.strip("{}").isdigit():
        return
    if key == "eprint" and "://" in value:
        key = "eprint address"
    tags.setdefault(key, []).extend(_READ.get(key, _one)(value))


def _count(piece: str, context: Context) -> None:
    if "\r" in piece:
        piece = piece.replace("\r", "\n")
    for found in _COUNT.finditer(piece):
        line_begin = piece.rfind("\n", 0, found.start()) + 1
        before = piece[line_begin : found.start()].rstrip(" \t")
        context.started += not before or (
            before[-1] in "})" and bool(_KEYED.match(piece, found.start()))
        )


def _one(value: str) -> list[str]:
    return [text_of(value)]


_MONTHS = (
    ("jan", "January"), ("feb", "February"), ("mar", "March"), ("apr", "April"), ("may", "May"), ("jun", "June"),
    ("jul", "July"), ("aug", "August"), ("sep", "September"), ("oct", "October"), ("nov", "November"), ("dec", "December"),
)  # fmt: skip


def _keywords(value: str) -> list[str]:
    text = text_of(value)
    return text.split(";") if ";" in text else text.split(",")


def _running(value: str) -> list[str]:
    return [paragraphs_of(value)]


def _addresses(value: str) -> list[str]:
    if "~" in value:  # a blank elsewhere, itself in an address
        value = value.replace("\\~{}", "~").replace("\\~", "~")
        value = "~".join(map(text_of, value.split("~")))
    else:
        value = text_of(value)
    return value.split() if "://" in value else [value]


_READ = {
    "author": names_of, "authors": names_of, "editor": names_of, "editors": names_of,
    "abstract": _running, "abstractnote": _running,
    "note": notes_of, "annote": notes_of, "annotation": notes_of, "notes": notes_of, "comment": notes_of,
    "url": _addresses, "link": _addresses, "eprint address": _addresses,
    "keywords": _keywords, "keyword": _keywords,
}  # fmt: skip


def _pairs(
    text: str, place: int, strings: dict[str, str], doubts: list[int]
) -> Iterator[tuple[str, str, int]]:
    """Yield each field's name, its raw value and the place behind it.

    A brace too many or too few would take the following fields with it: from there on a value ends at
    the latest where the line of another field begins, and the place is noted among `doubts`.
    """
    while True:
        named = _NAME.match(text, place)
        if not named:
            following = _STRAY.match(text, place)
            if not following and not _ends(text, place):
                following = _NEXT.search(text, place)
            if not following or _KEYED.search(text, place, following.end()):
                return
            doubts.append(place)
            place = following.end()
            continue
        begin = named.end()
        if not doubts:
            value, place = _value(text, begin, strings)
            if not text[place : place + 400].strip():  # it took the entry's own end for its own
                doubts.append(begin)
        if doubts:
            following = _NEXT.search(text, begin)
            part = text[begin : following.end()].rstrip(" \t\r\n,") if following else text[begin:]
            value, length = _value(part, 0, strings)
            place = begin + min(length, len(part))
        yield named.group(1), value, place


def _ends(text: str, place: int) -> bool:
    return text[place : place + 400].lstrip(" \t\r\n,")[:1] in ("}", ")")


def _value(text: str, place: int, strings: dict[str, str]) -> tuple[str, int]:
    """Return the value that begins at `place`, its parts joined, and the place behind it."""
    parts = []
    while True:
        sign = text[place : place + 1]
        if sign == "{":
            end = _closing(text, place)
            parts.append(text[place + 1 : end])
            place = end + 1
        elif sign == '"':
            end = _quote_end(text, place + 1)
            parts.append(text[place + 1 : end])
            place = end + 1
        else:
            bare = _BARE.match(text, place)
            if not bare:
                return "".join(parts), place
            word = bare.group()
            parts.append(strings.get(word.lower(), word))
            place = bare.end()
        joined = _JOINT.match(text, place)
        if not joined:
            return "".join(parts), place
        place = joined.end()


def _closing(text: str, place: int) -> int:
    # Most values have no brace in them: then no sign but the next brace need be looked at.
    end = text.find("}", place)
    if end >= 0 and text.rfind("{", place, end) == place and text.find("\\", place, end) < 0:
        return end
    depth = 0
    for sign in _SIGN.finditer(text, place):
        mark = sign.group()
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth -= 1
            if not depth:
                return sign.start()
    return len(text)


def _quote_end(text: str, place: int) -> int:
    depth = quotes = first = 0
    for sign in _QUOTED.finditer(text, place):
        mark = sign.group()
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth -= 1
        elif mark == '"' and depth <= 0:
            if _BEHIND_QUOTE.match(text, sign.end()):
                return sign.start()
            first = first or sign.start()
            quotes += 1
            if quotes == _MOST_QUOTES:
                break
    return first or len(text)
