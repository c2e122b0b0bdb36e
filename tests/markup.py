"""Whether a page is valid HTML, by the parsing rules of the standard and by the content model we use.

html5lib's parser follows the HTML standard and reports every parse error: unclosed and misnested
elements, blocks inside paragraphs, stray table content, unknown character references. What no parser
sees is asked of the tree: ids, what refers to them, links inside links, headings, tables.
"""

import itertools
from collections import Counter
from collections.abc import Iterator
from typing import Any

import html5lib

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_INTERACTIVE = {"a", "button", "input", "select", "textarea", "summary", "label"}
_PHRASES = {"p", "span", "em", "strong", "sup", "caption", "label", "button", *_HEADINGS}
_BLOCKS = {"p", "div", "section", "table", "ul", "ol", "dl", "form", "fieldset", "pre", *_HEADINGS}
_REFERRING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list")


def faults(page: str) -> list[str]:
    """Return everything that is wrong with a whole page, in words."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(page)
    found = [f"line {line}: {code} {what or ''}" for (line, _), code, what in parser.errors]
    return [*found, *_references(tree), *_nesting(tree), *_headings(tree), *_tables(tree)]


def _elements(tree: Any) -> Iterator[Any]:
    return (each for each in tree.iter() if isinstance(each.tag, str))


def _references(tree: Any) -> Iterator[str]:
    ids = Counter(each.get("id") for each in _elements(tree) if each.get("id") is not None)
    yield from (f'the id "{name}" stands {n} times' for name, n in ids.items() if n > 1)
    yield from (
        f'the id "{name}" holds a space' for name in ids if not name or name.split() != [name]
    )
    for each in _elements(tree):
        names = [name for referring in _REFERRING for name in (each.get(referring) or "").split()]
        href = each.get("href") or ""
        names += [href[1:]] if href.startswith("#") and href != "#" else []
        yield from (
            f'<{each.tag}> refers to "{name}", which is not there'
            for name in names
            if name not in ids
        )


def _nesting(tree: Any, above: tuple[str, ...] = ()) -> Iterator[str]:
    tag = tree.tag if isinstance(tree.tag, str) else ""
    if tag in _BLOCKS and (holder := next((each for each in above if each in _PHRASES), "")):
        yield f"<{tag}> stands inside <{holder}>"
    if tag in _INTERACTIVE - {"label"} and {"a", "button"} & set(above):
        yield f"<{tag}> stands inside a link or a button"
    if tag == "img" and tree.get("alt") is None:
        yield "an image has no alt"
    for child in tree:
        yield from _nesting(child, (*above, tag))


def _headings(tree: Any) -> Iterator[str]:
    levels = [int(each.tag[1]) for each in _elements(tree) if each.tag in _HEADINGS]
    if levels.count(1) != 1:
        yield f"the page has {levels.count(1)} headings of the first level"
    for before, after in itertools.pairwise(levels):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}"


def _tables(tree: Any) -> Iterator[str]:
    for table in (each for each in _elements(tree) if each.tag == "table"):
        if any(cell.get("rowspan") for cell in _elements(table)):
            continue  # no table of ours has any
        widths = {sum(int(cell.get("colspan", "1")) for cell in row) for row in table.iter("tr")}
        if len(widths) > 1:
            yield f"the rows of a table have {sorted(widths)} columns"
