"""What the objects of JSON exports look like, brought to tags.

CSL-JSON 1.0.2, the works of Crossref, OpenAlex, Europe PMC and Semantic Scholar, the studies of
ClinicalTrials.gov, Zotero's items, Publish or Perish and the lines `winnow convert` writes.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from screening.identification.maps.fields import FieldMap
from screening.identification.maps.sources_in_one import drop_catalogues

JSON = FieldMap(
    type=("winnow_type", "itemType", "type", "type_crossref", "pubType", "publicationTypes", "pubtype", "genre", "formats"),
    title=("title", "display_name", "briefTitle", "officialTitle", "name", "vernaculartitle"),
    subtitle=("subtitle",),
    authors=("author", "authors", "creators", "authorships", "authorString", "primary_sponsor"),
    editors=("editor", "editors"),
    year=("year", "issued", "published-print", "published", "publication_year", "pubYear", "date", "publicationDate", "publication_date", "published-online", "date_published", "datePublished", "startDate", "pubdate", "publicationDates", "published_date", "publish_date", "pub_date", "pubDate", "created"),
    journal=("journal", "fulljournalname", "container-title", "publicationTitle", "journalTitle", "source_name", "venue", "bookTitle", "proceedingsTitle", "host_venue", "journal_name", "source", "publication", "publication_title", "arxiv_journal_ref", "arxiv:journal_ref"),
    journal_abbreviation=("journal_abbreviation", "container-title-short", "short-container-title", "journalAbbreviation", "ISOAbbreviation", "medlineAbbreviation", "pubmed source"),
    volume=("volume", "journalVolume"),
    issue=("issue", "number"),
    pages=("pages", "page", "pageInfo", "startpage", "first_page", "page-first", "start_page", "startPage"),
    last_page=("endpage", "last_page", "end_page", "endPage"),
    article_number=("article_number", "article-number", "elocation-id"),
    doi=("DOI", "doi", "arxiv_doi", "arxiv:doi"),
    pmid=("pmid", "PMID", "PubMed", "pubmed"),
    accession=("accession", "nctId", "eid", "uid", "accession-number", "openalex"),
    serials=("issn", "ISSN", "isbn", "ISBN", "issn_l", "essn"),
    abstract=("abstract", "abstractNote", "abstractText", "briefSummary", "description", "summary"),
    keywords=("keywords", "keyword", "tags", "subject", "subjects", "mesh", "meshHeading", "conditions", "terms"),
    language=("language", "lang", "languages"),
    addresses=("urls", "URL", "url", "article_url", "fulltext_url", "landing_page_url", "pdf_url", "ee", "link", "html_url", "articleUrl"),
    notes=("notes", "note", "extra"),
    mentions=("id", "identifier", "note", "extra"),
    split_notes="\n\n",
    cited=frozenset({"reference", "references", "referenced_works", "related_works", "relation"}),
)  # fmt: skip

_NESTED = ("externalIds", "ids", "biblio", "protocolSection", "identificationModule", "descriptionModule", "statusModule",
           "conditionsModule", "sponsorCollaboratorsModule", "startDateStruct", "message", "data", "journalInfo", "journal", "bibjson", "custom", "titles", "issue", "paging",
           "authorList", "keywordList", "meshHeadingList", "pubTypeList", "primary_location", "info", "index_terms", "ieee_terms", "author_terms")  # fmt: skip
_OF_JOURNAL = (("title", "name", "shortTitle"), "journal_name")
# What values are called that mean something else outside the objects with these keys.
_INSIDE = {"journal": _OF_JOURNAL, "journalInfo": _OF_JOURNAL, "paging": (("text",), "pages")}
_PEOPLE = ("author", "authors", "editor", "editors", "creators", "authorships")
_OF_CSL = (
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "paper-conference",
    "post-weblog",
    "chapter",
    "webpage",
    "thesis",
)
_DEEPEST = 6


def tags_of(item: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the values an object holds, by key, the known nested ones lifted up."""
    tags: dict[str, list[str]] = {}
    _collect(item, tags, 0)
    source = _at(item, "primary_location", "source", "display_name") or _at(
        item, "host_venue", "display_name"
    )
    if source:
        tags["source_name"] = [source]
    tags |= _source_serials(item)
    words = item.get("abstract_inverted_index")
    if isinstance(words, dict):
        tags["abstract"] = [_uninverted(words)]
    sponsor = _at(item, "protocolSection", "sponsorCollaboratorsModule", "leadSponsor", "name")
    if sponsor and "authors" not in tags:
        tags["primary_sponsor"] = [sponsor]
    for number in tags.get("clinical-trial-number", ()):  # Crossref writes them in small letters
        tags.setdefault("registration", []).append(number.upper().replace("CHICTR", "ChiCTR"))
    if isinstance(item.get("author"), str) and isinstance(item.get("authors"), list):
        tags.pop("author", None)  # one of them
    if "fulljournalname" in tags:
        _mend_summary(item, tags)
    if item.get("type") in _OF_CSL or "issued" in item:
        tags.pop("source", None)  # the catalogue it came from
    elif "source" in tags:
        drop_catalogues(tags)
    if "source_file" in item and "authors" in tags:  # our own lines, whose names are final
        tags["authors"] = [name if "," in name else f"{name}," for name in tags["authors"]]
    return tags


def _mend_summary(item: Mapping[str, Any], tags: dict[str, list[str]]) -> None:
    """Give the values of a summary of PubMed (esummary) that mean something else elsewhere tags of their own."""
    if "source" in tags:
        tags["pubmed source"] = tags.pop("source")
    if "uid" in tags:
        tags["pmid"] = tags.pop("uid")
    numbers = item.get("articleids")
    for number in numbers if isinstance(numbers, list) else ():
        if isinstance(number, dict) and number.get("idtype") in ("doi", "pubmed"):
            tags[str(number["idtype"])] = list(_texts("", number.get("value")))


def _source_serials(item: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the ISSNs that OpenAlex gives of the place of publication."""
    place = item.get("primary_location") or item.get("host_venue")
    source = place.get("source", place) if isinstance(place, dict) else None
    numbers = source.get("issn") if isinstance(source, dict) else None
    texts = list(_texts("issn", numbers))
    return {"issn": texts} if texts else {}


def _collect(item: Mapping[str, Any], tags: dict[str, list[str]], depth: int) -> None:
    for key, given in item.items():
        if key in JSON.cited:
            continue
        value = _people_of(given) if key in ("author", "authors") else given
        if isinstance(value, dict) and key in _NESTED and depth < _DEEPEST:
            inner = {str(name): each for name, each in value.items()}
            names, called = _INSIDE.get(key, ((), ""))
            for name in names:
                if name in inner:
                    inner[called] = inner.pop(name)
                    break
            _collect(inner, tags, depth + 1)
            continue
        texts = list(_texts(key, value))
        if texts:
            tags.setdefault(str(key), []).extend(texts)


def _people_of(value: Any) -> Any:  # noqa: ANN401  # JSON holds anything
    """Return the list of people that an object stands for: one of them, or the list DBLP wraps into it."""
    if isinstance(value, dict) and isinstance(value.get("primary"), dict):  # a catalogue in VuFind
        return [*value["primary"], *(value.get("corporate") or ())]
    inner = (
        value.get("author") or value.get("authors") or value if isinstance(value, dict) else value
    )
    return [inner] if isinstance(inner, dict) else inner


def _texts(key: str, value: Any) -> Iterator[str]:  # noqa: ANN401  # JSON holds anything
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, bool) or not value:
        return
    elif isinstance(value, int | float):
        yield str(value)
    elif isinstance(value, dict):
        yield from _from_object(value)
    elif isinstance(value, list) and key in _PEOPLE:
        if key == "author" and all(map(_has_only_a_name, value)):
            key = "authors"
        yield from filter(None, (_name(each, key) for each in value))
    elif isinstance(value, list):
        for each in value:
            yield from _from_object(each) if isinstance(each, dict) else _texts("", each)


def _has_only_a_name(value: Any) -> bool:  # noqa: ANN401  # JSON holds anything
    """Return whether an author is not one of Crossref's or CSL's, where who has no family name is a group."""
    return (
        isinstance(value, dict)
        and "name" in value
        and not {"family", "given", "literal", "sequence"} & value.keys()
    )


def _from_object(value: Mapping[str, Any]) -> Iterator[str]:
    """Yield what an object inside a value stands for: a date, or the name of a thing."""
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        yield "-".join(str(part) for part in parts[0] if part is not None)
        return
    if value.get("id") and value.get("type") and len(value) <= 4 and "name" not in value:
        # A second identifier of a trial says nothing without the register's name.
        yield f"{str(value['type']).replace('_', ' ')} {value['id']}"
        return
    if isinstance(value.get("kwd"), list):
        yield from _texts("", value["kwd"])
        return
    for key in (
        "raw",
        "literal",
        "date",
        "display_name",
        "name",
        "tag",
        "title",
        "value",
        "keyword",
        "descriptor_name",
        "descriptorName",
        "clinical-trial-number",
        "url",
        "term",
        "@href",
    ):
        text = value.get(key)
        if isinstance(text, str) and text:
            yield text
            return


def _name(value: Any, key: str) -> str:  # noqa: ANN401  # JSON holds anything
    if isinstance(value, str):
        return value
    if not isinstance(value, dict):
        return ""
    if value.get("creatorType", "author") != "author" and key == "creators":
        return ""
    inner = value.get("author")
    if isinstance(inner, dict):
        value = inner
    family = (
        value.get("family")
        or value.get("lastName")
        or value.get("familyName")
        or value.get("surname")
        or ""
    )
    given = (
        value.get("given")
        or value.get("firstName")
        or value.get("givenName")
        or value.get("forename")
        or ""
    )
    particle = " ".join(
        str(value[part])
        for part in ("dropping-particle", "non-dropping-particle")
        if value.get(part)
    )
    family = f"{particle} {family}".strip()
    if family:
        return ", ".join(str(part) for part in (family, given, value.get("suffix")) if part)
    group = (
        value.get("literal")
        or value.get("collectiveName")
        or (value.get("name") if key in ("author", "editor") else "")
    )
    if group:
        return f"{str(group).replace(',', '')},"
    name = (
        value.get("name")
        or value.get("display_name")
        or value.get("fullName")
        or value.get("full_name")
    )
    # DBLP tells people of one name apart by a number.
    return str(name or str(value.get("text") or "").rstrip("0123456789"))


def _at(item: Mapping[str, Any], *path: str) -> str:
    value: Any = item
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""


def _uninverted(words: Mapping[str, Any]) -> str:
    """Return the abstract of which OpenAlex stores the places of each word."""
    placed = [
        (place, word)
        for word, places in words.items()
        if isinstance(places, list)
        for place in places
    ]
    return " ".join(
        word for _, word in sorted(placed, key=lambda each: (str(type(each[0])), each[0]))
    )
