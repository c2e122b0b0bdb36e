"""ISSN and ISBN as exports mix them in one field."""

import re
from functools import lru_cache

_CANDIDATE = re.compile(r"\d[\dXx\- \u2010-\u2013]{6,20}[\dXx]")


def serial_numbers(texts: tuple[str, ...] | list[str]) -> tuple[tuple[str, ...], str | None]:
    """Return the ISSNs ("1234-567X", each once) and the first ISBN (digits only) in `texts`.

    A number is told by its length: 8 signs are an ISSN (ISO 3297), 10 or 13 an ISBN (ISO 2108).
    """
    issns: dict[str, None] = {}
    isbn: str | None = None
    for text in texts:
        if len(text) == 9 and text[4] == "-":
            issns[text.upper()] = None
            continue
        for number in _numbers(text):
            if number[4] == "-":
                issns[number] = None
            elif isbn is None:
                isbn = number
    return tuple(issns), isbn


@lru_cache(maxsize=4096)
def _numbers(text: str) -> tuple[str, ...]:
    """Return the numbers in a text, ISSNs with their hyphen; many records are of few journals."""
    found: list[str] = []
    for candidate in _CANDIDATE.findall(text):
        number = re.sub(r"[^\dXx]", "", candidate).upper()
        if len(number) in (8, 10, 13):
            found.append(number)
        else:
            found.extend(
                short
                for part in candidate.split()
                if len(short := re.sub(r"[^\dXx]", "", part).upper()) in (8, 10, 13)
            )
    return tuple(f"{each[:4]}-{each[4:]}" if len(each) == 8 else each for each in found)
