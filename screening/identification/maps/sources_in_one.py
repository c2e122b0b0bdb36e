"""Columns of tables in which a platform writes where and when a record appeared all in one."""

import re
from collections.abc import Iterator
from functools import lru_cache

# As in: Cancer (2004) 102:4 (253-258). Date of Publication: 25 Aug 2004
_EMBASE = re.compile(
    r"(?P<journal>\S.{0,300}?) \((?P<year>(?:1[5-9]|20)\d\d)\)"
    r"(?: (?P<volume>[^\s:(]{1,20})?(?::(?P<issue>[^\s(]{1,40}(?: Suppl[^(:]{0,20}(?=[ .]\())?))?)?"
    r"(?: \((?P<pages>[^()]{1,40})\))?"
    r"(?:[.,]? Article Number: (?P<article>[^\s.]{1,40}))?\.? Date of Publication: ",
    re.IGNORECASE,
)
# As in: Infant Ment Health J. 2011 Mar;32(2):207-231. doi: 10.1002/imhj.20291.
_PUBMED = re.compile(
    r"[^;]{1,300}?\. (?P<year>(?:1[5-9]|20)\d\d)[^;.]{0,30};(?P<volume>[^\s:;()]{1,20})?(?:\((?P<issue>[^()]{1,40})\))?"
    r"(?::(?P<pages>[^\s;]{1,30}?))?\.(?:\s|\Z)"
)
# As in: Rev Bras Enferm; 58(2); 11-22
_SCIELO = re.compile(
    r"(?P<journal>[^;]{1,300}); (?P<volume>[^\s;()]{1,20})?\((?P<issue>[^();]{1,40})?\); "
    r"(?:-|(?P<pages>[^\s;]{1,40}))"
)
# As in: PA Roe, I Doe… - Journal of Tests, 2020 - Wiley Online Library
_SCHOLAR = re.compile(
    r"(?P<authors>\S.{0,300}?) - (?:(?P<journal>\S.{0,200}?), )?(?P<year>(?:1[5-9]|20)\d\d) - \S.{0,100}"
)
_FORMS = (
    ("source", _EMBASE.match),
    ("source", _SCIELO.fullmatch),
    ("citation", _PUBMED.match),
    ("reference", _SCHOLAR.fullmatch),
    ("publication info", _SCHOLAR.fullmatch),
    ("publication info summary", _SCHOLAR.fullmatch),
)
_COLUMNS = {
    "authors": "authors",
    "journal": "source title",
    "year": "publication year",
    "volume": "volume",
    "issue": "issue",
    "pages": "pages",
    "article": "article number",
}

# What reviewers' own tables have in a column of sources: where an entry was found. Names of journals are none.
_DATABASES = frozenset(
    {"scopus", "web of science", "wos", "web of science core collection", "wos core collection", "pubmed", "medline", "pubmed medline", "embase", "cinahl",
     "psycinfo", "central", "cochrane", "cochrane library", "cochrane central", "google scholar", "scholar", "ieee xplore", "ieee", "acm", "acm dl",
     "acm digital library", "science direct", "sciencedirect", "springer", "springerlink", "springer link", "wiley",
     "wiley online library", "proquest", "ebsco", "ebscohost", "eric", "lens", "the lens", "lens org", "dimensions", "openalex", "crossref",
     "semantic scholar", "europe pmc", "jstor", "scielo", "lilacs", "doaj", "core", "dblp", "engineering village", "compendex", "inspec",
     "clinicaltrials gov", "ictrp", "zotero", "snowballing", "citation searching", "hand search", "handsearch", "manual search", "other"}
)  # fmt: skip
_SOURCES = ("source", "источник", "来源", "来源出版物", "出典")
_JOURNALS = frozenset(
    {"source title", "journal", "journal title", "journal book", "publication title", "название источника",
     "来源出版物名称", "出版物名"}
)  # fmt: skip
_DOMAIN = re.compile(r"(?:[a-z\d-]+\.){1,4}(?:com|org|net|gov|edu|int|io|eu|[a-z]{2})")
_PARTED = re.compile(r"[;,/|+&]|\band\b")
_NO_WORD = re.compile(r"[\W_]+")
_ENDS_IN_YEAR = re.compile(
    r"([^\W\d_][\w'\u2019-]*)\b.{0,60}\b(?:1[89]|20)\d\d[a-z]?\)?", re.IGNORECASE
)


@lru_cache(maxsize=256)
def _is_catalogue(source: str) -> bool:
    """Return whether a text is the name of databases or of a site."""
    parts = _PARTED.split(source.lower())
    named = all(_NO_WORD.sub(" ", part).strip() in _DATABASES for part in parts)
    return named or _DOMAIN.fullmatch(source) is not None


def _is_no_journal(source: str, authors: list[str]) -> bool:
    """Return whether a text is the name of databases or of a site, or a short citation of the authors ("Roe et al. 2014")."""
    if _is_catalogue(source):
        return True
    short = _ENDS_IN_YEAR.fullmatch(source) if authors else None
    return short is not None and authors[0].startswith(short.group(1))


def drop_catalogues(tags: dict[str, list[str]]) -> None:
    """Make notes of sources that are no journals, but where an entry was found or how it is cited.

    They are no journals anyway where another column holds these.
    """
    if not _JOURNALS.isdisjoint(tags):
        return
    for column in _SOURCES:
        if column in tags and _is_no_journal(tags[column][0], tags.get("authors", [])):
            tags.setdefault("notes", []).extend(f"{column}: {text}" for text in tags.pop(column))


def add_source_parts(tags: dict[str, list[str]]) -> None:
    """Add the parts of such a column under the names of the columns they would have of their own.

    Columns that are there are left as they are, and so is a text that is not written in the platform's form.
    """
    drop_catalogues(tags)
    for column, matched in _FORMS:
        found = matched(tags[column][0]) if column in tags else None
        if found:
            for name, part in _parts(found):
                tags.setdefault(name, [part])


def _parts(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    yield from ((_COLUMNS[name], part) for name, part in found.groupdict().items() if part)
