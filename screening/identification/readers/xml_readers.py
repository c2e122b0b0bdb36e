"""The XML exports of EndNote, EBSCOhost and the WHO's trial portal."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from screening.identification.maps.xml import EBSCO, ENDNOTE, ICTRP
from screening.identification.readers.context import Context, Found
from screening.identification.readers.pieces import Pieces
from screening.identification.readers.xml_entries import XmlSyntax, read_xml, text_in

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Tags = dict[str, list[str]]


def read_endnote_xml(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every record of an EndNote XML text."""
    return read_xml(pieces, context, XmlSyntax("endnote_xml", ("record",), _endnote, ENDNOTE))


def read_ebsco_xml(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every record of an EBSCOhost XML text."""
    return read_xml(pieces, context, XmlSyntax("ebsco_xml", ("rec",), _ebsco, EBSCO))


def read_ictrp_xml(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every trial of a text from the WHO's portal (ICTRP)."""
    return read_xml(pieces, context, XmlSyntax("ictrp_xml", ("Trial",), _flat, ICTRP))


# In EndNote XML one level of grouping tells authors from editors and the kinds of titles apart.
_ENDNOTE_GROUPS = frozenset(
    {"contributors", "titles", "periodical", "alt-periodical", "dates", "pub-dates", "keywords", "urls", "related-urls",
     "web-urls", "pdf-urls", "text-urls", "image-urls", "authors", "secondary-authors", "tertiary-authors",
     "subsidiary-authors", "translated-authors"}
)  # fmt: skip
_MEDLINE_OWNERS = ("medline", "pubmed", "nlm")


def _endnote(root: "Element") -> Tags:
    tags: Tags = {}
    stack = [("", root)]
    while stack:
        path, parent = stack.pop()
        for child in parent:
            name = str(child.tag)
            if name in _ENDNOTE_GROUPS:
                stack.append((name, child))
                continue
            text = (
                str(child.get("name") or text_in(child)) if name == "ref-type" else text_in(child)
            )
            if text:
                tags.setdefault(f"{path}/{name}" if path else name, []).append(text)
    number = tags.get("accession-num")
    owner = (tags.get("remote-database-name") or tags.get("remote-database-provider") or [""])[0]
    if number and any(name in owner.lower() for name in _MEDLINE_OWNERS):
        tags["pmid"] = number
    return tags


_EBSCO_LEAVES = frozenset(
    {"jtl", "issn", "isbn", "vid", "iid", "ppf", "ppct", "pages", "atl", "btl", "au", "subj", "keyword", "ab", "doctype",
     "pubtype", "language", "url", "plink"}
)  # fmt: skip


def _ebsco(root: "Element") -> Tags:
    tags: Tags = {}
    header = root.find("header")
    if header is not None and header.get("uiTerm"):
        tags["uiTerm"] = [str(header.get("uiTerm"))]
    for element in root.iter():
        name = str(element.tag)
        if name == "dt":
            tags.setdefault("year", []).append(str(element.get("year") or text_in(element)))
        elif name == "ui":
            tags.setdefault(f"ui {element.get('type') or ''}".strip(), []).append(text_in(element))
        elif name in _EBSCO_LEAVES and (text := text_in(element)):
            tags.setdefault(name, []).append(text)
    return tags


def _flat(root: "Element") -> Tags:
    tags: Tags = {}
    for child in root:
        text = text_in(child)
        if text:
            tags.setdefault(str(child.tag).lower(), []).append(text)
    return tags
