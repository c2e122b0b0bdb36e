"""Trial registration numbers, wherever in a record they stand.

The forms are those of the registries in the WHO International Clinical Trials Registry Platform
network and of ClinicalTrials.gov, each known by its own pattern.
"""

import re

_NUMBERS = re.compile(
    r"NCT(?:[ -]|[ ]?(?:[Nn]o\.?|[Nn]umber|#|:)[ ]?)?0?\d{8}(?!\d)|ISRCTN[ :-]{0,2}\d{8}(?!\d)|ACTRN ?\d{14}p?(?!\d)"
    r"|(?:Chi|ITM)CTR(?:-[A-Z]{2,5})?-?\d{8,10}(?!\d)|CTRI/\d{4}/\d{2,3}/\d{6}(?!\d)"
    r"|EUCTR ?\d{4}-\d{6}-\d{2}(?:-[A-Z]{2})?|IRCT\d{8,16}N\d{1,3}(?!\d)"
    r"|(?<![A-Z])KCT ?\d{7}(?!\d)|PACTR ?\d{15,16}(?!\d)|TCTR ?\d{11}(?!\d)|LBCTR ?\d{10}(?!\d)"
    r"|jRCTs?\d{9,10}(?!\d)|SLCTR/\d{4}/\d{3}(?!\d)|JapicCTI-? ?\d{6}(?!\d)"
    r"|DRKS[ -]?\d{8}(?!\d)|UMIN ?0\d{8}(?!\d)|JPRN-[A-Za-z]{3,8}\d{3,10}(?!\d)"
    r"|RBR-[0-9a-z]{6,8}(?![0-9a-z])|RPCEC ?\d{8}(?!\d)|(?<![A-Za-z0-9])NTR\d{3,5}(?!\d)"
)
# EudraCT, its successor CTIS and the Dutch register give numbers that say nothing without their names.
_EUDRACT = re.compile(
    r"(?:EudraCT|EUDRACT|Eudra-?CT|EU[ -]CT|CTIS|EUCT|EU Clinical Trials? Regist(?:er|ry))\b[^0-9\n]{0,24}(20\d\d-\d{6}-\d\d(?:-\d\d)?)(?!\d)"
)
_DUTCH = re.compile(
    r"(?:Netherlands|Dutch|Nederlands)[A-Za-z ]{0,20}(?:[Rr]egist(?:er|ry)|Trials?)[^0-9\n]{0,24}?\b(NL\d{4,5})(?!\d)"
)
# What announces a number. One letter that is always there comes first: the engine looks for it much
# faster than for a choice or for several, and in half the time that "in" takes for two.
_CT = re.compile(
    r"C(?=T)T(?:[ :#-]{0,2}\d|[NRI][ :-]{0,2}\d|RN ?\d|R-[A-Z]|RI/|R/|s\d| ?[Nn](?:umber|o)|(?:IS)?\b[^0-9\n]{0,24}20\d\d-)"
)
_N = re.compile(r"N(?:(?:TR|L)\d{3}|(?<=UMIN) ?0)")
_R = re.compile(r"R(?:(?<=DR)KS|BR-|PCEC)")
# The one prefix that is no registry's own name; in an identifier nothing else announces the number.
_JPRN = "JPRN-"
_NCT_DIGITS = 8


def registrations_in(text: str) -> tuple[str, ...]:
    """Return the trial registration numbers in `text`, each once, without inner spaces."""
    if not may_hold_registrations(text) and _JPRN not in text:
        return ()
    numbers = [*_NUMBERS.findall(text), *_EUDRACT.findall(text), *_DUTCH.findall(text)]
    return tuple(dict.fromkeys(map(_normal, numbers)))


def may_hold_registrations(text: str) -> bool:
    """Return, cheaply, whether `text` may hold a registration number.

    Most registries' names have a "CT" with a digit or certain letters behind it.
    """
    return bool(
        _CT.search(text) or _N.search(text) or _R.search(text) or "EU Clinical Trial" in text
    )


def _normal(number: str) -> str:
    number = number.replace(" ", "").removeprefix("JPRN-")
    if number.startswith(("ISRCTN", "DRKS")):
        return number.replace(":", "").replace("-", "")
    return "NCT" + number[-_NCT_DIGITS:] if number.startswith("NCT") else number
