"""Which format a text is in, told by its content and never by its file's name."""

import re
from operator import itemgetter

HEAD = 1 << 16

# Format, letters that must be there at all (cheap to look for), and the sign itself; of two at one place the first
# counts.
_SIGNS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("ovid_tagged", "- Ovid", re.compile(r"^\s{0,4}VN\s{1,3}- Ovid", re.MULTILINE)),
    ("ovid_tagged", "<", re.compile(r"\A\s*<\d{1,7}\.? ?>[ \t]*\n")),
    ("cochrane", "Record #", re.compile(r"\A\s*Record #\d{1,7} of \d{1,7}\s*\n(?:ID|AN|AU|TI): ")),
    ("scopus_text", "EXPORT DATE:", re.compile(r"\A[\s#]{0,40}Scopus[ \t]*\n[\s#]{0,40}EXPORT DATE:")),
    ("noteexpress", "Reference Type", re.compile(r"^[{\[]Reference Type[}\]]: ?\S", re.MULTILINE)),
    ("wos", "PT ", re.compile(r"^(?:FN (?:Thomson|Clarivate|ISI)|PT [A-Z][ \t]*$)", re.MULTILINE)),
    ("pubmed_xml", "<", re.compile(r"<(?:Pubmed(?:Book)?Article(?:Set)?|MedlineCitation)[\s>]")),
    ("endnote_xml", "<record", re.compile(r"<xml>\s*<records>|<ref-type\b|<records>\s*<record>\s*<(?:database|source-app|rec-number)")),
    ("ebsco_xml", "<rec", re.compile(r"<rec\s+resultID=|<records>\s*<rec\b")),
    ("ictrp_xml", "<Trial", re.compile(r"<Trials_downloaded_from_ICTRP|<Trial>\s*<(?:Internal_Number|TrialID)")),
    ("rdf", "RDF", re.compile(r"<rdf:RDF\b|<RDF\b")),
    ("html", "<", re.compile(r"\A\s*(?:<!doctype html|<html\b|<head\b|<body\b|<table\b)", re.IGNORECASE)),
    ("xml", "<", re.compile(r"\A\s*<(?:\?xml|!DOCTYPE|[A-Za-z_][\w.-]*[\s>/])")),
    ("json", "{", re.compile(r"\A\s*(?:\[\s*[\{\]]|\{\s*[\"}])")),
    ("nbib", "- ", re.compile(r"\A\s*(?:PMID- ?\d|OWN\s{0,2}- ?\S|STAT- )")),
    ("nbib", "PMID-", re.compile(r"^PMID- ?\d+\s*\n(?:OWN|STAT)", re.MULTILINE)),
    ("ris", "-", re.compile(r"^[\s\u200b]{0,16}TY[ \t\xa0]{0,6}-", re.MULTILINE | re.IGNORECASE)),
    ("bibtex", "@", re.compile(r"^\s{0,16}@[A-Za-z]{2,30}\s{0,4}[{(]\s*(?:[^{}(),=\n]{0,400},|[A-Za-z]{2,30} {0,8}= {0,8}[{\"])", re.MULTILINE)),
    ("refworks", "RT ", re.compile(r"^RT [A-Z][A-Za-z/, ]{2,60}\s*\n(?:[A-Z][A-Z0-9] )", re.MULTILINE)),
    ("nbib", "- ", re.compile(r"^(?:PMID- ?\d|OWN - )", re.MULTILINE)),
    ("enw", "%", re.compile(r"\A\s*%[A-Z0-9@!?+*~^&$#=<>\[(] ?\S|^%0 \S", re.MULTILINE)),
    ("pubmed_text", "PMID: ", re.compile(r"\A\s*1[.:] \S(?s:.){10,9000}?\bPMID: \d{1,9}\b")),
    ("labelled", "Title: ", re.compile(r"\A[\s_=-]{0,400}(?:Document \d+ of \d+\s{1,20})?Title: \S(?s:.){1,3000}?^(?:Authors?|Publication title|Abstract|DOI): ", re.MULTILINE)),
    ("labelled", "Title-", re.compile(r"^Title-题名: ?\S", re.MULTILINE)),
    ("labelled", "Document 1 of ", re.compile(r"^Document 1 of \d+\s{1,20}Title: \S", re.MULTILINE)),
    ("labelled", "Document 1 of ", re.compile(r"^Document 1 of \d+[ \t]*\n\s{0,20}\S[^\n]{0,800}\n\s{0,20}(?:Authors?|Abstract|Publication title|https?)\b", re.MULTILINE)),
    ("ris", "ER", re.compile(r"^ER  ?-\s*$", re.MULTILINE)),
)  # fmt: skip


# More than any sign takes; behind another one that far, none can stand first.
_LONGEST = 10_000
# What begins as XML is XML, whatever stands in it.
OF_XML = frozenset({"pubmed_xml", "endnote_xml", "ebsco_xml", "ictrp_xml", "rdf", "xml"})


def format_of(head: str) -> str:
    """Return the format of the text that begins with `head`; what no sign tells is a "table".

    The sign that stands first counts: another format may follow in the same file.
    """
    head = head[:HEAD]
    if "\r" in head:
        head = head.replace("\r\n", "\n").replace("\r", "\n")
    found: list[tuple[int, str]] = []
    end = len(head)
    for name, letters, sign in _SIGNS:
        if letters in head and (match := sign.search(head, 0, end)):
            found.append((match.start(), name))
            end = min(end, match.start() + _LONGEST)
    if not found:
        return "table"
    first = min(found, key=itemgetter(0))[1]
    return next(name for _, name in found if name in OF_XML) if first in OF_XML else first
