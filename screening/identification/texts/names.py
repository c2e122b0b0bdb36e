"""Authors' names in the forms exports use, brought to "Family, Given"."""

import re

_INITIALS = re.compile(r"(?:[^\W\d_a-zß-öø-ÿ]\.?[- ]?){1,4}")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.[- ]?){1,4}")
_BRACKETED = re.compile(r"\s*(?:\[[^\]]{0,200}\]|\(\s*(?:(?:ORCID|orcid)[^)]{0,60}|\d{6,12})\))$")
_PARTICLES = frozenset(
    [
        "af",
        "al",
        "ap",
        "av",
        "ben",
        "bin",
        "d'",
        "da",
        "dal",
        "de",
        "del",
        "dela",
        "della",
        "den",
        "der",
        "des",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "la",
        "las",
        "le",
        "los",
        "ten",
        "ter",
        "van",
        "vom",
        "von",
        "zu",
        "zum",
        "zur",
    ]
)
_SUFFIXES_ALONE = frozenset({"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"})
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "2nd", "3rd"})
_GROUP_WORDS = re.compile(
    r"\b(?:group|committee|consorti\w+|collaborat\w+|organi[sz]ation|association|societ\w+|institut\w*"
    r"|university|college|hospital|centre|center|ministry|department|agency|council|network|team"
    r"|foundation|office|service|services|bureau|academy|board|commission|federation|panel|unit"
    r"|investigators?|researchers|study|trial|project|programme?|company|inc|ltd|llc|gmbh|plc|press"
    r"|national|international|european|anonymous|nations|states|health|the|of|for|and|und|et|on)\b|[&/\d@]",
    re.IGNORECASE,
)


def person(text: str, *, natural: bool = False) -> str:
    """Return one name as "Family, Given"; a group stays one name without a comma.

    Takes "Smith, J", "Smith,J.", "Smith, Jr., John", "Smith JA", "J. A. Smith" and, where the words are told apart from a
    group's name, "John Smith". `natural` says that the export writes given names first.
    """
    name = text
    if name[-1:] in "])":
        name = _BRACKETED.sub("", name) or name.strip("[]()")
    family, comma, given = name.partition(", ")
    if comma and "," not in given and family[-1:] not in ("", " ") and given[-1:] not in " ,;":
        alone = given in _SUFFIXES_ALONE and " " in family  # "Smith J.A., Jr."
        return f"{person(family, natural=natural)}, {given}" if alone else name
    if "," in name:
        parts = [part for piece in name.split(",") if (part := piece.strip(" ;"))]
        # A given name may look like a number ("Ii"): behind it stands the suffix, as everywhere here.
        if len(parts) == 3 and _is_suffix(parts[1]) and not _is_suffix(parts[2]):
            parts = [parts[0], parts[2], parts[1]]
        return ", ".join(parts)
    name = name.strip(" ;")
    if not any(map(str.isalnum, name)):
        return ""
    if natural and name.startswith("null "):  # what Lens writes for a given name it has not
        return name[5:]
    words = name.split()
    if len(words) < 2:
        return name
    return _without_comma(name, words, natural=natural)


def is_initials(text: str) -> bool:
    """Return whether a word is a person's initials ("JA", "J.-P.")."""
    return bool(_INITIALS.fullmatch(text))


def may_be_group(text: str) -> bool:
    """Return whether a text has a word or sign in it that groups' names have and people's have not."""
    return bool(_GROUP_WORDS.search(text))


def _is_suffix(word: str) -> bool:
    return word.lower() in _SUFFIXES


def _without_comma(name: str, words: list[str], *, natural: bool) -> str:
    if may_be_group(name):
        return name
    suffix = ""
    if _is_suffix(words[-1]) and len(words) > 2:
        suffix = words.pop()
    if _INITIALS.fullmatch(words[-1]) and not (natural and _INITIALS.fullmatch(words[0])):
        start = len(words) - 1
        while start > 1 and len(words[start - 1].rstrip(".")) == 1:  # "Riddle M. J."
            start -= 1
        return _joined(words[:start], words[start:], suffix)
    if _DOTTED.fullmatch(words[0]) or natural or 2 <= len(words) <= 4:
        start = len(words) - 1
        while start > 1 and words[start - 1].lower() in _PARTICLES:
            start -= 1
        return _joined(words[start:], words[:start], suffix)
    return name


def _joined(family: list[str], given: list[str], suffix: str) -> str:
    name = f"{' '.join(family)}, {' '.join(given)}"
    return f"{name}, {suffix}" if suffix else name


def as_given(name: str) -> str:
    """Return a name as a writer puts it so that `person` gives it back.

    A group that could be taken for a person's given and family name ends with a comma, as EndNote
    writes groups.
    """
    return name if person(name) == name else f"{name},"
