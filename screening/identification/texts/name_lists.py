"""Several authors in one value: the separators platforms use, told apart by the names themselves."""

import re

from screening.identification.texts.names import is_initials, may_be_group

_ROLE = re.compile(r"\s\[[A-Z][^\[\]]{2,200}\]$")
_AND = re.compile(r"\s+(?:and|&)\s+", re.IGNORECASE)
_AND_FIRST = re.compile(r"(?:\A|\s)(?:and|&)\s+")
# "Ann Roe, Ben Poe": before "and Cat Cook" these are two people, not a family name and given names.
_TWO_NATURAL = re.compile(r"[^\W\d_a-z][^\s,]*(?: [^\s,]+)+, [^\W\d_a-z][^\s,]*(?: [^\s,]+)+")
_LITERAL = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
# A list parted by "and" goes on in the next line wherever a line ends.
_AND_GOES_ON = re.compile(r"\band\s*\n|\n\s*and\b|\band [^\n]{1,80},\s*\n", re.IGNORECASE)
_COMMAS = re.compile(r"\s*,\s*")


def split_names(text: str) -> list[str]:
    """Return the single names in a value, each still as it was written.

    Takes lists parted by semicolons, bars, line breaks or "and", Python's list notation, and commas
    where the parts are whole names ("Smith AB, Jones C") or initials or given names alternate with family
    names ("Smith, A., Jones, B.").
    """
    text = _ROLE.sub("", text).strip()
    if text.startswith("[") and text.endswith("]") and ("'" in text or '"' in text):
        return [first or second for first, second in _LITERAL.findall(text)]
    if "\n" in text and ";" not in text and _AND_GOES_ON.search(text):
        text = " ".join(text.split())
    for separator in (";", "|", "\n", "//", "；", "、", "，"):
        if separator in text:
            names = [part.strip() for part in text.split(separator) if part.strip(" .,")]
            return (
                [*names[:-1], *_last(names[-1])]
                if names and _AND_FIRST.search(names[-1])
                else names
            )
    by_and = _AND.split(text)
    if "," not in text:
        if len(by_and) > 1 and (all(map(_ends_in_initials, by_and)) or _are_people(by_and)):
            return by_and
        return [text] if text else []
    if len(by_and) > 1 and all(_AND_ABLE.search(part) for part in by_and[:-1]):
        if (
            len(by_and) == 2
            and "," not in by_and[1]
            and _TWO_NATURAL.fullmatch(by_and[0].rstrip(" ,"))
        ):
            by_and = [*_COMMAS.split(by_and[0].rstrip(" ,")), by_and[1]]
        return [name for part in by_and for name in _by_commas(part.rstrip(" ,"))]
    return _by_commas(text)


def _last(text: str) -> list[str]:
    """Return the one or two names at the end of a list, which may have a sign for "and" before or between them."""
    begun = _AND_FIRST.match(text)
    if begun:
        return [text[begun.end() :]]
    pair = _AND.split(text)
    if len(pair) == 2 and all(" " in name and not may_be_group(name) for name in pair):
        return pair
    return [text]


_PREFIXES = ("Mc", "Mac", "De", "Del", "Van", "Fitz")
_SEAM = re.compile(r"(?<=[^\W\d_])(?=[^\W\d_])")


def part_glued(text: str) -> str:
    """Return a list of names that SpringerLink wrote without anything between them with semicolons.

    One ends where a small letter is followed by a capital one, unless what precedes it is the first part
    of names such as McNeil.
    """
    seams = [
        place
        for found in _SEAM.finditer(text)
        if text[(place := found.start()) - 1].islower()
        and text[place].isupper()
        and re.split(r"[\s-]", text[max(0, place - 20) : place])[-1] not in _PREFIXES
    ]
    return "; ".join(
        text[begin:end] for begin, end in zip([0, *seams], [*seams, len(text)], strict=True)
    )


# A family and a given name on each side of "and", or a list of names before it.
_AND_ABLE = re.compile(r"\S,\s*\S|\S\s+\S")


def _by_commas(text: str) -> list[str]:
    parts = [part for part in _COMMAS.split(text.strip(" ,")) if part]
    if len(parts) < 2:
        return [text]
    given = parts[1::2]
    chinese = all(map(_is_east_asian, parts))
    if len(parts) >= 4 and len(parts) % 2 == 0 and all(map(is_initials, given)) and not chinese:
        return [f"{family}, {initials}" for family, initials in zip(parts[::2], given, strict=True)]
    if all(map(_ends_in_initials, parts)):
        return [part.rstrip(".") if part.count(".") == 1 else part for part in parts]
    if all(map(_begins_with_initials, parts)):
        return [part for part in parts if part.strip(".\u2026")]
    if not chinese:
        names = _mixed(parts) or _inverted_first(parts)
        if names or not all(" " in part for part in parts):
            return names or _in_turn(parts) or [text]
    # Two of them may be a family name of two words and given names; a comma without a blank parts a list.
    several = len(parts) >= 3 or are_two_chinese(text) or not (chinese or ", " in text)
    return parts if several else [text]


def are_two_chinese(text: str) -> bool:
    """Return whether a value is two whole names: no Chinese or Korean family name is longer than two signs."""
    first, _, second = text.partition(",")
    return 3 <= len(first) <= 4 and all(map(_is_east_asian, (first, second.removeprefix(" "))))


def _is_east_asian(name: str) -> bool:
    """Return whether a text is a name in Chinese or Korean signs, without a blank."""
    # A pattern with ranges as wide as these would take milliseconds to compile.
    return 2 <= len(name) <= 8 and all(
        "\u3400" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7a3" or sign == "\u00b7"
        for sign in name
    )


_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)


def _mixed(parts: list[str]) -> list[str]:
    """Return the names of a list in which initials stand behind a comma or not and groups have none; else none."""
    names: list[str] = []
    groups = 0
    family = ""
    for part in [*parts, ""]:
        if family and is_initials(part):
            names.append(f"{family}, {part}")
            family = ""
            continue
        if family:
            if not may_be_group(family):
                return []
            names.append(family)
            groups += 1
        family = ""
        if names and _SUFFIX.fullmatch(part):
            names[-1] += f", {part}"
        elif _ends_in_initials(part):
            names.append(part)
        else:
            family = part
    return names if groups < len(names) else []


_FAMILY = re.compile(r"[^\W\d_a-z][^\W\d_]*[a-z\u00df-\u00ff][\w'\u2019-]*")


def _are_people(parts: list[str]) -> bool:
    """Return whether these are two family names ("Roe and Doe"), or each is a given and a family name."""
    if any(map(may_be_group, parts)):
        return False
    if len(parts) == 2 and all(map(_FAMILY.fullmatch, parts)):
        return True
    return all(1 < len(part.split()) < 5 and part[0].isupper() for part in parts)


def _inverted_first(parts: list[str]) -> list[str]:
    """Return the names of a list of which only the first has its initials behind ("Roe, A., B. Doe"), else none."""
    if (
        len(parts) < 3
        or not is_initials(parts[1])
        or not all(map(_begins_with_initials, parts[2:]))
    ):
        return []
    return [f"{parts[0]}, {parts[1]}", *parts[2:]]


def _in_turn(parts: list[str]) -> list[str]:
    """Return the names of which the parts are family and given name in turn, none where they may be something else.

    Where no part has two words, all of them may be family names.
    """
    if len(parts) < 4 or len(parts) % 2 or not any(" " in part for part in parts):
        return []
    names = [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    return [] if any(map(may_be_group, names)) else names


def _ends_in_initials(part: str) -> bool:
    words = part.rstrip(".").split()
    return len(words) > 1 and is_initials(words[-1]) and not is_initials(words[0])


def _begins_with_initials(part: str) -> bool:
    """Return whether a part is a name as Google Scholar writes it ("AB Smith"), or its "..." for more."""
    words = part.split()
    if len(words) < 2:
        return not part.strip(".\u2026")
    return words[0].isupper() and is_initials(words[0]) and not is_initials(words[-1])
