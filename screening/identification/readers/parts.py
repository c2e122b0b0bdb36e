"""Where a text stops being in one format and goes on in another."""

import re

from screening.identification.readers.detection import format_of

_AFTER_BLANK = re.compile(
    r"(?:\A|(?:\n|\r)[ \t]{0,40}\r?(?:\n|\r))\s{0,40}"
    r"(?=TY {0,3}-|PMID- ?\d|OWN - ?\S|FN [TCI]|PT [A-Z]\s{0,4}[\r\n]|@[A-Za-z]{2,20}\{|<\?xml|<records>"
    r"|%0 |RT [A-Z]|[{\[]Reference Type[}\]]:|Scopus\s{1,4}EXPORT DATE:|<\d{1,6}\. ?>)"
)


# A blank line, found fast: nothing else can part two formats.
_BLANK = re.compile(r"\n[ \t]*\r?\n")
_BLANK_OF_CR = re.compile(r"\r[ \t]*\r")


def foreign_part(text: str, own: str, *, begun: bool = False) -> int | None:
    """Return where in `text` a part in another format than `own` begins, None where there is none.

    `begun` says that the text begins with an entry of its own format, so that only what stands behind
    a blank line can be foreign.
    """
    body = text.rstrip()
    if begun and not (_BLANK if "\n" in body else _BLANK_OF_CR).search(body):
        return None
    for candidate in _AFTER_BLANK.finditer(body, int(begun)):
        found = format_of(body[candidate.end() :])
        if found not in (own, "table", "html"):
            return candidate.end()
    return None
