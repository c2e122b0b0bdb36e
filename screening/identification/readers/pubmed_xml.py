"""PubMed XML: articles and books, as the NLM's document type has them."""

import re
from collections.abc import Iterator

from screening.identification.maps.xml import PUBMED
from screening.identification.readers.context import Context, Found
from screening.identification.readers.pieces import Pieces
from screening.identification.readers.xml_elements import Element, Elements, attribute, text_of
from screening.identification.readers.xml_entries import XmlSyntax, read_xml

_LEAVES = {
    "PMID": "pmid", "ArticleTitle": "title", "VernacularTitle": "vernacular", "Title": "journal", "ISOAbbreviation": "iso",
    "MedlineTA": "ta", "Volume": "volume", "Issue": "issue", "MedlinePgn": "pages", "StartPage": "first", "EndPage": "last",
    "ISSN": "issn", "ISSNLinking": "issn", "Isbn": "issn", "PubDate": "year", "ArticleDate": "early year",
    "Language": "language", "PublicationType": "type", "Keyword": "keyword", "DescriptorName": "mesh", "BookTitle": "book",
    "GeneralNote": "note", "DataBankName": "register",
}  # fmt: skip
_SPECIAL = ("AccessionNumber", "Author", "AbstractText", "ELocationID", "ArticleId")
_OTHER_WORKS = ("Reference", "CommentsCorrections")
_GROUPS = ("AuthorList", "Abstract", "OtherAbstract", *_OTHER_WORKS)
# The commonest name by far: family and given name and nothing else of interest.
_PLAIN_NAME = re.compile(
    r"\s*<LastName>([^<&]+)</LastName>\s*<ForeName>([^<&]+)</ForeName>(?:\s*<Initials>[^<]*</Initials>)?+(?!\s*<Suffix)"
)
_NAME = re.compile(
    r"<(LastName|ForeName|Initials|Suffix|CollectiveName)[^<>]*>(.*?)</\1\s*>", re.DOTALL
)
_INNER_TAG = re.compile(r"<[^<>]*>")
_ELEMENTS = Elements((*_LEAVES, *_SPECIAL), _GROUPS, ("ReferenceList",))


def read_pubmed_xml(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every article and book of a PubMed XML text."""
    entries = ("PubmedArticle", "PubmedBookArticle")
    return read_xml(pieces, context, XmlSyntax("pubmed_xml", entries, _ELEMENTS, _tags, PUBMED))


def _tags(elements: list[Element], _: str) -> dict[str, list[str]]:  # noqa: C901  # the inner loop
    tags: dict[str, list[str]] = {}
    abstracts: dict[tuple[str, str], list[str]] = {}
    for group, name, inner, attributes, group_attributes in elements:
        if not inner or group in _OTHER_WORKS:
            continue
        tag = _LEAVES.get(name)
        if tag:
            if name.endswith("Date"):
                text = _INNER_TAG.sub(" ", inner)
            else:
                text = text_of(inner) if "<" in inner or "&" in inner else inner
        elif name == "AbstractText":
            abstracts.setdefault((group, group_attributes), []).append(_section(inner, attributes))
            continue
        else:
            tag, text = _special(name, inner, attributes, group_attributes)
            if name == "AccessionNumber":  # a number that says nothing without its register's name
                text = " ".join([*tags.get("register", [])[-1:], text])
        if text:
            tags.setdefault(tag, []).append(text)
    for (group, _), sections in abstracts.items():
        tag = "abstract" if group == "Abstract" else "other abstract"
        tags.setdefault(tag, []).append("\n".join(filter(None, sections)))
    if "book" in tags:
        tags["type"] = ["Book Chapter" if "title" in tags else "Book"]
        if "title" not in tags:  # the book as a whole, which appeared in no other
            tags["title"] = tags.pop("book")
    return tags


def _special(name: str, inner: str, attributes: str, group_attributes: str) -> tuple[str, str]:
    """Return the tag and text of an element of which the attributes count too."""
    if name == "Author":
        return ("editor" if "editors" in group_attributes else "author"), _name(inner)
    if name == "ArticleId":
        return f"id {attribute(attributes, 'IdType')}", text_of(inner)
    if name == "ELocationID":
        kind = attribute(attributes, "EIdType")
        valid = attribute(attributes, "ValidYN") != "N"
        return (kind if valid else f"invalid {kind}"), text_of(inner)
    return "registration", text_of(inner)


def _name(author: str) -> str:
    """Return a name as "Family, Given, Suffix"; a group's ends with a comma."""
    plain = _PLAIN_NAME.match(author)
    if plain:
        return f"{plain[1]}, {plain[2]}"
    parts = {name: text_of(inner) for name, inner in _NAME.findall(author)}
    group = parts.get("CollectiveName")
    if group:
        return " ".join(group.split()).replace(",", "") + ","
    given = parts.get("ForeName") or parts.get("Initials", "")
    named = (parts.get("LastName", ""), given, parts.get("Suffix", ""))
    return ", ".join(part for part in named if part)


def _section(inner: str, attributes: str) -> str:
    label = attribute(attributes, "Label")
    text = text_of(inner).strip()
    if "\n" in text or "\r" in text:
        text = " ".join(text.split())
    return f"{label}: {text}" if text and label and label != "UNLABELLED" else text
