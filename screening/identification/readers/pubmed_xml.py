"""PubMed XML: articles and books, as the NLM's document type has them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from screening.identification.readers.context import Context, Found
from screening.identification.readers.pieces import Pieces
from screening.identification.readers.xml_entries import XmlSyntax, read_xml, text_in
from screening.identification.xml_maps import PUBMED

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Where the NLM puts what, from the citation or the book document down.
_PATHS = (
    ("title", "Article/ArticleTitle"), ("title", "ArticleTitle"), ("vernacular", "Article/VernacularTitle"),
    ("journal", "Article/Journal/Title"), ("iso", "Article/Journal/ISOAbbreviation"),
    ("ta", "MedlineJournalInfo/MedlineTA"), ("volume", "Article/Journal/JournalIssue/Volume"),
    ("issue", "Article/Journal/JournalIssue/Issue"), ("pages", "Article/Pagination/MedlinePgn"),
    ("pages", "Pagination/MedlinePgn"), ("first", "Article/Pagination/StartPage"), ("last", "Article/Pagination/EndPage"),
    ("issn", "Article/Journal/ISSN"), ("issn", "MedlineJournalInfo/ISSNLinking"), ("issn", "Book/Isbn"),
    ("year", "Article/Journal/JournalIssue/PubDate/Year"), ("year", "Article/Journal/JournalIssue/PubDate/MedlineDate"),
    ("year", "Book/PubDate/Year"), ("year", "Book/PubDate/MedlineDate"), ("year", "Article/ArticleDate/Year"),
    ("language", "Article/Language"), ("language", "Language"), ("type", "Article/PublicationTypeList/PublicationType"),
    ("type", "PublicationType"), ("keyword", "KeywordList/Keyword"), ("mesh", "MeshHeadingList/MeshHeading/DescriptorName"),
    ("book", "Book/BookTitle"), ("pmid", "PMID"), ("note", "GeneralNote"),
    ("registration", "Article/DataBankList/DataBank/AccessionNumberList/AccessionNumber"),
)  # fmt: skip


def read_pubmed_xml(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every article and book of a PubMed XML text."""
    elements = ("PubmedArticle", "PubmedBookArticle")
    return read_xml(pieces, context, XmlSyntax("pubmed_xml", elements, _tags, PUBMED))


def _tags(root: "Element") -> dict[str, list[str]]:
    tags: dict[str, list[str]] = {}
    citation = root.find("MedlineCitation")
    if citation is None:
        citation = root.find("BookDocument")
    if citation is None:
        citation = root
    for tag, path in _PATHS:
        for element in citation.findall(path):
            text = text_in(element)
            if text:
                tags.setdefault(tag, []).append(text)
    abstract = _abstract(citation)
    if abstract:
        tags["abstract"] = [abstract]
    _add_people(citation, tags)
    _add_identifiers(root, citation, tags)
    return tags


def _add_people(citation: "Element", tags: dict[str, list[str]]) -> None:
    for path in ("Article/AuthorList", "AuthorList", "Book/AuthorList"):
        for people in citation.findall(path):
            role = "editor" if people.get("Type") == "editors" else "author"
            tags.setdefault(role, []).extend(filter(None, map(_name, people)))


def _add_identifiers(root: "Element", citation: "Element", tags: dict[str, list[str]]) -> None:
    for element in citation.iterfind("Article/ELocationID"):
        if element.get("EIdType") == "doi":
            tags.setdefault("doi", []).append(text_in(element))
    for element in root.iterfind("*/ArticleIdList/ArticleId"):
        tags.setdefault(str(element.get("IdType")), []).append(text_in(element))


def _name(author: "Element") -> str:
    group = author.find("CollectiveName")
    if group is not None:
        return " ".join(text_in(group).split()).replace(",", "")
    family, given, initials, suffix = (
        author.findtext(part) or "" for part in ("LastName", "ForeName", "Initials", "Suffix")
    )
    return ", ".join(part for part in (family, given or initials, suffix) if part)


def _abstract(citation: "Element") -> str:
    parts = citation.findall("Article/Abstract/AbstractText") or citation.findall(
        "Abstract/AbstractText"
    )
    lines = []
    for part in parts:
        label = part.get("Label")
        text = " ".join(text_in(part).split())
        if text:
            lines.append(f"{label}: {text}" if label and label != "UNLABELLED" else text)
    return "\n".join(lines)
