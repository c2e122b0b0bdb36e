"""XML as a tree, read leniently and without anything from outside it."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DECLARATIONS = re.compile(r"<\?xml[^>]{0,400}\?>|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?>")


def root_of(text: str) -> "Element | None":
    """Return the outermost element of a whole file, None where it is no XML. Lines keep their numbers."""
    bare = _DECLARATIONS.sub(lambda found: "\n" * found[0].count("\n"), text)
    return tree_of(bare) if bare.strip() else None


def tree_of(text: str, *, huge_tree: bool = False) -> "Element | None":
    """Return the outermost element of a text, mended where it is damaged; None where it cannot be.

    Nothing is fetched, and no entity that the text defines is put in.
    """
    from lxml import etree  # noqa: PLC0415  # heavy, and only XML needs it

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
        huge_tree=huge_tree,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
