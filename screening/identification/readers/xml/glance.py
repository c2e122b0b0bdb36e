"""The elements of an XML entry that is written as nearly all are, in half the time of a closer look.

One regular expression parts the text at every element that has no other in it. What is left between these
are the tags of the elements around them, in few forms, each of which is looked at once: it tells in which
group the next value stands. Where anything else is left there, such as a tag without its partner, a comment
or a CDATA section, nothing is taken from here, and the entry is looked at closely.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

# An element that holds a value: its group's name, its own, its inside, its and the group's attributes,
# the last three as written.
Element = tuple[str, str, str, str, str]

_NAME = "[A-Za-z0-9_.:-]++"
_ATTRIBUTES = re.compile(r"(?:\s+[A-Za-z_:][\w:.-]*\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*")
# A value with more marks in it is looked at closely; the bound keeps the time linear.
_MOST_MARKS = 400
_MOST_KNOWN = 4096


@dataclass(slots=True, eq=False)
class _Place:
    """A place among the groups: the nearest, the one around it, and where texts of tags lead from here."""

    group: str
    attributes: str
    around: "_Place | None"
    inside: dict[tuple[str, str], "_Place"] = field(default_factory=dict)
    moves: dict[str, "_Place"] = field(default_factory=dict)


class Glance:
    """Finds the elements of an entry that hold values, or says that it must be looked at closely.

    `leaves` and `groups` are as for `Elements`, `wrapper` is an element that may wrap a value whole, `markup` a
    pattern of how the names of elements in values begin.
    """

    def __init__(
        self,
        leaves: Iterable[str],
        groups: Iterable[str],
        wrapper: str,
        markup: str,
    ) -> None:
        self._wanted = frozenset(leaves)
        self._groups = frozenset(groups)
        self._outside = _Place("", "", None)
        inner = rf"[^<]*+(?:</?(?:{markup})[^<]*+){{0,{_MOST_MARKS}}}?" if markup else "[^<]*+"
        before, behind = (
            (rf"(?:<{wrapper}\b[^>]*+>|)", f"(?:</{wrapper}>|)") if wrapper else ("", "")
        )
        self._leaf = re.compile(rf"<({_NAME})([^>]*+)>{before}({inner}){behind}</\1\s*+>")
        names = "|".join(sorted({*self._wanted, *self._groups}))
        self._tag = re.compile(rf"<(/?)({names})((?:[\s/][^<>]*+)?)>")

    def elements(self, texts: list[str]) -> list[list[Element] | None]:
        """Return the elements of each entry in document order, None where not all is as it mostly is."""
        return list(map(self._found, list(map(self._leaf.split, texts))))

    def _found(self, parts: list[str]) -> list[Element] | None:
        found: list[Element] = []
        place = self._outside
        last = parts.pop()
        cells = iter(parts)
        for between, name, attributes, inner in zip(cells, cells, cells, cells, strict=True):
            if between:
                moved = place.moves.get(between) or self._moved(place, between)
                if moved is None:
                    return None
                place = moved
            if name in self._wanted:
                if (
                    attributes
                    and (">" in inner or "<" in attributes)
                    and not _are_attributes(attributes)
                ):
                    return None  # the sign stands in an attribute
                found.append((place.group, name, inner, attributes, place.attributes))
        return found if self._moved(place, last) is self._outside else None

    def _moved(self, place: _Place, between: str) -> _Place | None:
        """Return where the tags in a text lead to, None where one of them is not that of a group."""
        if "<!" in between or "<?" in between:
            return None
        there = place
        for slash, name, rest in self._tag.findall(between):
            if rest[-1:] == "/":
                if name in self._wanted and len(rest) > 1:
                    return None  # it may hold a value in an attribute
            elif name not in self._groups:
                return None
            elif not slash:
                there = _inside(there, name, rest)
            elif there.group == name and there.around:
                there = there.around
            else:
                return None
        if len(place.moves) < _MOST_KNOWN:
            place.moves[between] = there
        return there


def _inside(place: _Place, name: str, attributes: str) -> _Place:
    known = place.inside.get((name, attributes))
    if known is None:
        known = _Place(name, attributes, place)
        if len(place.inside) < _MOST_KNOWN:
            place.inside[name, attributes] = known
    return known


@lru_cache(maxsize=1024)
def _are_attributes(attributes: str) -> bool:
    return _ATTRIBUTES.fullmatch(attributes) is not None
