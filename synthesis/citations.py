"""Author-year labels and reference entries in APA style (7th edition, 2020), made by ourselves.

Citation processors give two papers of the same authors and year the same label; here each label is
unique, by a letter or by as many names as it takes (sections 8.17 to 8.19 and 9.47 of the manual).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from screening.records import Fields
from synthesis.tables.table import Cell

_NO_DATE = "n.d."
_ET_AL = "et al."
_TITLE_WORDS = 4  # of a title that stands in the place of authors
_MOST_NAMES = 20  # of a reference entry; beyond it nineteen, an ellipsis and the last (section 9.8)


def labels(reports: Mapping[str, Fields]) -> dict[str, str]:
    """Return a unique author-year label for each report key: "Bain, 2014", "Lee et al., 2019a".

    Works of the same authors (by family name) and year get letters in order of their titles. Works of different
    authors whose labels would read alike get as many names as tell them apart.
    """
    by_work: dict[tuple[tuple[str, ...], str], list[str]] = defaultdict(list)
    for key, fields in reports.items():
        by_work[_names(fields), _year(fields)].append(key)
    named = {work: _authors(*work, by_work) for work in by_work}
    found: dict[str, str] = {}
    for (names, year), keys in by_work.items():
        if len(keys) > 1:
            keys.sort(key=lambda key: (_sorting(reports[key].title or ""), key))
        for letter, key in zip(_letters(len(keys)), keys, strict=True):
            joint = "-" if letter and year == _NO_DATE else ""
            found[key] = f"{named[names, year]}, {year}{joint}{letter}"
    return {key: found[key] for key in reports}


def sort_key(label: str) -> tuple[str, str]:
    """Return what orders labels and entries in a reference list: letters without case or accents."""
    return _sorting(label), label


def entry(fields: Fields, label: str) -> Cell:
    """Return a reference-list entry, with the letter that `label` gives the year.

    Whatever the fields do not know is left out; nothing is invented. Without authors the title comes
    first. A journal and its volume, or else the title of the work itself, are set in italics.
    """
    year = (f"({_year_with_letter(fields, label)}). ", False)
    title = (fields.title or "").strip().rstrip(".")
    work = [(title, not fields.journal), (" " if title.endswith(("?", "!")) else ". ", False)]
    pieces: list[tuple[str, bool]] = [*(work if title else []), year]
    if any(name.strip() for name in fields.authors):
        pieces = [(f"{_ending(_author_list(fields.authors))} ", False), year]
        pieces += work if title else []
    if fields.journal:
        pieces += _journal(fields)
    if fields.doi:
        pieces.append((f"https://doi.org/{fields.doi}", False))
    elif fields.urls and not fields.journal:  # an article's address is that of a database's copy
        pieces.append((fields.urls[0], False))
    return _cell(pieces)


def _journal(fields: Fields) -> Iterator[tuple[str, bool]]:
    yield (fields.journal or "").strip(), True
    if fields.volume:
        yield ", ", False
        yield fields.volume, True
    if fields.issue:
        yield f"({fields.issue})" if fields.volume else f", ({fields.issue})", False
    pages = re.sub(r"(?<=\w)\s*-+\s*(?=\w)", "\N{EN DASH}", fields.pages or "")
    if pages:
        yield f", {pages}", False
    elif fields.article_number:
        yield f", Article {fields.article_number}", False
    yield ". ", False


def _cell(pieces: Iterable[tuple[str, bool]]) -> Cell:
    text, spans = "", []
    for piece, italic in pieces:
        if italic and piece:
            spans.append((len(text), len(text) + len(piece)))
        text += piece
    return Cell(text.rstrip(), emphasis=tuple(spans))


def _authors(
    names: tuple[str, ...],
    year: str,
    works: Mapping[tuple[tuple[str, ...], str], list[str]],
) -> str:
    """Return the authors as a label names them, apart from every other work of the year."""
    rivals = [other for other, when in works if when == year and other != names]
    for shown in range(1, len(names)):
        label = _shortened(names, shown)
        if all(_shortened(other, shown) != label for other in rivals):
            return label
    return _joined(list(names))


def _shortened(names: tuple[str, ...], shown: int) -> str:
    """Return the first names and "et al."; two authors, or one left over, are named in full."""
    if len(names) <= 2 or len(names) - shown < 2:
        return _joined(list(names))
    comma = "," if shown > 1 else ""
    return f"{', '.join(names[:shown])}{comma} et al."


def _joined(names: list[str]) -> str:
    if names[-1] == _ET_AL:
        comma = "," if len(names) > 2 else ""
        return f"{', '.join(names[:-1])}{comma} {_ET_AL}"
    if len(names) < 3:
        return " & ".join(names)
    return f"{', '.join(names[:-1])}, & {names[-1]}"


def _names(fields: Fields) -> tuple[str, ...]:
    """Return family names in order, the last being "et al." where an export broke the list off."""
    families = tuple(_family(name) for name in fields.authors)
    named = tuple(_ET_AL if _is_et_al(name) else name for name in families if name)
    return named or (_title_as_name(fields.title or ""),)


def _family(name: str) -> str:
    """Return the family name; one that an export shouts ("LEE, A.") in ordinary letters."""
    family, comma, _ = name.partition(",")
    family = family.strip()
    return family.title() if comma and family.isupper() and len(family) > 2 else family


def _title_as_name(title: str) -> str:
    """Return the first words of a title in quotation marks: a work without authors goes by them."""
    words = title.split()
    short = " ".join(words[:_TITLE_WORDS]).rstrip(".,:;")
    return (
        f"\N{LEFT DOUBLE QUOTATION MARK}{short}\N{RIGHT DOUBLE QUOTATION MARK}"
        if short
        else "Anonymous"
    )


def _is_et_al(name: str) -> bool:
    return re.fullmatch(r"(et\.? al\.?|and others|others)", name.strip(), re.IGNORECASE) is not None


def _author_list(authors: tuple[str, ...]) -> str:
    names = [_inverted(name) for name in authors if name.strip()]
    if _is_et_al(names[-1]):
        return f"{', '.join(names[:-1])}, et al." if len(names) > 1 else names[0]
    if len(names) > _MOST_NAMES:
        first = ", ".join(names[: _MOST_NAMES - 1])
        return f"{first}, \N{HORIZONTAL ELLIPSIS} {names[-1]}"
    if len(names) > 1:
        return f"{', '.join(names[:-1])}, & {names[-1]}"
    return names[0]


def _inverted(name: str) -> str:
    """Return "Family, G. N." for "Family, Given Name"; a group's name is left as it is."""
    _, comma, given = name.partition(",")
    if not comma or not given.strip():
        return _family(name)
    initials = " ".join(_initials(word) for word in re.sub(r"\.(?=\w)", ". ", given).split())
    return f"{_family(name)}, {initials}"


def _initials(word: str) -> str:
    """Return "J.-P." for "Jean-Pierre", "K." for "Katherine", and Jr., Sr. or III as they are."""
    if word.rstrip(".") in {"Jr", "Sr", "II", "III", "IV"}:
        return word
    if re.match(r"['\N{RIGHT SINGLE QUOTATION MARK}]?[a-z]", word):  # a particle: van, de, d'
        return word
    parts = [part for part in word.rstrip(".").split("-") if part]
    return "-".join(f"{part[0]}." for part in parts)


def _year(fields: Fields) -> str:
    return str(fields.year) if fields.year else _NO_DATE


def _year_with_letter(fields: Fields, label: str) -> str:
    found = re.search(r", (\d{4}[a-z]*|n\.d\.(-[a-z]+)?)$", label)
    return found[1] if found else _year(fields)


def _letters(count: int) -> Iterator[str]:
    if count == 1:
        yield ""
        return
    for index in range(count):
        rest, last = divmod(index, 26)
        yield (chr(ord("a") + rest - 1) if rest else "") + chr(ord("a") + last)


def _ending(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _sorting(text: str) -> str:
    folded = text.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded)
    return re.sub(r"^(the|a|an) ", "", re.sub(r"[^\w\s]|_", "", folded))
