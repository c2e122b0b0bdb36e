"""What the columns of tables are called, platform by platform, as data."""

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from unicodedata import combining, normalize

from screening.identification.maps.fields import FieldMap, Names

_PUNCTUATION = re.compile(r"(?:[^\w#]|_)+")


def column_name(text: str) -> str:
    """Return a column's name in the form the maps use: lower case words without marks on letters, single spaces."""
    if not text.isascii():
        text = "".join(sign for sign in normalize("NFKD", text) if not combining(sign))
        text = normalize("NFC", text)
    return " ".join(_PUNCTUATION.sub(" ", text.lower().replace("\ufeff", "")).split())


# The names in letters other than Latin ones, and in further languages.
_ELSEWHERE: dict[str, Names] = {
    name: tuple(map(column_name, words.split(",")))
    for name, words in {
        "type": "тип документа,文献类型,文献タイプ,文獻類型",
        "last_page": "страница окончания,结束页码,終了ページ,結束頁碼",
        "article_number": "статья №,论文编号,論文番号",
        "language": "язык оригинального документа,язык,原始文献语言,语言,言語,語言",
        "title": "название,заглавие,статья,标题,题名,篇名,タイトル,論文名,題名,제목,논문명,Başlık,makale adı,titolo,tytuł,название документа,文献标题,文献タイトル,標題,文獻標題",
        "authors": "авторы,автор,作者,著者,著者名,저자,저자명,yazarlar,yazar,autori,autore,autorzy,автор(ы)",
        "year": "год,год публикации,年份,年,出版年,出版日期,发表时间,出版时间,发表日期,発行日,발행일,発行年,연도,발행연도,발행년,yıl,yayın yılı,anno,rok",
        "journal": "название источника,来源出版物名称,來源出版物名稱,出版物名,журнал,источник,期刊,刊名,来源,文献来源,雑誌名,掲載誌,학술지명,학술지,저널명,dergi,rivista,czasopismo,期刊名稱",
        "volume": "том,卷,巻,권,cilt",
        "issue": "номер,выпуск,期,号,호,sayı",
        "pages": "страницы,页码,页,ページ,페이지,sayfa,sayfalar,pagine,strony,страница начала,起始页码,開始ページ,頁碼,頁次,起始頁碼",
        "abstract": "аннотация,реферат,摘要,抄録,要旨,초록,özet,riassunto,краткое описание",
        "keywords": "ключевые слова,关键词,キーワード,주제어,키워드,anahtar kelimeler,parole chiave,ключевые слова автора,ключевые слова указателя,作者关键字,索引关键字,著者キーワード,索引キーワード,關鍵詞,關鍵字,作者關鍵字",
        "addresses": "ссылка,链接,링크,リンク",
    }.items()
}

_TABLE = FieldMap(
    type=("type", "type of reference", "item type", "document type", "publication type", "reference type", "doctype", "documenttype", "content type", "itemtype", "source type", "entrytype", "category"),
    title=("title", "article title", "document title", "item title", "primary title", "title primary", "study title", "brief title", "public title", "scientific title", "ti", "t1", "paper title", "name", "display name", "original title", "titel", "titre", "titulo", "nm producao"),
    authors=("author full names", "authors", "author s", "author", "author names", "authors primary", "first authors", "creator", "creators", "au", "a1", "authors names", "authorships author display name", "authorstring", "author string", "autoren", "autor en", "autor", "auteurs", "auteur", "autores", "first author", "nm discente", "authors raw", "authors list", "author list", "list of authors", "all authors", "author name"),
    groups=("group authors", "corporate author"),
    editors=("secondary authors", "editors", "editor", "book editors"),
    year=("publication year", "published year", "year", "pub year", "py", "yr", "date published", "publication date", "date", "y1", "year of publication", "issued", "start date", "first posted", "date registration", "date of registration", "jahr", "erscheinungsjahr", "annee", "ano", "pubyear", "ano de publicacion", "ano de publicacao", "ano de defesa", "an base"),
    journal=("source title", "journal title", "journal name", "publication title", "periodical full", "journal", "journal book", "publication", "secondary title", "full journal title", "source", "booktitle", "container title", "jo", "jf", "t2", "publication name", "pubtitle", "journaltitle", "primary location source display name", "host venue display name", "zeitschrift", "zeitschrift zeitung", "revue", "revista", "periodico", "venue", "container", "published in", "publication venue", "journal conference", "journal or conference", "conference"),
    journal_abbreviation=("abbreviated source title", "journal abbreviation", "periodical abbrev", "journal iso abbreviation", "alternate title3", "ja", "j2"),
    volume=("volume", "journal volume", "vl", "vol", "biblio volume", "journalvolume", "band", "volumen"),
    issue=("issue", "issue number", "journal issue", "number", "is", "biblio issue", "iss", "heft", "numero"),
    pages=("pages", "start page", "page start", "first page", "sp", "page numbers", "pagination", "startpage", "pageinfo", "biblio first page", "page first", "spage", "fpage", "begin page", "from page", "pagina inicial", "pagina inicio", "seiten", "paginas", "pp", "page"),
    last_page=("end page", "page end", "last page", "other pages", "ep", "endpage", "biblio last page", "page last", "epage", "lpage", "to page", "pagina final", "pagina fin"),
    article_number=("art no", "article number"),
    doi=("doi", "item doi", "do", "doi link", "ids doi", "digital object identifier", "digitalobjectidentifier"),
    pmid=("pubmed id", "pmid", "medline pmid", "ids pmid", "pm"),
    accession=("accession", "accession number", "ut unique wos id", "unique wos id", "eid", "lens id", "central id", "eric number", "embase accession id", "pui", "nct number", "trialid", "publication id", "storeid", "proquest document id", "an"),
    serials=("issn", "isbn", "issns", "eissn", "e issn", "issn isbn", "print issn", "sn", "isbns"),
    abstract=("abstract", "abstract note", "ab", "n2", "notes abstract", "brief summary", "summary", "description", "zusammenfassung", "resume", "resumen", "resumo", "resumo em portugues", "resumo em ingles", "ds resumo", "ds abstract"),
    keywords=("author keywords", "keywords", "index keywords", "keywords plus", "subjects", "mesh terms", "manual tags", "automatic tags", "descriptors", "kw", "subject", "conditions", "schlagworter", "schlagworte", "mots cles", "palabras clave", "palavras chave", "assuntos", "assuntos em portugues", "ds palavra chave", "mesh"),
    language=("language", "language of original document", "output language", "article language", "la", "idioma", "sprache", "langue", "nm idioma"),
    addresses=("url", "urls", "link", "link to record", "plink", "external url", "source urls", "links", "open url link", "study url", "web address", "dimensions url", "documenturl", "document url", "articleurl", "url of paper", "paper url", "article url", "ur"),
    notes=("notes", "note", "extra", "n1"),
    mentions=("citation", "notes", "note", "extra"),
    cited=frozenset({"references", "cited references"}),
    lists=True,
    split_notes="\n\n",
)  # fmt: skip
TABLE = replace(
    _TABLE, **{name: getattr(_TABLE, name) + names for name, names in _ELSEWHERE.items()}
)

NOTHING = frozenset(
    {"nan", "NaN", "NaT", "<NA>", "NA", "N/A", "null", "NULL", "None", "n/a", "#N/A", "-", "--"}
)
"""What the tables of Python, R, Excel and people have for a value that is not there.

A title may be such a word; it is none where its row has the word elsewhere, too.
"""
LONGEST_NOTHING = 4
POINT_NOUGHT = ".0"


def whole_number(cell: str) -> str:
    """Return a whole number without the ".0" that Python's and R's tables write behind it where others are missing.

    Every other text stays as it is.
    """
    number = cell.removesuffix(POINT_NOUGHT)
    return number if number.isdecimal() else cell


# Columns in which a whole reference may be written out, where no column holds titles.
REFERENCE_COLUMNS = ("reference", "full reference", "full citation", "citation", "bibliographic reference", "apa", "apa citation", "apa reference", "referencia", "source", "bibliography")  # fmt: skip

# Columns in which Publish or Perish, told by its column "GSRank", writes "0" for nothing.
NO_ZERO = frozenset({"volume", "issue", "startpage", "endpage"})

# Columns that mean something else with one platform, told by a column that only it has.
_BY_SIGN: dict[str, dict[str, Names | bool | str]] = {
    "lens id": {"natural": True},  # Lens writes given names first
    "item doi": {"natural": True},  # so does SpringerLink
    "nm discente": {
        "natural": True
    },  # so does CAPES, the Brazilian theses' agency, in capital letters
    "central id": {"journal": ("source",)},
    "nct number": {"split_keywords": "|"},
}


_BRACKETS = re.compile(r"\([^()]*\)")
# A name in English and again, as CNKI has them: "Keyword-关键词", "DOI-DOI".
_TWO_NAMES = re.compile(
    r"([A-Za-z][A-Za-z ]{0,40})\s?[-/]\s?([^\W\d_\x00-\u052f]{1,20}|[A-Z]{2,9})"
)
_OF_ADDRESSES = frozenset({"url", "urls", "link", "links"})
# What has an address of its own in tables, and is not the entry.
_OF_OTHERS = frozenset(
    {"cited", "cites", "citing", "citation", "citations", "related", "reference", "references", "author", "authors", "orcid",
     "journal", "publisher", "license", "licence", "image", "book", "preprint", "has", "data", "dataset", "code", "github", "repository", "project"}
)  # fmt: skip


def column_names(header: Iterable[str]) -> tuple[str, ...]:
    """Return the names of a table's columns as the maps have them, as far as these know them.

    What stands in brackets, or in a second language, is left out where the name is known without it only, and a
    column of addresses is told by the word for them.
    """
    cells = tuple(header)
    names = tuple(map(column_name, cells))
    return tuple(
        name if name in _ALL else _likened(name, cell, names)
        for name, cell in zip(names, cells, strict=True)
    )


def _likened(name: str, cell: str, names: tuple[str, ...]) -> str:
    plain = [column_name(_BRACKETS.sub(" ", cell))] if "(" in cell else []
    if twice := _TWO_NAMES.fullmatch(cell.strip()):
        plain += map(column_name, twice.groups())
    for known in plain:
        if known in _ALL and known not in names:
            return known
    if name == "no" and names[0] != name and not {"vol", "volume"}.isdisjoint(names):
        return "issue"
    words = set(name.split())
    if words & _OF_OTHERS:
        return name
    if words & _OF_ADDRESSES:
        return "url"
    return "doi link" if "doi" in words else name


def table_map(provider: str | None, names: tuple[str, ...]) -> FieldMap:
    """Return where a table with these columns holds its fields."""
    for sign, changes in _BY_SIGN.items():
        if sign in names:
            return replace(TABLE, **changes)  # type: ignore[arg-type]  # each key with its own type
    if provider == "IEEE Xplore":
        return replace(TABLE, natural=True)
    if "pages" in names and not set(TABLE.last_page).isdisjoint(names):
        # Beside the first and the last one, this may be the number of pages.
        return replace(TABLE, pages=(*TABLE.pages[1:], "pages"))
    return TABLE


_ALL = frozenset(
    name
    for each in fields(TABLE)
    if isinstance(names := getattr(TABLE, each.name), tuple)
    for name in names
)
TITLE_COLUMNS = frozenset(TABLE.title)
KNOWN_COLUMNS = frozenset(
    name
    for names in (
        TABLE.title, TABLE.authors, TABLE.year, TABLE.journal, TABLE.doi, TABLE.pmid, TABLE.abstract,
        TABLE.volume, TABLE.issue, TABLE.pages, TABLE.accession, TABLE.serials, TABLE.keywords,
    )
    for name in names
)  # fmt: skip
