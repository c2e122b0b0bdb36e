"""Zotero RDF and the bibliographic vocabularies close to it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from screening.identification.maps.fields import FieldMap
from screening.identification.maps.mapping import fields_from
from screening.identification.readers.context import Context, Found
from screening.identification.readers.pieces import Pieces
from screening.identification.readers.xml.tree import root_of
from screening.problems import warning

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Whom Zotero names instead of authors, by the type of the item.
_MAKERS = ("programmers", "inventors", "artists", "cartographers", "directors", "presenters", "podcasters", "performers",
           "composers", "interviewees", "sponsors", "contributors")  # fmt: skip

RDF = FieldMap(
    type=("itemType", "kind"),
    title=("title", "name"),
    authors=("authors", "creator", "author", *_MAKERS),
    editors=("editors", "editor"),
    year=("date", "issued", "datePublished"),
    journal=("isPartOf title", "isPartOf name", "publicationTitle"),
    journal_abbreviation=("isPartOf alternative",),
    volume=("volume", "isPartOf volume", "isPartOf volumeNumber"),
    issue=("isPartOf number", "isPartOf issueNumber", "number"),
    pages=("pages", "pageStart"),
    last_page=("pageEnd",),
    doi=("doi", "DOI", "isPartOf doi"),
    serials=(
        "issn",
        "isbn",
        "isbn13",
        "isbn10",
        "isPartOf issn",
        "identifier",
        "isPartOf identifier",
    ),
    abstract=("abstract", "description"),
    keywords=("subject", "about", "keywords"),
    language=("language", "inLanguage"),
    addresses=("URI", "url", "uri"),
    notes=("extra", "note", "Memo"),
    mentions=(
        "extra",
        "identifier",
        "isPartOf identifier",
        "sameAs",
        "about resource",
        "codeRepository",
    ),
)

_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_NODE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}nodeID"
_RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
# Top elements that are parts of other items or no publications.
_NO_ITEMS = frozenset(
    {"Person", "Organization", "Organisation", "Journal", "Periodical", "PublicationIssue", "PublicationVolume", "Memo",
     "Attachment", "Collection", "Seq", "Bag", "Series", "AutomaticTag", "Subject", "Agent", "Webcal", "UserItem"}
)  # fmt: skip
_DEEPEST = 4


def read_rdf(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every item of an RDF text; items share journals and people by name, so it is held whole."""
    from lxml import etree  # noqa: PLC0415  # heavy, and only XML needs it

    line = pieces.line
    root = root_of("".join(pieces))
    if root is None:
        message = "This RDF is no well-formed XML and could not be read; export it again."
        context.problems.append(warning(context.at(line), message, "unreadable"))
        return
    known = {
        name: element
        for element in root.iter()
        if (name := element.get(_ABOUT) or element.get(_NODE))
    }
    for item in root:
        if not _is_item(item):
            continue
        context.started += 1
        raw = etree.tostring(item, encoding="unicode", with_tail=False)
        tags = _tags(item, known)
        yield (
            fields_from(tags, RDF, raw),
            raw,
            line,
            "rdf",
            context.provider,
        )


def _text_in(element: "Element") -> str:
    """Return the whole text of an element, its inline children included."""
    return "".join(str(part) for part in element.itertext())


def _local(element: "Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _local_of_only(element: "Element") -> str:
    """Return the name of an element's only child, "" where it has none or several."""
    return _local(element[0]) if len(element) == 1 else ""


def _is_item(element: "Element") -> bool:
    if not isinstance(element.tag, str) or _local(element) in _NO_ITEMS:
        return False
    kinds = [_local(child) for child in element]
    return "title" in kinds or "name" in kinds or "itemType" in kinds


def _tags(item: "Element", known: dict[str, "Element"]) -> dict[str, list[str]]:
    kind = _local(item)
    tags: dict[str, list[str]] = {"kind": [kind]} if kind != "Description" else {}
    about = item.get(_ABOUT)
    if about:
        tags["about resource"] = [about]
    _collect(item, known, tags, "", 0)
    if "itemType" in tags and "description" in tags:
        tags["extra"] = tags.pop("description")  # Zotero writes its extra field there
    return tags


def _collect(
    element: "Element",
    known: dict[str, "Element"],
    tags: dict[str, list[str]],
    prefix: str,
    depth: int,
) -> None:
    for child in element:
        name = _local(child)
        target = known.get(child.get(_RESOURCE, ""))
        if name == "isPartOf" and depth < _DEEPEST:
            for part in [target] if target is not None else list(child):
                _collect(part, known, tags, "isPartOf ", depth + 1)
            if target is None and not len(child) and (child.text or "").strip():
                tags.setdefault("isPartOf title", []).append(child.text or "")
            continue
        people = _people(child, known, target)
        if people:
            tags.setdefault(prefix + name, []).extend(people)
            continue
        text = " ".join(_text_in(child if target is None else target).split()) or child.get(
            _RESOURCE, ""
        )
        if text.startswith("DOI ") and name == "identifier":
            tags.setdefault(f"{prefix}doi", []).append(text)
        elif text and name == "identifier" and _local_of_only(child) == "URI":
            tags.setdefault("URI", []).append(text)
        elif text:
            tags.setdefault(prefix + name, []).append(text)


def _people(element: "Element", known: dict[str, "Element"], target: "Element | None") -> list[str]:
    found = []
    places = [target] if target is not None else list(element.iter())
    for place in places:
        if place is None or _local(place) != "Person":
            if (
                place is not None
                and place is not element
                and (named := known.get(place.get(_RESOURCE, ""))) is not None
            ):
                places.append(named)
            continue
        parts = {_local(child): (child.text or "").strip() for child in place}
        surname = parts.get("surname", "")
        family = surname or parts.get("familyName") or parts.get("name") or ""
        given = parts.get("givenName") or parts.get("givenname") or parts.get("firstName") or ""
        if surname and not given and "," not in surname:
            found.append(f"{surname},")  # a name in one field, whose words stay in their order
        elif family or given:
            found.append(", ".join(part for part in (family, given) if part))
    return found
