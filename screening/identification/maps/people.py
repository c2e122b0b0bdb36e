"""The authors of an entry, out of the tags that may hold them."""

import html
import re

from screening.identification.maps.fields import FieldMap, Plan, Tags, values_in
from screening.identification.texts.markup import plain_line
from screening.identification.texts.name_lists import are_two_chinese, split_names
from screening.identification.texts.names import person

# Signs that keep a name from being final: role or number behind it, brackets, separators.
_UNFINISHED_NAME = re.compile(r"[\[\](){}|]")
# Lines of "Family, Given" with at most three words, which nothing need be done about. No part of it ever needs to
# give signs back.
_WORD = r"[A-Za-z\u00c0-\u024f.'-]++"
_NAME = rf"{_WORD}(?:, {_WORD}(?: {_WORD})?| {_WORD}, {_WORD})"
_FINAL_NAMES = re.compile(rf"{_NAME}(?:\n{_NAME})*+")
_FOUR_WORDS = re.compile(r" [^ \n]+ [^ \n]+ ")
_BLANK = ("", " ", "\n")
# What stands for authors that are not named, alone or behind the last who is.
_UNNAMED = re.compile(
    r"(?:\A|[\s,;]{1,4})(?:et\.?\s{1,3}al(?:ii)?\b\.?|and\s{1,3}others)[ .,;]{0,4}(?=\n|\Z)"
    r"|(?:\A|\n|;\s{0,3})others[ .]{0,4}(?=\n|\Z)",
    re.IGNORECASE,
)

# What PubMed puts behind a group's name.
_MAIL = re.compile(r"\.? Electronic address: [^\s;,]{1,100}", re.IGNORECASE)
# What Scopus, APA PsycInfo and PubMed write where nobody is named.
_NO_AUTHOR = re.compile(
    r"\[?No author(?:s|ship)?(?:,? (?:names?|ids?|indicated|listed|available|given|provided)){0,2}\]?[.,]?",
    re.IGNORECASE,
)


def authors_in(tags: Tags, where: FieldMap, plan: Plan) -> tuple[tuple[str, ...], bool]:
    """Return the authors, each "Family, Given" or a group's name, and whether there are more, not named.

    Editors stand in where there are no authors. "et al." is no author.
    """
    names = _named(tags, plan)
    if not names:
        return (), False
    joined = "\n".join(names)
    if "&" in joined or "o author" in joined or "@" in joined:
        names = _mended(names)
        joined = "\n".join(names)
    if not where.lists and _FINAL_NAMES.fullmatch(joined) and "t al" not in joined:
        return tuple(names), False
    shortened = _UNNAMED.sub("", joined) if _may_be_unnamed(joined) else joined
    there_are_more = shortened != joined
    if there_are_more:
        names = shortened.split("\n")
    elif not where.lists and _are_final_names(joined, len(names)):
        return tuple(names), False
    if (
        where.lists
        or (len(names) == 1 and _is_list(names[0]))
        or any(";" in name or name.count(",") > 2 or _are_two(name) for name in names)
    ):
        names = [name for value in names for name in split_names(value)]
    people = (person(plain_line(name), natural=where.natural) for name in names)
    return tuple(name for name in people if name), there_are_more


def _named(tags: Tags, plan: Plan) -> list[str]:
    names: list[str] = []
    for tag in plan.authors:
        names = tags[tag]
        if any(names):
            break
    if plan.groups:
        names = [*names, *map(_as_group, values_in(tags, plan.groups))]
    if plan.editors and not any(names):
        names = values_in(tags, plan.editors)
    return names


def _as_group(name: str) -> str:
    """Return a group's name with a comma behind it, which keeps its words in their order."""
    return f"{name}," if name and name.isprintable() and not {",", ";"} & set(name) else name


def _mended(names: list[str]) -> list[str]:
    """Return the names with their entities read, whose ends would part them, without addresses and what names nobody."""
    names = [_MAIL.sub("", html.unescape(name)) for name in names]
    return [name for name in names if not _NO_AUTHOR.fullmatch(name)]


def _are_two(name: str) -> bool:
    return " and " in name and name.count(",") == 2


def _may_be_unnamed(joined: str) -> bool:
    return "t al" in joined or "thers" in joined or "T AL" in joined or "t. al" in joined


def _are_final_names(joined: str, count: int) -> bool:
    """Return whether each is "Family, Given" already, with nothing to mend and no second name in it."""
    return (
        joined.count(",") == count
        and " ," not in joined
        and joined.count(", ") == count
        and joined.count("\n") == count - 1
        and _is_tidy(joined)
        and ";" not in joined
        and not _UNFINISHED_NAME.search(joined)
        and (joined.count(" ") <= count * 2 or not _FOUR_WORDS.search(joined))
        and not (count == 1 and are_two_chinese(joined))
    )


def _is_stripped(joined: str) -> bool:
    """Return whether values joined by line ends have no blanks at their ends."""
    return (
        " \n" not in joined
        and "\n " not in joined
        and "\n\n" not in joined
        and joined[:1] not in _BLANK
        and joined[-1:] not in _BLANK
        and (joined.isascii() or joined.replace("\n", "").isprintable())
    )


def _is_tidy(joined: str) -> bool:
    """Return whether values joined by line ends need no change of white space or markup."""
    return (
        _is_stripped(joined)
        and "  " not in joined
        and "&" not in joined
        and "<" not in joined
        and "\t" not in joined
    )


def _is_list(value: str) -> bool:
    """Return whether a value meant for one name holds several all the same."""
    return (
        ";" in value
        or "；" in value
        or "、" in value
        or "，" in value
        or "\n" in value.strip()
        or value.count(",") > (2 if value.isascii() else 1)
        or are_two_chinese(value)
        or (value.count(" ") > 2 and "," in value[:-1] and len(split_names(value)) > 1)
    )
