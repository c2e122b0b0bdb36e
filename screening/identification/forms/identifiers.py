"""Identifiers as deduplication compares them: bare DOIs, PubMed numbers, serial and book numbers."""

import re
from collections.abc import Iterable
from urllib.parse import unquote

from screening.identification.texts.dois import INDEX_DOI

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DOI_MARKS = bytes(code for code in range(128) if not chr(code).isalnum())
_VERSION = re.compile(r"(?:\.pub|/v)(\d{1,3})$")
_COMPONENT = re.compile(r"\.[gst]\d{3}$")
_ISSN = re.compile(r"\b(\d{4})-?(\d{3}[\dx])\b")
_ISBN = re.compile(r"\b97[89][-\d ]{10,14}|\b\d[-\d]{8,11}[\dx]\b")
_PUBMED = re.compile(
    r"(?:ncbi\.nlm\.nih\.gov/(?:entrez/)?(?:pubmed/|.*list_uids=)|pubmed\.ncbi\.nlm\.nih\.gov/)(\d{4,9})"
)


def doi_form(doi: str | None) -> str:
    """Return the DOI bare, decoded and in lower case, or "" where there is none."""
    if not doi:
        return ""
    text = doi.lower()
    if "%" in text:
        text = unquote(text)
    found = _DOI.search(text)
    if not found:
        return ""
    # Exports differ in the marks of one DOI: "a_12", "a-12", "a/12"; the version needs its dot.
    # A figure, table or supplement of an article has a DOI of its own: "...0094853.g001".
    text = found.group()
    if text.startswith(INDEX_DOI):
        return ""
    if text[-5:-4] == ".":
        text = _COMPONENT.sub("", text)
    registrant, slash, rest = text.partition("/")
    version = _VERSION.search(rest) if "pub" in rest or "/v" in rest else None
    stem = rest[: version.start()] if version else rest
    marks = "surrogatepass"  # some exports hold halves of letters
    stem = stem.encode("utf-8", marks).translate(None, _DOI_MARKS).decode("utf-8", marks)
    return registrant + slash + stem + (version.group() if version else "")


def mistyped_doi(one: str, other: str) -> bool:
    """Return whether two DOIs have the same digits and one lacks a letter of the other ("pp", "pap").

    What differs in a digit, or in a letter at the end, is another article as often as not.
    """
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) != 1:
        return False
    place = next((n for n, letter in enumerate(short) if letter != long[n]), len(short))
    return place < len(short) and long[place].isalpha() and short[place:] == long[place + 1 :]


def pmid_form(pmid: str | None, urls: Iterable[str] = ()) -> int:
    """Return the PubMed number, read from an address where the field is empty, or 0."""
    if pmid:
        digits = "".join(filter(str.isdigit, pmid))
        return int(digits[:9]) if digits else 0
    for url in urls:
        if found := _PUBMED.search(url):
            return int(found.group(1))
    return 0


def issn_forms(issn: Iterable[str], isbn: str | None) -> frozenset[str]:
    """Return the ISSNs of a record; exports put them in the ISBN field as often as not."""
    text = " ".join((*issn, isbn or "")).lower()
    return (
        frozenset("".join(parts) for parts in _ISSN.findall(text)) if text.strip() else frozenset()
    )


def versioned(doi: str) -> tuple[str, int]:
    """Return what a DOI names and which version of it (".pub3", "/v2"); version 1 carries no number."""
    found = _VERSION.search(doi) if ".pub" in doi or "/v" in doi else None
    return (doi[: found.start()], int(found.group(1))) if found else (doi, 1)


PREPRINT_DOIS = (
    "10.1101/", "10.48550/", "10.2139/ssrn", "10.21203/rs", "10.31234/", "10.31219/", "10.31235/",
    "10.20944/preprints", "10.26434/", "10.22541/", "10.36227/", "10.7287/peerj.preprints",
)  # fmt: skip
"""Prefixes of bioRxiv and medRxiv, arXiv, SSRN, Research Square, PsyArXiv, OSF, SocArXiv,
Preprints.org, ChemRxiv, Authorea, TechRxiv, PeerJ Preprints."""

_PREPRINT_SERVER = re.compile(r"\b(?:\w+[rx]xiv|ssrn|research square|preprints?)\b", re.IGNORECASE)


_DISSERTATIONS = re.compile(r"\bdissertations?\b")

_REGISTRY = re.compile(
    r"\bclinical ?trials?(?:\.gov| regist)|\btrials? regist(?:ry|er)|\bictrp\b|\bisrctn\b|\beuctr\b",
    re.IGNORECASE,
)


def is_dissertation(journal: str) -> bool:
    """Return whether the name of a journal is that of an index of dissertations."""
    lower = journal.lower()
    return "dissertation" in lower and bool(_DISSERTATIONS.search(lower))


def is_registry(journal: str) -> bool:
    """Return whether the name of a journal is that of a trial registry."""
    lower = journal.lower()
    likely = "trial" in lower or "ictrp" in lower or "isrctn" in lower or "euctr" in lower
    return likely and bool(_REGISTRY.search(journal))


def is_preprint(doi: str) -> bool:
    """Return whether a DOI is that of a preprint server."""
    return doi.startswith(PREPRINT_DOIS)


def is_preprint_server(journal: str) -> bool:
    """Return whether the name of a journal is that of a preprint server."""
    lower = journal.lower()
    likely = "xiv" in lower or "ssrn" in lower or "preprint" in lower or "research square" in lower
    return likely and bool(_PREPRINT_SERVER.search(journal))
