"""BibTeX with accents as they are: UTF-8, which BibLaTeX, Zotero and JabRef read."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from screening.identification.writers.writing import Writer, Written
from screening.records import Fields

_KINDS = {
    "article-journal": "article", "book": "book",
    "chapter": "incollection", "paper-conference": "inproceedings", "thesis": "phdthesis", "report": "techreport",
    "manuscript": "unpublished",
}  # fmt: skip
_SPECIAL = "\\{}%&#$_^~"
_NAMED = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
_ESCAPES = str.maketrans({sign: _NAMED.get(sign, "\\" + sign) for sign in _SPECIAL})
_AND = re.compile(r"\band\b")
_NO_KEY = re.compile(r"[^A-Za-z0-9:_+./-]")


def _entry(key: str, fields: Fields) -> Written:
    kind = _KINDS.get(fields.type or "", "misc")
    lines = [f"  {tag} = {{{value}}},\n" for tag, value in _pairs(fields, kind) if value]
    behind = f",\n{''.join(lines)}}}\n\n".encode("utf-8", "replace")
    return Written(f"@{kind}{{".encode(), _key(key, fields), behind)


def _file(entries: Iterable[Written]) -> Iterator[bytes]:
    used: dict[str, int] = {}
    for before, key, behind in entries:
        yield before + _unique(key, used).encode() + behind


# Each entry in UTF-8; keys are made unique where they are not.
write_bibtex = Writer(_entry, _file)


def _pairs(fields: Fields, kind: str) -> Iterator[tuple[str, str]]:
    container = "journal" if kind == "article" else "booktitle"
    yield "title", _escaped(fields.title or "")
    yield "author", " and ".join(map(_author, fields.authors))
    yield "year", str(fields.year or "")
    yield container, _escaped(fields.journal or "")
    yield "shortjournal", _escaped(fields.journal_abbreviation or "")
    yield "volume", _escaped(fields.volume or "")
    yield "number", _escaped(fields.issue or "")
    yield "pages", _escaped(fields.pages or "").replace("-", "--")
    yield "eid", _escaped(fields.article_number or "")
    yield "doi", _escaped(fields.doi or "")
    yield "pmid", fields.pmid or ""
    yield "accession", _escaped(fields.accession or "")
    yield "registrations", "; ".join(map(_escaped, fields.registrations))
    yield "isbn", fields.isbn or ""
    yield "issn", ", ".join(fields.issn)
    yield "keywords", _keywords(fields.keywords)
    yield "language", _escaped(fields.language or "")
    yield "url", " ".join(map(_escaped, fields.urls))
    if kind == "misc" and fields.type:
        yield "type", _escaped(fields.type)
    yield "abstract", _lines(fields.abstract or "")
    yield "note", "\n\n".join(map(_lines, fields.notes))


def _keywords(keywords: tuple[str, ...]) -> str:
    listed = "; ".join(_escaped(each.replace(";", ",")) for each in keywords)
    return f"{listed};" if len(keywords) == 1 and "," in listed else listed


def _author(name: str) -> str:
    if "," not in name:
        return f"{{{_escaped(name)}}}"
    family, *rest = (_protected(_escaped(part.strip())) for part in name.split(",", 2))
    if len(rest) > 1:
        return f"{family}, {rest[1]}, {rest[0]}"
    return f"{family}, {rest[0]}" if rest else family


def _protected(part: str) -> str:
    return _AND.sub("{and}", part) if "and" in part else part


def _lines(text: str) -> str:
    return "\\newline\n".join(map(_escaped, text.split("\n")))


def _escaped(text: str) -> str:
    # To look for ten signs, one after the other, takes a tenth of going through the text once.
    if any(map(text.__contains__, _SPECIAL)):
        return text.translate(_ESCAPES)
    return text


def _key(key: str, fields: Fields) -> str:
    if key:
        return _NO_KEY.sub("", key) or "record"
    family = fields.authors[0].split(",")[0] if fields.authors else "anonymous"
    plain = unicodedata.normalize("NFKD", family).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]", "", plain.lower()) or "record"
    return f"{name}{fields.year or ''}"


def _unique(name: str, used: dict[str, int]) -> str:
    """Return a name that differs from all before; `used` has for each how many letters were tried behind it."""
    candidate = name
    number = used.get(name.lower(), 0)
    while candidate.lower() in used:
        number += 1
        candidate = f"{name}{_letters(number)}"
    used[name.lower()] = number
    used.setdefault(candidate.lower(), 0)
    return candidate


def _letters(number: int) -> str:
    text = ""
    while number:
        number, place = divmod(number - 1, 26)
        text = chr(ord("a") + place) + text
    return text
