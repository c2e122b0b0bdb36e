"""Trial registration numbers, wherever in a record they stand.

The forms are those of the registries in the WHO International Clinical Trials Registry Platform
network and of ClinicalTrials.gov, each known by its own pattern.
"""

import re

_NUMBERS = re.compile(
    r"NCT[ -]?0?\d{8}(?!\d)|ISRCTN ?\d{8}(?!\d)|ACTRN ?\d{14}p?(?!\d)"
    r"|ChiCTR(?:-[A-Z]{2,5})?-?\d{8,10}(?!\d)|CTRI/\d{4}/\d{2,3}/\d{6}(?!\d)"
    r"|EUCTR ?\d{4}-\d{6}-\d{2}(?:-[A-Z]{2})?|IRCT\d{8,16}N\d{1,3}(?!\d)"
    r"|(?<![A-Z])KCT\d{7}(?!\d)|PACTR ?\d{15,16}(?!\d)|TCTR ?\d{11}(?!\d)"
    r"|jRCTs?\d{9,10}(?!\d)|SLCTR/\d{4}/\d{3}(?!\d)"
    r"|(?<=EudraCT )\d{4}-\d{6}-\d{2}(?!\d)|(?<=EudraCT: )\d{4}-\d{6}-\d{2}(?!\d)"
    r"|(?<=EudraCT number )\d{4}-\d{6}-\d{2}(?!\d)"
    r"|DRKS ?\d{8}(?!\d)|UMIN0\d{8}(?!\d)|JPRN-[A-Za-z]{3,8}\d{3,10}(?!\d)"
    r"|RBR-[0-9a-z]{6,8}(?![0-9a-z])"
)
# What announces a number; one letter first, which the engine looks for much faster than for a choice
# or for several.
_CT = re.compile(r"C(?=T)T(?:[ :-]{0,2}\d|[NR] ?\d|RN ?\d|R-[A-Z]|RI/|R/|s\d| [Nn]umber \d)")
_DRKS, _UMIN, _REBEC = (re.compile(sign) for sign in ("D(?=R)RKS", "U(?=M)MIN0", "R(?=B)BR-"))
# The one prefix that is no registry's own name; in an identifier nothing else announces the number.
_JPRN = "JPRN-"
_NCT_DIGITS = 8


def registrations_in(text: str) -> tuple[str, ...]:
    """Return the trial registration numbers in `text`, each once, without inner spaces."""
    if not may_hold_registrations(text) and _JPRN not in text:
        return ()
    return tuple(dict.fromkeys(map(_normal, _NUMBERS.findall(text))))


def may_hold_registrations(text: str) -> bool:
    """Return, cheaply, whether `text` may hold a registration number.

    Most registries' names have a "CT" with a digit or certain letters behind it.
    """
    return bool(_CT.search(text) or _DRKS.search(text) or _UMIN.search(text) or _REBEC.search(text))


def _normal(number: str) -> str:
    number = number.replace(" ", "").removeprefix("JPRN-")
    return "NCT" + number[-_NCT_DIGITS:] if number.startswith("NCT") else number
