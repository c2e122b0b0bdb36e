"""Where a text stops being in one format and goes on in another."""

import re

from screening.identification.readers.detection import format_of

# What an entry of each format begins with; RIS of Ovid has its number on a line before.
_BEGINNING = (
    r"(?=TY[ \t\xa0]{0,6}-|PMID- ?\d|OWN - ?\S|FN [TCI]|PT [A-Z]\s{0,4}[\r\n]|@[A-Za-z]{2,30}\s{0,4}[{(]|<\?xml|<records>"
    r"|%0 |%[A-Z] [^\r\n]{1,2000}[\r\n]{1,2}%[A-Z0-9@] |RT [A-Z]|[{\[]Reference Type[}\]]:|Scopus\s{1,4}EXPORT DATE:"
    r"|<\d{1,6}\. ?>)"
)
_AFTER_BLANK = re.compile(
    r"(?:\A|(?:\r\n|\n|\r(?!\n))[ \t]{0,40}(?:\r\n|\n|\r(?!\n)))\s{0,40}(?:\d{1,7}\. ?[\r\n]{1,2}(?=TY[ \t]{0,6}-))?"
    + _BEGINNING
)


# The first line or two of an entry that are told from any other text, also without a blank line before them.
_TELLING = re.compile(
    r"(?<=[\r\n])(?:\d{1,7}\. ?[\r\n]{1,2}(?=TY[ \t]{0,6}-)|[ \t]{1,8}(?=TY[ \t]{0,6}-))?"
    r"(?=TY[ \t\xa0]{0,6}-[ \t]{0,3}[A-Z][A-Za-z ]{2,40}[\r\n]|PMID- ?\d{1,14}[ \t]{0,9}[\r\n]{1,2}(?:OWN|STAT)"
    r"|FN (?:Thomson|Clarivate|ISI)|PT [A-Z][ \t]{0,9}[\r\n]{1,2}AU |@[A-Za-z]{2,30}\s{0,4}[{(][^{}(),=\r\n]{0,400},[ \t]{0,9}[\r\n]"
    r"|%0 [A-Z][^\r\n]{1,60}[\r\n]{1,2}%[A-Z] |RT [A-Z][A-Za-z /,]{2,60}[\r\n]{1,2}[A-Z][A-Z0-9] |<\d{1,6}\. ?>[ \t]{0,9}[\r\n]|<\?xml )"
)
# A blank line, found fast: little else can part two formats.
_BLANK = re.compile(r"\n[ \t]*\r?\n")
_BLANK_OF_CR = re.compile(r"\r[ \t]*\r")


_INDENT = " \t\xa0"


def foreign_part(text: str, own: str, *, begun: bool = False) -> int | None:
    """Return where in `text` a part in another format than `own` begins, None where there is none.

    `begun` says that the text begins with an entry of its own format, so that only what stands further behind
    can be foreign.
    """
    body = text.rstrip()
    places = [found.end() for found in _TELLING.finditer(body, int(begun))]
    if not begun or (_BLANK if "\n" in body else _BLANK_OF_CR).search(body):
        places += [found.end() for found in _AFTER_BLANK.finditer(body, int(begun))]
    for place in sorted(places):
        found = format_of(body[place:])
        if found not in (own, "table", "html") or (place > 0 and is_of_eric(body[place:], own)):
            return len(body[:place].rstrip(_INDENT))
    return None


def is_of_eric(text: str, own: str) -> bool:
    """Return whether a text begins with an entry of ERIC's: it has PubMed's format, but no PMID to be told by."""
    return own == "nbib" and text.lstrip().startswith("OWN")
