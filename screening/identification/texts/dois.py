"""Digital object identifiers as exports write them, brought to one bare form.

The syntax is ISO 26324: "10.", a registrant code and a suffix of printable characters.
"""

import html
import re
from collections.abc import Iterable
from urllib.parse import unquote

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d{1,9}){0,4}/[^\s\"]{1,400}")
_BARE = re.compile(r"10\.\d{4,9}/[a-z0-9._/-]*[a-z0-9]")
# The last is how EndNote's field is called where Zotero keeps what it has no field for.
_RESOLVER = re.compile(r"doi\.org/|doi:|\bdoi=|/doi/|electronic-resource-num:", re.IGNORECASE)
_IN_PATH = re.compile(r"[/:](10\.\d{4,9}/[^\s?#\"<>&]{1,400})")
# Springer's books; a chapter's DOI goes on with its number.
_BOOK = re.compile(r"97[89][\d-]{10,14}")
INDEX_DOI = "10.1002/central"
"""What CENTRAL, the Cochrane Library's index of trials, numbers its entries by, whatever they are of."""

# In an address such a number is no DOI.
_INDEXED = f"{INDEX_DOI}/"
_FILE_TAIL = re.compile(r"\.(?:e?pdf|html?|full|abstract)$", re.IGNORECASE)
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}
# What is shown of an article behind its DOI in the addresses of platforms.
_SHOWN = re.compile(r"(?:\.(?:short|full|abstract)|/(?:full|fulltext|abstract|summary|e?pdf))$")
# Which version of a preprint bioRxiv and medRxiv show.
_VERSION = re.compile(r"(?<=\d)v\d{1,2}$")
_URL_TAILS = re.compile(r"(?:/(?:full|fulltext|abstract|summary|pdf|epdf|meta))?(?:[?#].*)?$")


def bare_doi(text: str) -> str | None:
    """Return the first DOI in `text`, bare and lower case, or None.

    Takes the forms met in exports: bare, after "doi:", as a resolver's address, with a trailing
    "[doi]", percent-encoded, with HTML entities, or with a full stop behind it.
    """
    lowered = text.lower()
    if _BARE.fullmatch(lowered) and (lowered[-1].isdigit() or not _SHOWN.search(lowered)):
        return lowered
    if ".CO;2" in text.upper():  # a SICI inside the DOI, which platforms break with spaces
        text = "".join(text.split())
    if "%" in text:
        text = unquote(text)
    if "&" in text:
        text = html.unescape(text)
    found = _DOI.search(text)
    return _SHOWN.sub("", _trimmed(found.group()).lower()) if found else None


def doi_in_address(text: str) -> str | None:
    """Return the DOI that a web address or note names as such, or None.

    Only text that says it is a DOI counts ("doi.org/", "doi:", "/doi/"), so that a DOI mentioned in
    passing is not taken for the record's own.
    """
    lowered = text.lower()
    if "doi" not in lowered and "electronic-resource-num" not in lowered:
        return None
    named = _RESOLVER.search(text)
    if not named:
        return None
    if "<br" in lowered:  # markup, which has not been taken out here, and no part of an old DOI
        text = text.replace("<br", " <br")
        named = _RESOLVER.search(text) or named
    said = text[named.start() :]
    if "?" in text[: named.start()]:  # a value among others, as in the links of library catalogues
        said = said.partition("&")[0]
    found = bare_doi(said)
    return _URL_TAILS.sub("", found) if found and not found.startswith(_INDEXED) else None


def doi_in_path(address: str) -> str | None:
    """Return the DOI that the path of a publisher's web address goes through, or None.

    Behind the DOI publishers put what is to be shown ("/asset/a.pdf", "/full"): it ends before the first
    part of the path without a digit. The DOI of a book is left: the entry may be a chapter of it.
    """
    if (
        "10." not in address
        or _INDEXED in address
        or not address.startswith(("http://", "https://"))
    ):
        return None
    found = _IN_PATH.search(unquote(address))
    if not found:
        return None
    registrant, suffix, *rest = _FILE_TAIL.sub("", found[1]).split("/")
    if _BOOK.fullmatch(suffix):
        return None
    parts = [registrant, suffix]
    for part in rest:
        if not any(map(str.isdigit, part)):
            break
        parts.append(part)
    doi = _FILE_TAIL.sub("", "/".join(parts))
    if "rxiv.org/" in address:
        doi = _VERSION.sub("", doi)
    return bare_doi(doi)


def first_doi(texts: Iterable[str]) -> str | None:
    """Return the first DOI found in any of `texts`, in order."""
    for text in texts:
        found = bare_doi(text)
        if found:
            return found
    return None


def _trimmed(doi: str) -> str:
    for separator in (";http", ",http", ";10.", ",10."):
        doi = doi.split(separator, 1)[0]
    while doi:
        last = doi[-1]
        unpaired = last in _PAIRS and doi.count(last) > doi.count(_PAIRS[last])
        if last in ".,;:'" or unpaired:
            doi = doi[:-1]
        elif doi.lower().endswith("[doi]"):
            doi = doi[:-5]
        else:
            break
    return doi
