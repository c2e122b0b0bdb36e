"""The eight exports in the syntax and habits of the platforms they would come from."""

import csv
import io
import textwrap
from collections.abc import Callable, Sequence

from tests.example.copies import shortened
from tests.example.publication import Publication

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RIS_TYPE = {
    "article": "JOUR",
    "conference": "JOUR",
    "chapter": "CHAP",
    "book": "BOOK",
    "thesis": "THES",
    "report": "RPRT",
}


def _ris(lines: Sequence[tuple[str, str]]) -> str:
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value or tag == "ER") + "\r\n"


def _closed(entry: Publication, line: str) -> str:
    """Add the line that a database puts under abstracts; our own summaries are not the database's."""
    return f"{entry.abstract}{line}" if entry.abstract and entry.synthetic else entry.abstract


def ebsco(database: str, number_from: int) -> Callable[[Sequence[Publication]], bytes]:
    """EBSCOhost's direct RIS export, as CINAHL and Education Research Complete give it."""

    def write(entries: Sequence[Publication]) -> bytes:
        parts = []
        for index, entry in enumerate(entries):
            journal = entry.journal.name if entry.journal else ""
            abstract = _closed(entry, " [ABSTRACT FROM AUTHOR]")
            accession = f"{number_from + index * 7}" if entry.synthetic else ""
            parts.append(_ris([
                ("TY", _RIS_TYPE[entry.kind]), *(("AU", f"{a.family}, {a.given}") for a in entry.authors),
                ("T1", entry.title), ("JO", journal), ("JF", journal), ("Y1", _ebsco_date(entry)),
                ("VL", entry.volume), ("IS", entry.issue), ("M3", "Article" if entry.journal else ""),
                ("SP", entry.first_page or entry.article_number), ("EP", entry.last_page), ("PB", entry.publisher),
                ("SN", entry.journal.issn.replace("-", "") if entry.journal else ""), ("AB", abstract),
                *(("KW", word.upper()) for word in entry.keywords), ("N1", entry.note),
                ("N1", f"Accession Number: {accession}; Document Type: Article; Language: {entry.language}" if accession else ""),
                ("UR", _host_address(database, accession)),
                ("DP", "EBSCOhost"), ("DB", database), ("DO", entry.doi), ("AN", accession), ("ER", ""),
            ]))  # fmt: skip
        return "".join(parts).encode()

    return write


def psycinfo(database: str, year_from: int) -> Callable[[Sequence[Publication]], bytes]:
    """APA's databases on EBSCOhost: sentence-case titles, T2 for the journal, APA's closing line."""

    def write(entries: Sequence[Publication]) -> bytes:
        parts = []
        for index, entry in enumerate(entries):
            accession = (
                f"{year_from}-{10001 + index * 3}-00{1 + index % 9}" if entry.synthetic else ""
            )
            abstract = _closed(
                entry, " (PsycInfo Database Record (c) 2022 APA, all rights reserved)"
            )
            host = (
                entry.journal.name
                if entry.journal
                else f"Readings in {entry.keywords[0]}"
                if entry.kind == "chapter"
                else ""
            )
            parts.append(_ris([
                ("TY", _RIS_TYPE[entry.kind]), ("TI", entry.title), *(("AU", f"{a.family}, {a.given}") for a in entry.authors),
                ("T2", host), ("AB", abstract), ("DA", f"{_ebsco_date(entry)}"), ("PY", str(entry.year)),
                ("VL", entry.volume), ("IS", entry.issue), ("SP", entry.first_page or entry.article_number), ("EP", entry.last_page),
                ("PB", entry.publisher), ("DO", entry.doi), ("DP", "EBSCOhost"),
                ("J2", entry.journal.name if entry.journal else ""), ("SN", entry.journal.issn if entry.journal else ""),
                ("UR", _host_address(database, accession)),
                ("AN", accession), ("DB", database), ("LA", entry.language), *(("KW", word) for word in entry.keywords),
                ("N1", entry.note), ("ER", ""),
            ]))  # fmt: skip
        return "".join(parts).encode()

    return write


def _host_address(database: str, accession: str) -> str:
    if not accession:
        return ""
    return f"https://search.example.org/login.aspx?direct=true&db={database}&AN={accession}&site=ehost-live"


def _ebsco_date(entry: Publication) -> str:
    return f"{entry.year}/{entry.month:02d}//" if entry.month else f"{entry.year}///"


def social_care_online(entries: Sequence[Publication]) -> bytes:
    """A small RIS: family names in capitals, one PY, no abbreviations, pages in one field."""
    parts = []
    for index, entry in enumerate(entries):
        pages = (
            f"{entry.first_page}-{entry.last_page}"
            if entry.last_page
            else entry.first_page or entry.article_number
        )
        parts.append(_ris([
            ("TY", _RIS_TYPE[entry.kind]), ("ID", f"sco-99{index + 1:05d}"),
            *(("AU", f"{a.family.upper()}, {a.given}" if a.given else a.family) for a in entry.authors),
            ("TI", entry.title), ("T2", entry.journal.name if entry.journal else ""), ("PY", str(entry.year)),
            ("VL", entry.volume), ("IS", entry.issue), ("SP", pages), ("PB", entry.publisher),
            ("AB", entry.abstract), *(("KW", word) for word in entry.keywords[:4]), ("DO", entry.doi), ("N1", entry.note),
            ("DB", "Social Care Online"), ("ER", ""),
        ]))  # fmt: skip
    return "".join(parts).encode()


def pubmed(entries: Sequence[Publication]) -> bytes:
    """PubMed's own format: four-letter tags, values wrapped at 80 characters."""
    return "\n".join(_pubmed_record(index, entry) for index, entry in enumerate(entries)).encode()


def _pubmed_record(index: int, entry: Publication) -> str:
    journal = entry.journal
    name, abbreviation, issn = (
        (journal.name, journal.abbreviation, journal.issn) if journal else ("", "", "")
    )
    pages = shortened(entry.first_page, entry.last_page) or entry.article_number
    date = f"{entry.year} {MONTHS[entry.month - 1]}" if entry.month else str(entry.year)
    pmid = entry.pmid or str(99000001 + index * 13)
    lines = [
        ("PMID", pmid), ("OWN", "NLM"), ("STAT", "MEDLINE"), ("IS", f"{issn} (Print)" if issn else ""),
        ("VI", entry.volume), ("IP", entry.issue), ("DP", date), ("TI", entry.title), ("PG", pages),
        ("LID", f"{entry.doi} [doi]" if entry.doi else ""), ("AB", entry.abstract),
    ]  # fmt: skip
    for author in entry.authors:
        lines += [
            ("FAU", f"{author.family}, {author.given.replace('.', '')}"),
            (
                "AU",
                f"{author.family} {author.initials.replace('.', '').replace(' ', '').replace('-', '')}",
            ),
        ]
    lines += [
        ("LA", {"English": "eng", "German": "ger"}[entry.language]), ("TT", entry.original_title), ("PT", "Journal Article"), ("TA", abbreviation), ("JT", name), ("SB", "IM"),
        *(("MH", word.capitalize()) for word in entry.keywords), ("GN", f"NOTNLM: {entry.note}"), ("AID", f"{entry.doi} [doi]" if entry.doi else ""),
        ("PST", "ppublish"), ("SO", f"{abbreviation}. {date};{entry.volume}({entry.issue}):{pages}."),
    ]  # fmt: skip
    return "".join(f"{tag:<4}- {_wrapped(value)}\n" for tag, value in lines if value)


def _wrapped(value: str) -> str:
    return "\n      ".join(textwrap.wrap(value, 84, break_long_words=False, break_on_hyphens=False))


SCOPUS_COLUMNS = (
    "Authors", "Author full names", "Author(s) ID", "Title", "Year", "Source title", "Volume", "Issue", "Art. No.", "Page start",
    "Page end", "Cited by", "DOI", "Link", "Abstract", "Author Keywords", "Index Keywords", "Publisher", "ISSN",
    "Language of Original Document", "Abbreviated Source Title", "Document Type", "Publication Stage", "Open Access", "Source", "EID", "Note",
)  # fmt: skip


def scopus(entries: Sequence[Publication]) -> bytes:
    """Scopus's CSV: a byte order mark, every value quoted, authors as "Family I.I."."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(
        out, SCOPUS_COLUMNS, quoting=csv.QUOTE_ALL, lineterminator="\r\n", restval=""
    )
    writer.writeheader()
    kinds = {
        "article": "Article",
        "chapter": "Book chapter",
        "conference": "Conference paper",
        "book": "Book",
        "thesis": "Article",
        "report": "Article",
    }
    for index, entry in enumerate(entries):
        eid = f"2-s2.0-99{index * 17 + 1:09d}" if entry.synthetic else ""
        writer.writerow({
            "Authors": "; ".join(f"{a.family} {a.initials.replace(' ', '')}" for a in entry.authors),
            "Title": entry.title, "Year": entry.year,
            "Source title": entry.journal.name if entry.journal else f"Readings in {entry.keywords[0]}",
            "Volume": entry.volume, "Issue": entry.issue, "Art. No.": entry.article_number, "Page start": entry.first_page,
            "Page end": entry.last_page, "Cited by": str(index * 7 % 41), "DOI": entry.doi,
            "Link": f"https://www.example.org/inward/record.uri?eid={eid}" if eid else "",
            "Abstract": _closed(entry, f" \u00a9 {entry.year}, The Author(s).") or "[No abstract available]",
            "Author Keywords": "; ".join(entry.keywords), "Publisher": entry.publisher,
            "ISSN": entry.journal.issn.replace("-", "") if entry.journal else "", "Language of Original Document": entry.language,
            "Abbreviated Source Title": ". ".join(entry.journal.abbreviation.split()) + "." if entry.journal else "",
            "Document Type": kinds[entry.kind], "Publication Stage": "Final" if entry.volume or not entry.journal else "Article in press",
            "Source": "Scopus", "EID": eid, "Note": entry.note,
        })  # fmt: skip
    return ("\ufeff" + out.getvalue()).encode()


def ethos(entries: Sequence[Publication]) -> bytes:
    """BibTeX of theses, with TeX for accents, as a reference manager saves EThOS records."""
    parts = []
    for index, entry in enumerate(entries):
        author = " and ".join(f"{a.family}, {a.given}" for a in entry.authors)
        fields = {
            "author": _tex(author), "title": "{" + _tex(entry.title) + "}", "school": entry.publisher, "year": str(entry.year),
            "type": "{PhD} thesis", "url": f"https://ethos.example.org/uk.bl.ethos.99{index + 1:04d}", "abstract": _tex(entry.abstract),
            "keywords": "; ".join(entry.keywords), "language": "English", "note": entry.note,
        }  # fmt: skip
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        parts.append(f"@phdthesis{{uk.bl.ethos.99{index + 1:04d},\n{lines}\n}}\n")
    return "\n".join(parts).encode()


_TEX = {
    "&": r"\&",
    "%": r"\%",
    "á": r"{\'a}",
    "é": r"{\'e}",
    "í": r"{\'i}",
    "ó": r"{\'o}",
    "ö": r"{\"o}",
    "ü": r"{\"u}",
    "ä": r"{\"a}",
    "ø": r"{\o}",
    "ł": r"{\l}",
    "ń": r"{\'n}",
    "ą": r"{\k a}",
    "ô": r"{\^o}",
    "ñ": r"{\~n}",
}


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in text)


def citation_searching(entries: Sequence[Publication]) -> bytes:
    """RIS as a reference manager writes it for references typed in by hand."""
    return "".join(
        _ris([
            ("TY", "JOUR"), *(("AU", f"{a.family}, {a.initials}") for a in entry.authors), ("TI", entry.title), ("PY", str(entry.year)),
            ("T2", entry.journal.name if entry.journal else ""), ("VL", entry.volume), ("IS", entry.issue), ("SP", entry.first_page),
            ("EP", entry.last_page), ("DO", entry.doi), ("AB", entry.abstract), ("N1", "Found in the reference list of a relevant article"),
            ("N1", entry.note), ("ER", ""),
        ])
        for entry in entries
    ).encode()  # fmt: skip


FILES: dict[str, tuple[str, Callable[[Sequence[Publication]], bytes]]] = {
    "psycinfo": ("psycinfo.ris", psycinfo("psyh", 2099)),
    "psycarticles": ("psycarticles.ris", psycinfo("pdh", 2098)),
    "cinahl": ("cinahl.ris", ebsco("ccm", 990000101)),
    "erc": ("education_research_complete.ris", ebsco("ehh", 980000101)),
    "medline": ("medline.nbib", pubmed),
    "scopus": ("scopus.csv", scopus),
    "sco": ("social_care_online.ris", social_care_online),
    "ethos": ("ethos.bib", ethos),
    "citation_searching": ("citation_searching.ris", citation_searching),
}
