"""The elements of one XML entry in document order, found without building a tree of it.

A tree of all elements takes longer to build than everything else that is done with an entry, and most
elements hold nothing that is a field. Here one regular expression passes over the text and gives out
the wanted ones. The tags it looks at must pair up: an entry where they do not, and one with comments or
CDATA sections, is first written anew by lxml's recovering parser. What nearly all entries look like is
seen in less time at a glance (`xml_glance`).
"""

import html
import re
from collections.abc import Iterable
from functools import lru_cache

from screening.identification.readers.xml.glance import Element, Glance
from screening.identification.readers.xml.tree import tree_of

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
# A class of one sign, or of ranges, is gone through several times as fast as one of two signs or of \\w: that
# no value has a "<" in it is looked at later.
_ATTRIBUTES = r"(?:\s++[A-Za-z_:][A-Za-z0-9_:.-]*+\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'))*+\s*+"
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
# References that XML does not know by itself stay as they are; plain text is made of them later.
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")


class Elements:
    """Finds the elements of entries that hold values.

    `leaves` are the names of elements with values, `groups` those of elements that tell where a leaf
    stands: its group is the nearest of these, "" outside all. `omitted` are elements with many others
    in them that hold nothing of the entry's own; `inline` is one that may wrap a value whole, `markup` a pattern
    of how the names of others in a value begin, where it is not only that one.
    """

    def __init__(
        self,
        leaves: tuple[str, ...],
        groups: tuple[str, ...],
        omitted: tuple[str, ...] = (),
        inline: str = "",
        markup: str = "",
    ) -> None:
        leaf = _choice(leaves)
        self._groups = frozenset(groups)
        self._omitted = omitted
        self.at_a_glance = Glance(leaves, groups, inline, markup or inline).elements
        before = rf"(?:<{inline}\b[^>]*+>)?+" if inline else ""
        behind = rf"(?:</{inline}>)?+" if inline else ""
        wrapped = rf"/{inline}></\1>|" if inline else ""
        # A leaf ends at its end tag; where another of its name begins before that, it does not pair up.
        self._token = re.compile(
            rf"<(?:({leaf})({_ATTRIBUTES})>"
            rf"{before}([^<]*+(?:<(?!{wrapped}/?\1[\s/>])[^<]*+)*+){behind}</\1\s*+>"
            rf"|(/?)({_choice({*groups, *leaves})})((?:[\s/][^<>]*+)?)>)"
        )

    def essence(self, text: str) -> str:
        """Return an entry's text without what holds nothing of its own."""
        for name in self._omitted:
            text = _without(text, name)
        return text

    def found_in(self, essence: str, *, leniently: bool = False) -> list[Element] | None:
        """Return the elements in a text made by `essence`.

        Where tags do not pair up, None, or `leniently` what there is.
        """
        found: list[Element] = []
        stack = [("", "")]
        for leaf, attributes, inner, slash, name, rest in self._token.findall(essence):
            if leaf:
                if "<" in attributes and not leniently:
                    return None
                group, group_attributes = stack[-1]
                found.append((group, leaf, inner, attributes, group_attributes))
            elif rest[-1:] == "/":
                found.append((stack[-1][0], name, "", rest, ""))
            elif slash and stack[-1][0] == name:
                stack.pop()
            elif not slash and name in self._groups:
                stack.append((name, rest))
            elif not leniently:
                return None
        return found if leniently or len(stack) == 1 else None


def text_of(inner: str) -> str:
    """Return the text of an element's inside, that of inline elements included."""
    if "<" in inner:
        inner = _TAG.sub("", inner)
    return html.unescape(inner) if "&" in inner else inner


@lru_cache(maxsize=1024)
def attribute(attributes: str, name: str) -> str:
    """Return the value of one attribute of a tag, "" where it has none; tags are much alike."""
    if name not in attributes:
        return ""
    for found, double, single in _ATTRIBUTE.findall(attributes):
        if found == name:
            return html.unescape(double or single)
    return ""


def is_plain(text: str) -> bool:
    """Return whether an entry has neither comments nor CDATA sections nor instructions."""
    # One sign is looked for much faster than two of which the first is everywhere.
    return not ("!" in text and "<!" in text) and not ("?" in text and "<?" in text)


def mended(text: str) -> str | None:
    """Return an entry written anew with all its tags paired, None where nothing of it can be read."""
    from lxml import etree  # noqa: PLC0415  # heavy, and only damaged entries need it

    root = tree_of(_ENTITY.sub("&amp;", text), huge_tree=True)
    return None if root is None else etree.tostring(root, encoding="unicode")


def _choice(names: Iterable[str]) -> str:
    """Return a pattern of any of `names`, parted by their first letters, which is faster."""
    by_letter: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        by_letter.setdefault(name[0], []).append(re.escape(name[1:]))
    parts = (f"{letter}(?:{'|'.join(rests)})" for letter, rests in by_letter.items())
    return f"(?:{'|'.join(parts)})"


def _without(text: str, name: str) -> str:
    opening, closing = f"<{name}", f"</{name}>"
    begin = text.find(opening)
    if begin < 0:
        return text
    kept = []
    place = 0
    while begin >= 0 and (end := text.find(closing, begin)) >= 0:
        kept.append(text[place:begin])
        place = end + len(closing)
        begin = text.find(opening, place)
    kept.append(text[place:])
    return "".join(kept)
