"""XML of any other kind, by the names of its elements: MODS, Atom, Dublin Core, DataCite, services' answers."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from screening.identification.maps.fields import Tags
from screening.identification.maps.mapping import fields_from
from screening.identification.maps.tables import TABLE, column_name
from screening.identification.readers.context import Context, Found
from screening.identification.readers.pieces import Pieces
from screening.identification.readers.xml.tree import root_of
from screening.problems import error

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_HOMONYM = re.compile(r" \d{4}$")
_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")
# What elements are called that TABLE has no column for; "" where they say nothing of the entry.
_NAMES = {
    "published": "publication date", "date issued": "publication date", "cover date": "publication date",
    "pub date": "publication date", "publication date": "publication date", "updated": "", "page info": "pages", "isoabbreviation": "journal abbreviation",
    "topic": "subject", "language term": "language", "genre": "type", "creators": "creator", "contributors": "",
    "issue identifier": "issue", "page range": "pages", "starting page": "start page", "ending page": "end page",
    "first page": "first page", "start": "start page", "end": "end page", "official title": "scientific title",
    "nct id": "nct number", "booktitle": "booktitle", "publisher": "", "rights": "", "format": "", "article title": "title",
    "pub year": "publication year", "abstract text": "abstract", "author string": "", "journal ref": "journal ref",
    "ee": "url", "publisherlink": "url", "publisher link": "url", "display title": "title", "family name": "", "given name": "",
    "full title": "journal title", "abbrev title": "journal abbreviation", "proceedings title": "journal title",
    "fpage": "start page", "lpage": "end page", "elocation id": "article number",
}  # fmt: skip
_TITLES = frozenset({"title", "article title", "brief title", "official title", "display title"})
_WRAPPERS = frozenset({"titles", "title info", "title group"})
_RUNNING = frozenset({"abstract", "summary", "description"})
# What Crossref's and PubMed Central's articles stand in, beside what they share.
_AROUND = frozenset({"journal", "conference", "book", "front"})
_LISTS_OF_CITED = frozenset({"citation list", "reference list", "ref list"})
_CITED = _LISTS_OF_CITED | {
    "citations",
    "references",
    "bibliography",
    "related identifiers",
    "related article",
}
_SIGNS = frozenset(
    {"author", "authors", "creator", "creators", "name", "contributor", "contributors", "year", "date", "published", "pub year", "publication year",
     "pub date", "doi", "journal", "journal title", "abstract", "summary", "description", "identifier", "pmid", "sponsors",
     "publication name", "cover date", "origin info", "author list", "date issued", "contrib group"}
)  # fmt: skip
_PEOPLE = frozenset({"author", "creator", "name", "person name", "au", "contrib"})
_HOSTS = frozenset({"journal", "journal info", "host", "container", "source", "periodical"})
_FAMILY = ("last name", "surname", "family name", "family")
_GIVEN = ("first name", "fore name", "forename", "given name", "given names", "given", "initials")
_WHOLE = ("creator name", "full name", "display form", "name", "collective name", "preferred name")
_LEAST = 2
_MAP = replace(
    TABLE,
    journal=(*TABLE.journal, "journal ref"),
    mentions=(*TABLE.mentions, "identifier", "url", "journal ref"),
    serials=(*TABLE.serials, "identifier"),
)


def read_general_xml(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every element that has a title and something else an entry has; containers of such are none.

    The text is held whole: which elements are entries shows only where all are known.
    """
    from lxml import etree  # noqa: PLC0415  # heavy, and only XML needs it

    first = pieces.line
    root = root_of("".join(pieces))
    items = list(_items(root)) if root is not None else []
    for item in items:
        context.started += 1
        item.tail = None
        raw = etree.tostring(item, encoding="unicode")
        tags = _tags(item)
        values = "\n".join(chain.from_iterable(tags.values()))
        line = first + (item.sourceline - 1 if isinstance(item.sourceline, int) else 0)
        yield fields_from(tags, _MAP, values), raw, line, "xml", context.provider
    if not items:
        named = f" (its outermost element is {_local(root)})" if root is not None else ""
        message = (
            f"The file is XML in which no records were found{named}; "
            "export it as PubMed or EndNote XML, or as RIS."
        )
        context.problems.append(error(context.name, message, "xml"))


def _local(element: "Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _called(element: "Element") -> str:
    """Return an element's name as words in small letters."""
    return column_name(_WORDS.sub(" ", _local(element)))


def _items(root: "Element") -> Iterator["Element"]:
    """Yield the entries, in order: those that are told by what they hold, and others in the same place.

    One that lacks its title is an entry all the same where its neighbours are.
    """
    told = set(_told_items(root))
    places = {_place(item) for item in told}
    holding = {above for item in told for above in item.iterancestors()}
    for element in root.iter({item.tag for item in told}) if told else ():
        alike = element not in holding and _place(element) in places and bool(_text(element))
        if element in told or alike:
            yield element


def _place(element: "Element") -> tuple[str, ...]:
    return (str(element.tag), *(str(above.tag) for above in element.iterancestors()))


def _told_items(root: "Element") -> Iterator["Element"]:
    like = {element for element in _uncited(root) if _is_like_item(element)} or {
        element for element in _uncited(root) if _is_identified(element)
    }
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element in like and not _contains(element, like):
            yield element
        else:
            waiting.extend(reversed(element))


def _uncited(element: "Element") -> Iterator["Element"]:
    yield element
    for child in element:
        if _called(child) not in _LISTS_OF_CITED:
            yield from _uncited(child)


def _contains(element: "Element", like: set["Element"]) -> bool:
    """Return whether an element holds entries rather than being one: several of one name, or of its own."""
    names = Counter(_local(inner) for inner in element.iterdescendants() if inner in like)
    return bool(names) and (max(names.values()) >= _LEAST or _local(element) in ("feed", "channel"))


def _is_like_item(element: "Element") -> bool:
    if not isinstance(element.tag, str) or _called(element) in _HOSTS:
        return False
    names = {_called(child) for child in element}
    titled = names & _TITLES or any(
        _called(inner) in _TITLES
        for child in element
        if _called(child) in _WRAPPERS
        for inner in child
    )
    return bool(titled) and bool(names & _SIGNS) and _called(element) != "related item"


def _is_identified(element: "Element") -> bool:
    """Return whether an element without a title has a DOI and something else an entry has."""
    names = {_called(child) for child in element}
    return "doi" in names and len(names & _SIGNS) >= _LEAST


def _tags(item: "Element") -> Tags:
    tags: Tags = {}
    _collect(item, tags, "")
    around = item.getparent()
    if around is not None and _called(around) in _AROUND:
        for shared in around:
            if shared.tag != item.tag:
                _collect(shared, tags, "journal")
    if "title" not in tags and "brief title" in tags:
        tags["title"] = tags["brief title"]
    return tags


def _collect(element: "Element", tags: Tags, place: str) -> None:
    for child in element:
        name = _called(child)
        if name in _PEOPLE and not place:
            person = _person(child)
            if person:
                tags.setdefault("editors" if _is_editor(child) else "author", []).append(person)
            continue
        if name == "related item" and child.get("type") != "host":
            continue
        if name in _CITED or (
            name == "title info"
            and child.get("type")
            and not (place and child.get("type") == "uniform")
        ):
            continue
        inside = "journal" if name in _HOSTS or name == "related item" else place
        kind = (
            child.get("type")
            or child.get("identifierType")
            or child.get("name")
            or child.get("pub-id-type")
            or ""
        )
        if name == "title info" and not inside:
            tags.setdefault("title", []).append(_whole_title(child))
        elif name == "detail" and kind:
            numbers = [text for inner in child if (text := _text(inner))]
            tags.setdefault(kind, []).extend(numbers[:1])
        elif len(child) and name not in _RUNNING and not _is_running(child):
            _collect(child, tags, inside)
        else:
            _add(tags, child, name, kind.lower(), inside)


def _add(tags: Tags, leaf: "Element", name: str, kind: str, place: str) -> None:
    text = _running_text(leaf) if name in _RUNNING else _text(leaf)
    text = text or leaf.get("href") or leaf.get("term") or ""
    if not text:
        return
    if name in ("identifier", "article id") and kind in (
        "doi",
        "isbn",
        "issn",
        "pmid",
        "uri",
        "url",
    ):
        name = "url" if kind == "uri" else kind
    elif name in ("link", "id"):
        name = "url" if "://" in text else ""
    elif name == "category" and leaf.get("term"):
        name = "subject"
    elif place and name in ("title", "name"):
        name = "journal title"
    else:
        name = _NAMES.get(name, name)
    if name:
        tags.setdefault(name, []).append(text)


def _is_running(element: "Element") -> bool:
    """Return whether an element holds text with markup in it, and not only other elements."""
    return any(
        part and not part.isspace() for part in (element.text, *(inner.tail for inner in element))
    )


def _whole_title(element: "Element") -> str:
    """Return the title that MODS writes in parts: the article before it, the title, the subtitle."""
    parts = {_called(inner): _text(inner) for inner in element}
    title = f"{parts.get('non sort', '')} {parts.get('title', '')}".strip()
    return f"{title}: {parts['sub title']}" if parts.get("sub title") else title


def _text(element: "Element") -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _running_text(element: "Element") -> str:
    """Return a text of several parts, with a blank between those that only the markup parts."""
    return _text(element) if _is_running(element) else " ".join(filter(None, map(_text, element)))


def _is_editor(element: "Element") -> bool:
    roles = [_text(inner).lower() for inner in element.iter() if _called(inner) == "role term"]
    return any(role in ("editor", "edt") for role in roles)


def _person(element: "Element") -> str:
    parts: dict[str, str] = {}
    for inner in element.iter():
        name = _called(inner)
        if name == "name part":
            name = inner.get("type") or "name"
        if not len(inner) and (text := _text(inner)):
            parts.setdefault(name, text)
    family = next((parts[name] for name in _FAMILY if name in parts), "")
    given = next((parts[name] for name in _GIVEN if name in parts), "")
    if family:
        return f"{family}, {given}" if given else f"{family},"
    whole = next((parts[name] for name in _WHOLE if name in parts), "")
    # DBLP tells people of one name apart by a number.
    return _HOMONYM.sub("", whole or ("" if len(element) else _text(element)))
