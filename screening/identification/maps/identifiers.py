"""Addresses, identifiers and registration numbers of an entry."""

import re

from screening.identification.maps.fields import Names, Plan, Tags
from screening.identification.texts.dois import bare_doi, doi_in_address, doi_in_path
from screening.identification.texts.markup import plain_line
from screening.identification.texts.other_works import before_other_works
from screening.identification.texts.registrations import may_hold_registrations, registrations_in

_NUMBER_IN_ADDRESS = re.compile(
    r"scopus\.com/[^\s]*[?&]eid=(2-s2\.0-\d{5,15})|(?:ebsco|ovidweb)[^\s]*[?&]AN=([A-Za-z0-9.-]{3,40})"
    r"|scopus\.com/pages/publications/(?P<scopus>\d{5,15})"
)
_LABELLED_PMID = re.compile(
    r"(?:PUBMED|PMID|MEDLINE):? ?(\d{1,9})|(\d{1,9}) ?\[(?:PMID|PubMed ID|https?://[^\s\]]{1,80}/pubmed/[^\s\]]{1,40})\]"
    r"|https?://(?:pubmed\.ncbi|www\.ncbi)\.nlm\.nih\.gov/(?:pubmed/)?(\d{1,9})/?",
    re.IGNORECASE,
)
_PUBMED_PAGE = re.compile(
    r"https?://(?:(?:pubmed\.|www\.)?ncbi\.nlm\.nih\.gov/(?:m?pubmed/)?"
    r"|www\.ncbi\.nlm\.nih\.gov/entrez/query\.fcgi\?(?=[^\s]{0,100}db=PubMed)[^\s]{0,100}list_uids="
    r"|(?:www\.)?europepmc\.org/(?:abstract|article)/med/)(\d{1,9})/?(?:[?#].{0,200})?",
    re.IGNORECASE,
)
# An address of Ovid's MEDLINE, or what a link resolver is told.
_PMID_NAMED = re.compile(
    r"(?:ovidweb\.cgi\?[^\s]{0,100}\bD=(?:med|mes|prem|pmnm|ppez)[^\s]{0,100}\bAN=|[?&]id=pmid:)(\d{1,9})(?!\d)"
)
# What a list of addresses says before each of them.
_LABEL = re.compile(r"[A-Za-z]{2,12}:(?=https?://)")
_LONGEST_PMID = 9
_LONGEST_MENTION = 2000
_LONGEST_DOI = 200


_MEDLINE_OWNERS = ("medline", "pubmed", "nlm", "cmedm")


def is_medline(database: str) -> bool:
    """Return whether a database is MEDLINE under any vendor's name, so that its numbers are PMIDs."""
    name = database.lower()
    return "embase" not in name and any(owner in name for owner in _MEDLINE_OWNERS)


def add_pmid_of_medline(tags: Tags, number: str) -> None:
    """Take the number in the tag `number`, which Ovid calls ID, for the PMID too where MEDLINE sent the entry."""
    if "DB" in tags and "PMID" not in tags:
        database = tags["DB"][0]
        if number not in tags and database.startswith("Ovid "):
            number = "ID"
        if number in tags and is_medline(database):
            tags["PMID"] = tags[number]


def addresses_in(values: list[str]) -> tuple[str, ...]:
    """Return the web addresses in the values of an entry, each once, in order."""
    if len(values) == 1:
        only = values[0].strip()
        if (
            "://" in only
            and " " not in only
            and "\n" not in only
            and only[-1] not in ";,:"
            and ":http" not in only
        ):
            return (only,) if ";http" not in only else tuple(only.split(";"))
    found: dict[str, None] = {}
    for value in values:
        for line in value.split("\n"):
            if "://" not in line or line.startswith("internal-pdf:"):
                if ("@" not in line or "/" in line) and not line.startswith("ORCID"):
                    found["%20".join(plain_line(line).split())] = None
                continue
            if "<Go to " in line:  # EndNote's link to the record at Web of Science
                found[line.strip()] = None
                continue
            for part in line.replace(";http", " http").split():
                if "/" in part or "." in part:  # no word of a remark beside it
                    found[_LABEL.sub("", part).rstrip(";,")] = None
    found.pop("", None)
    return tuple(found)


def doi_in(tags: Tags, plan: Plan, addresses: tuple[str, ...]) -> str | None:
    """Return the DOI: of its own tags, else of an address, else where a text names it as such."""
    for name in plan.doi:
        for value in tags[name]:
            doi = bare_doi(value)
            if doi:
                return doi
    for value in addresses:
        doi = doi_in_address(value) or doi_in_path(value)
        if doi:
            return doi
    for name in plan.mentions:
        for value in tags[name]:
            doi = _mentioned_doi(value)
            if doi:
                return doi
    return None


def misplaced_doi(tags: Tags, names: Names) -> str | None:
    """Return the DOI of which one of these tags has the address."""
    for name in names:
        for value in tags.get(name, ()):
            doi = doi_in_address(value)
            if doi:
                return doi
    return None


def _mentioned_doi(text: str) -> str | None:
    """Return the DOI that a text is or names as the entry's own."""
    if text.startswith("10.") and len(text) < _LONGEST_DOI and " " not in text:
        return bare_doi(text)  # the whole of it is one
    if len(text) >= _LONGEST_MENTION or not doi_in_address(text):
        return None
    return doi_in_address(before_other_works(text))


def accession_in(addresses: tuple[str, ...]) -> str:
    """Return the platform's own number that an address of Scopus or EBSCOhost names, "" without one."""
    for address in addresses:
        if "eid=" in address or "AN=" in address or "/publications/" in address:
            found = _NUMBER_IN_ADDRESS.search(address)
            if found:
                return found[1] or found[2] or f"2-s2.0-{found['scopus']}"
    return ""


def pmid_in(tags: Tags, plan: Plan) -> str | None:
    """Return the PMID, a bare number in its own tags or one that is marked as a PMID."""
    for name in plan.pmid:
        for value in tags[name]:
            digits = value.strip(" .:\n")
            if digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_PMID:
                return digits.lstrip("0") or None
    for name in (*plan.pmid_labelled, *plan.pmid):
        for value in tags[name]:
            found = _LABELLED_PMID.fullmatch(value.strip()) if _may_be_labelled(value) else None
            if found:
                return found[found.lastindex or 0].lstrip("0") or None
    return None


def _may_be_labelled(value: str) -> bool:
    """Return whether a label may stand before or behind the number, told without a search."""
    return value[-1:].isspace() or value[:1].isspace() or value[-1:] == "]" or value[:1] in "PpMmh"


def is_labelled(number: str) -> bool:
    """Return whether what another program's number is stands behind it, as in "123 [Pubmed ID]"."""
    return number.endswith(" ID]") and "[" in number


def pmid_in_addresses(addresses: tuple[str, ...]) -> str | None:
    """Return the PMID of which one of the addresses is the page at PubMed or Europe PMC."""
    for address in addresses:
        if "ncbi.nlm.nih.gov/" in address or "europepmc.org/" in address:
            found = _PUBMED_PAGE.fullmatch(address)
            if found:
                return found[1].lstrip("0") or None
        elif "ovidweb" in address or "id=pmid:" in address:
            found = _PMID_NAMED.search(address)
            if found:
                return found[1].lstrip("0") or None
    return None


def registrations_among(
    tags: Tags, cited: frozenset[str], text: str, accession: str
) -> tuple[str, ...]:
    """Return the trial registration numbers in the values of all tags but those of cited works.

    `text` is the entry as a whole, which mostly rules them out.
    """
    if not may_hold_registrations(text):
        # Nothing announces these numbers in a text; as identifiers they are known.
        return registrations_in(accession) if "JPRN-" in accession else ()
    found: set[str] = set()
    for name, values in tags.items():
        if name not in cited:
            for value in values:
                found.update(registrations_in(value))
    return tuple(sorted(found))
