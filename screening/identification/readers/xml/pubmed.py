"""PubMed XML: articles and books, as the NLM's document type has them."""

import html
import re
from collections.abc import Callable, Iterator

from screening.identification.maps.fields import Tags
from screening.identification.maps.xml import PUBMED
from screening.identification.readers.context import Context, Found
from screening.identification.readers.pieces import Pieces
from screening.identification.readers.xml.elements import Elements, attribute, is_plain, text_of
from screening.identification.readers.xml.entries import BEHIND_NAME, XmlSyntax, read_xml
from screening.identification.readers.xml.glance import Element

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
# In a title or abstract there are elements of HTML and MathML, whose names begin with a small letter, in a date its parts.
_MARKUP = "[a-z]|Year|Month|Day|Season|MedlineDate"
_ELEMENTS = Elements((*_LEAVES, *_SPECIAL), _GROUPS, ("ReferenceList",), markup=_MARKUP)

_PLAIN_AUTHOR = re.compile(rf"<Author(?:\s[^>]*+)?>{_PLAIN_NAME.pattern}")
_AUTHOR = re.compile(r"<Author(?:\s[^>]*+)?>([^<]*+(?:<(?!/?Author[\s/>])[^<]*+)*+)</Author>")
_DESCRIPTOR = re.compile(r"<DescriptorName(?:\s[^>]*+)?>([^<]*+)</DescriptorName>")


def read_pubmed_xml(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every article and book of a PubMed XML text."""
    return read_xml(pieces, context, SYNTAX)


def _lists(text: str) -> tuple[str, Tags] | None:
    """Return an article's text without its long lists, and the tags of these.

    To look for the two ends of a list and then for one thing in it takes a fraction of the time of going from tag
    to tag. None where the lists must be looked at closely.
    """
    if not is_plain(text):
        return None
    rest: list[str] = []
    tags: Tags = {}
    place = 0
    for name, values_in in _LISTS:
        opening = f"<{name}"
        begin = text.find(opening, place)
        if begin < 0:
            continue
        end = text.find(f"</{name}>", begin)
        inside = text[begin + len(opening) : end]
        values = values_in(inside)
        if end < 0 or opening in inside or values is None or not inside.startswith(BEHIND_NAME):
            return None
        rest.append(text[place:begin])
        place = end + len(opening) + len("/>")
        if values:
            tags[_list_tag(name, inside)] = values
    last = text[place:]
    if "<ReferenceList" in last:  # there may be several, and they have titles of their own
        return None
    rest.append(last)
    return "".join(rest), tags


def _list_tag(name: str, inside: str) -> str:
    if name == "AuthorList":
        return "editor" if "editors" in inside[: inside.find(">")] else "author"
    return "mesh"


def _authors(inside: str) -> list[str] | None:
    """Return the names in a list of authors, None where its tags do not pair up."""
    count = inside.count("<Author")
    names = [f"{family}, {given}" for family, given in _PLAIN_AUTHOR.findall(inside)]
    if len(names) != count:
        names = list(map(_name, _AUTHOR.findall(inside)))
    return names if len(names) == count == inside.count("</Author>") and all(names) else None


def _descriptors(inside: str) -> list[str] | None:
    """Return the headings in a list of MeSH headings, without their qualifiers; None where its tags do not pair up."""
    names: list[str] = _DESCRIPTOR.findall(inside)
    signs = "".join(names)
    if 2 * len(names) != inside.count("DescriptorName") or ">" in signs or not all(names):
        return None
    return list(map(html.unescape, names)) if "&" in signs else names


def _nothing(_: str) -> list[str]:
    return []


# Lists with more elements in them than all the rest of an article, in the order of the document type, and what
# gives their values, None where it cannot be sure of them.
_LISTS: tuple[tuple[str, Callable[[str], list[str] | None]], ...] = (
    ("AuthorList", _authors),
    ("MeshHeadingList", _descriptors),
    ("History", _nothing),
    ("ReferenceList", _nothing),
)


def _tags(elements: list[Element], _: str) -> Tags:  # noqa: C901  # the inner loop
    tags: Tags = {}
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


SYNTAX = XmlSyntax(
    "pubmed_xml", ("PubmedArticle", "PubmedBookArticle"), _ELEMENTS, _tags, PUBMED, _lists
)
