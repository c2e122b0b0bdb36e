"""Identifiers that platforms write into notes behind a label."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from screening.identification.texts.other_works import before_other_works

_LABELS = re.compile(
    r"(?P<accession>Accession (?:Number|No\.?):\s*)(?P<number>[A-Za-z0-9][A-Za-z0-9./:-]{2,40})"
    r"|(?P<pmid>PMID|PubMed ID|PUBMED)(?::\s*|\s+(?=\d{4}))(?P<digits>\d{1,9})(?!\d)"
    r"|(?P<isbn>ISBN):?\s*(?P<book>[\d-]{9,16}[\dXx])"
)


_SIGNS = ("PMID", "PubMed ID", "PUBMED", "ISBN", "Accession N")
# A note that holds nothing but an identifier which is a field of its own; our writers make these.
_ONLY = re.compile(r"(?:PMID: \d{1,9}|Trial registration: \S+)")


@dataclass(frozen=True, slots=True)
class Labelled:
    """Identifiers named in notes."""

    accession: str | None = None
    pmid: str | None = None
    isbn: str | None = None


NOTHING = Labelled()


def labelled(notes: Iterable[str]) -> Labelled:
    """Return the identifiers that short notes name behind a label ("Accession Number: 123")."""
    accession = pmid = isbn = None
    for text in notes:
        if not any(sign in text for sign in _SIGNS):
            continue
        for found in _LABELS.finditer(before_other_works(text[:4000])):
            if found["accession"]:
                accession = accession or found["number"].rstrip(".;")
            elif found["pmid"]:
                pmid = pmid or found["digits"].lstrip("0")
            else:
                digits = found["book"].replace("-", "").upper()
                isbn = isbn or (digits if len(digits) in (10, 13) else None)
    return Labelled(accession, pmid, isbn)


def is_only_label(note: str) -> bool:
    """Return whether a note holds nothing but an identifier that is a field of its own."""
    return bool(_ONLY.fullmatch(note))
