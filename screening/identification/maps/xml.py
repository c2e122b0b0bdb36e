"""Which elements of the XML exports hold which field, as data."""

from screening.identification.maps.fields import FieldMap

ENDNOTE = FieldMap(
    type=("ref-type",),
    title=("titles/title", "titles/translated-title", "titles/secondary-title"),
    authors=("authors/author",),
    editors=("secondary-authors/author", "tertiary-authors/author"),
    year=("dates/year", "pub-dates/date", "dates/date"),
    journal=(
        "periodical/full-title",
        "titles/secondary-title",
        "alt-periodical/full-title",
        "titles/tertiary-title",
    ),
    journal_abbreviation=("periodical/abbr-1", "alt-periodical/abbr-1", "titles/alt-title"),
    volume=("volume",),
    issue=("number", "issue"),
    pages=("pages",),
    article_number=("custom7", "electronic-article-number"),
    doi=("electronic-resource-num",),
    pmid=("pmid",),
    accession=("accession-num",),
    serials=("isbn", "issn"),
    abstract=("abstract",),
    keywords=("keywords/keyword",),
    language=("language",),
    addresses=("related-urls/url", "web-urls/url", "urls/url", "text-urls/url", "pdf-urls/url"),
    notes=("notes", "research-notes"),
    mentions=("notes", "accession-num"),
    split_keywords="\r",
)

PUBMED = FieldMap(
    type=("type",),
    title=("title", "vernacular", "book"),
    authors=("author",),
    editors=("editor",),
    year=("year", "early year"),
    journal=("journal", "book", "ta"),
    journal_abbreviation=("ta", "iso"),
    volume=("volume",),
    issue=("issue",),
    pages=("pages", "first"),
    last_page=("last",),
    doi=("doi", "id doi", "invalid doi"),
    pmid=("pmid", "id pubmed"),
    serials=("issn",),
    abstract=("abstract", "other abstract"),
    keywords=("keyword", "mesh"),
    language=("language",),
    notes=("note",),
)

EBSCO = FieldMap(
    type=("doctype", "pubtype"),
    title=("atl", "btl"),
    authors=("au",),
    year=("year",),
    journal=("jtl", "btl"),
    volume=("vid",),
    issue=("iid",),
    pages=("pages", "ppf"),
    doi=("ui doi", "doi"),
    pmid=("ui pmid",),
    accession=("uiTerm", "ui"),
    serials=("issn", "isbn"),
    abstract=("ab",),
    keywords=("subj", "keyword"),
    language=("language",),
    addresses=("plink", "url"),
)

ICTRP = FieldMap(
    title=("scientific_title", "public_title"),
    authors=("primary_sponsor",),
    year=("date_registration", "date_registration3", "date_enrollement"),
    accession=("trialid",),
    abstract=("inclusion_criteria",),
    keywords=("condition", "intervention"),
    addresses=("web_address", "url"),
    notes=("study_type", "recruitment_status"),
)
