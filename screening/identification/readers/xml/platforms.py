"""The XML exports of EndNote, EBSCOhost and the WHO's trial portal."""

import re
from collections.abc import Iterator

from screening.identification.maps.identifiers import is_medline
from screening.identification.maps.xml import EBSCO, ENDNOTE, ICTRP
from screening.identification.readers.context import Context, Found
from screening.identification.readers.pieces import Pieces
from screening.identification.readers.xml.elements import Elements, attribute, text_of
from screening.identification.readers.xml.entries import XmlSyntax, read_xml
from screening.identification.readers.xml.glance import Element
from screening.identification.texts.pages import last_page

Tags = dict[str, list[str]]


def read_endnote_xml(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every record of an EndNote XML text."""
    return read_xml(pieces, context, ENDNOTE_SYNTAX)


def read_ebsco_xml(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every record of an EBSCOhost XML text."""
    syntax = XmlSyntax("ebsco_xml", ("rec",), _EBSCO_ELEMENTS, _ebsco, EBSCO)
    return read_xml(pieces, context, syntax)


def read_ictrp_xml(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every trial of a text from the WHO's portal (ICTRP)."""
    syntax = XmlSyntax("ictrp_xml", ("Trial",), _ICTRP_ELEMENTS, _ictrp, ICTRP)
    return read_xml(pieces, context, syntax)


# EndNote's document type. One level of grouping tells authors from editors and the kinds of titles
# apart; trial numbers may stand in any element.
_ENDNOTE_GROUPS = (
    "contributors", "authors", "secondary-authors", "tertiary-authors", "subsidiary-authors", "translated-authors",
    "titles", "periodical", "alt-periodical", "dates", "pub-dates", "copyright-dates", "keywords",
    "urls", "related-urls", "web-urls", "pdf-urls", "text-urls", "image-urls",
)  # fmt: skip
_ENDNOTE_LEAVES = (
    "ref-type", "author", "auth-address", "auth-affiliaton", "title", "secondary-title", "tertiary-title", "alt-title",
    "short-title", "translated-title", "full-title", "abbr-1", "abbr-2", "abbr-3", "pages", "volume", "number", "issue",
    "secondary-volume", "secondary-issue", "num-vols", "edition", "section", "keyword", "year", "date", "publisher",
    "orig-pub", "isbn", "issn", "accession-num", "call-num", "report-id", "electronic-resource-num",
    "electronic-article-number", "abstract", "label", "caption", "notes", "research-notes", "work-type", "reviewed-item",
    "remote-database-name", "remote-database-provider", "language", "url",
    *(f"custom{number}" for number in range(1, 8)), *(f"misc{number}" for number in range(1, 4)),
)  # fmt: skip
_ENDNOTE_ELEMENTS = Elements(_ENDNOTE_LEAVES, _ENDNOTE_GROUPS, inline="style")


def _endnote(elements: list[Element], _text: str) -> Tags:
    tags: Tags = {}
    for group, name, inner, attributes, _ in elements:
        text = text_of(inner) if "&" in inner or "<" in inner else inner
        if attributes and name == "ref-type":
            text = attribute(attributes, "name") or text
        if text:
            tag = f"{group}/{name}" if group else name
            if tag in tags:
                tags[tag].append(text)
            else:
                tags[tag] = [text]
    names = tags.get("authors/author")
    if names and "\n" in "".join(names):  # an indented file: line ends are blanks
        tags["authors/author"] = [" ".join(name.split()) for name in names]
    number = tags.get("accession-num")
    owner = (tags.get("remote-database-name") or tags.get("remote-database-provider") or [""])[0]
    if number and is_medline(owner):
        tags["pmid"] = number
    return tags


ENDNOTE_SYNTAX = XmlSyntax("endnote_xml", ("record",), _ENDNOTE_ELEMENTS, _endnote, ENDNOTE)

_EBSCO_ELEMENTS = Elements(
    ("jtl", "issn", "isbn", "vid", "iid", "ppf", "ppct", "pages", "atl", "btl", "au", "subj", "keyword", "ab", "doctype",
     "pubtype", "language", "url", "plink", "dt", "ui"),
    (),
)  # fmt: skip
_EBSCO_HEADER = re.compile(r"<header(\s[^<>]*)>")


def _ebsco(elements: list[Element], text: str) -> Tags:
    tags: Tags = {}
    header = _EBSCO_HEADER.search(text)
    if header and (term := attribute(header.group(1), "uiTerm")):
        tags["uiTerm"] = [term]
    for _, name, inner, attributes, _ in elements:
        value = text_of(inner)
        if name == "dt":
            tag, value = "year", attribute(attributes, "year") or value
        elif name == "ui":
            tag = f"ui {attribute(attributes, 'type')}".strip()
        else:
            tag = name
        if value:
            tags.setdefault(tag, []).append(value)
    if "pages" not in tags and "ppf" in tags and "ppct" in tags:
        last = last_page(tags["ppf"][0], tags["ppct"][0])
        if last:
            tags["last page"] = [last]
    return tags


_ICTRP_ELEMENTS = Elements(
    ("TrialID", "Public_title", "Scientific_title", "Acronym", "Primary_sponsor", "Date_registration", "Date_registration3",
     "Date_enrollement", "web_address", "url", "Recruitment_Status", "other_records", "Study_type", "Study_design",
     "Inclusion_Criteria", "Exclusion_Criteria", "Condition", "Intervention", "Primary_outcome", "Secondary_outcome",
     "Secondary_ID", "SecondaryIDs", "Secondary_Sponsor", "Source_Register", "Source_Support"),
    (),
)  # fmt: skip


def _ictrp(elements: list[Element], _text: str) -> Tags:
    tags: Tags = {}
    for _, name, inner, _, _ in elements:
        text = text_of(inner)
        if text:
            tags.setdefault(name.lower(), []).append(text)
    return tags
