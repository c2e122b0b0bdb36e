"""Where a text stops being in one format and goes on in another."""

import re

from screening.identification.readers.detection import format_of

_AFTER_BLANK = re.compile(
    r"(?:\A|(?:\n|\r)[ \t]{0,40}\r?(?:\n|\r))\s{0,40}"
    r"(?=TY {0,3}-|PMID- ?\d|OWN - ?\S|FN [TCI]|PT [A-Z]\s{0,4}[\r\n]|@[A-Za-z]{2,20}\{|<\?xml|<records>"
    r"|%0 |RT [A-Z]|<\d{1,6}\. ?>)"
)


def foreign_part(text: str, own: str) -> int | None:
    """Return where in `text` a part in another format than `own` begins, None where there is none."""
    for candidate in _AFTER_BLANK.finditer(text):
        found = format_of(text[candidate.end() :])
        if found not in (own, "table", "html"):
            return candidate.end()
    return None
