"""PubMed XML: articles and books, as the NLM's document type has them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from screening.identification.maps.xml import PUBMED
from screening.identification.readers.context import Context, Found
from screening.identification.readers.pieces import Pieces
from screening.identification.readers.xml_entries import XmlSyntax, read_xml, text_in

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Element and the one it stands in -> tag. What is walked through on the way is in _GROUPS; all else,
# the works a record cites above all, is left alone.
_LEAVES = {
    ("MedlineCitation", "PMID"): "pmid", ("BookDocument", "PMID"): "pmid",
    ("Article", "ArticleTitle"): "title", ("BookDocument", "ArticleTitle"): "title", ("Article", "VernacularTitle"): "vernacular",
    ("Journal", "Title"): "journal", ("Journal", "ISOAbbreviation"): "iso", ("MedlineJournalInfo", "MedlineTA"): "ta",
    ("JournalIssue", "Volume"): "volume", ("JournalIssue", "Issue"): "issue",
    ("Pagination", "MedlinePgn"): "pages", ("Pagination", "StartPage"): "first", ("Pagination", "EndPage"): "last",
    ("Journal", "ISSN"): "issn", ("MedlineJournalInfo", "ISSNLinking"): "issn", ("Book", "Isbn"): "issn",
    ("PubDate", "Year"): "year", ("PubDate", "MedlineDate"): "year", ("ArticleDate", "Year"): "early year",
    ("Article", "Language"): "language", ("BookDocument", "Language"): "language",
    ("PublicationTypeList", "PublicationType"): "type", ("BookDocument", "PublicationType"): "type",
    ("KeywordList", "Keyword"): "keyword", ("MeshHeading", "DescriptorName"): "mesh", ("Book", "BookTitle"): "book",
    ("MedlineCitation", "GeneralNote"): "note", ("AccessionNumberList", "AccessionNumber"): "registration",
}  # fmt: skip
_GROUPS = frozenset(
    {"MedlineCitation", "BookDocument", "Article", "Journal", "JournalIssue", "PubDate", "Pagination", "ArticleDate", "Book",
     "MedlineJournalInfo", "PublicationTypeList", "KeywordList", "MeshHeadingList", "MeshHeading", "DataBankList", "DataBank",
     "AccessionNumberList", "PubmedData", "PubmedBookData", "ArticleIdList"}
)  # fmt: skip


def read_pubmed_xml(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every article and book of a PubMed XML text."""
    elements = ("PubmedArticle", "PubmedBookArticle")
    return read_xml(pieces, context, XmlSyntax("pubmed_xml", elements, _tags, PUBMED))


def _tags(root: "Element") -> dict[str, list[str]]:
    tags: dict[str, list[str]] = {}
    stack = [root]
    while stack:
        parent = stack.pop()
        above = parent.tag
        groups = []
        for child in parent:
            name = child.tag
            tag = _LEAVES.get((above, name))
            if tag:
                tags.setdefault(tag, []).append(text_in(child))
            elif name in _GROUPS:
                groups.append(child)
            elif name == "AuthorList":
                role = "editor" if child.get("Type") == "editors" else "author"
                tags.setdefault(role, []).extend(filter(None, map(_name, child)))
            elif name == "Abstract":
                tags.setdefault("abstract", []).append(_abstract(child))
            elif name == "ELocationID" and child.get("EIdType") == "doi":
                tags.setdefault("doi", []).append(text_in(child))
            elif name == "ArticleId":
                tags.setdefault(f"id {child.get('IdType')}", []).append(text_in(child))
        stack.extend(reversed(groups))
    return tags


def _name(author: "Element") -> str:
    parts = {str(child.tag): child for child in author}
    group = parts.get("CollectiveName")
    if group is not None:
        return " ".join(text_in(group).split()).replace(",", "") + ","
    texts = {name: child.text or "" for name, child in parts.items()}
    given = texts.get("ForeName") or texts.get("Initials", "")
    named = (texts.get("LastName", ""), given, texts.get("Suffix", ""))
    return ", ".join(part for part in named if part)


def _abstract(abstract: "Element") -> str:
    lines = []
    for part in abstract:
        if part.tag != "AbstractText":
            continue
        label = part.get("Label")
        text = " ".join(text_in(part).split())
        if text:
            lines.append(f"{label}: {text}" if label and label != "UNLABELLED" else text)
    return "\n".join(lines)
