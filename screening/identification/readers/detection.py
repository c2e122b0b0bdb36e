"""Which format a text is in, told by its content and never by its file's name."""

import re

HEAD = 1 << 16

# The first sign that matches names the format.
_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ovid_tagged", re.compile(r"^\s{0,4}VN\s{1,3}- Ovid", re.M)),
    ("wos", re.compile(r"^(?:FN (?:Thomson|Clarivate|ISI)|PT [A-Z](?:\s*$|\r))", re.M)),
    (
        "pubmed_xml",
        re.compile(r"<Pubmed(?:Book)?Article(?:Set)?[\s>]|<PubmedData>|<MedlineCitation[\s>]"),
    ),
    (
        "endnote_xml",
        re.compile(
            r"<xml>\s*<records>|<ref-type\b|<records>\s*<record>\s*<(?:database|source-app|rec-number)"
        ),
    ),
    ("ebsco_xml", re.compile(r"<rec\s+resultID=|<records>\s*<rec\b")),
    ("ictrp_xml", re.compile(r"<Trials_downloaded_from_ICTRP|<Trial>\s*<(?:Internal_Number|TrialID)")),
    ("rdf", re.compile(r"<rdf:RDF\b|<RDF\b")),
    ("html", re.compile(r"\A\s*(?:<!doctype html|<html\b|<head\b|<body\b)", re.I)),
    ("xml", re.compile(r"\A\s*<(?:\?xml|!DOCTYPE|[A-Za-z_][\w.-]*[\s>/])")),
    ("json", re.compile(r"\A\s*(?:\[\s*[\{\]]|\{\s*[\"}])")),
    (
        "nbib",
        re.compile(r"\A\s*(?:PMID- ?\d|OWN\s{0,2}- ?\S|STAT- )|^PMID- ?\d+\s*\n(?:OWN|STAT)", re.M),
    ),
    ("ris", re.compile(r"^[\s\u200b]{0,16}TY[ \t\xa0]{0,6}-", re.M | re.I)),
    (
        "bibtex",
        re.compile(r"^\s{0,16}@[A-Za-z]{2,30}\s{0,4}[{(]\s*[^\s{}(),=]{0,400}\s{0,8},", re.M),
    ),
    ("refworks", re.compile(r"^RT [A-Z][A-Za-z/, ]{2,60}\s*\n(?:[A-Z][A-Z0-9] )", re.M)),
    ("nbib", re.compile(r"^(?:PMID- ?\d|OWN - )", re.M)),
    ("enw", re.compile(r"\A\s*%[A-Z0-9@!?+*~^&$#=<>\[(] ?\S|^%0 \S", re.M)),
    ("ris", re.compile(r"^ER  ?-\s*$", re.M)),
)


def format_of(head: str) -> str:
    """Return the format of the text that begins with `head`; what no sign tells is a "table"."""
    head = head[:HEAD].replace("\r\n", "\n").replace("\r", "\n")
    for name, sign in _SIGNS:
        if sign.search(head):
            return name
    return "table"
