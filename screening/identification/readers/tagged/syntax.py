"""The one lossless tokeniser behind all formats of tagged lines, and the walk through their entries."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import itemgetter

from screening.identification.maps.fields import Tags
from screening.identification.readers.context import Context, Found
from screening.identification.readers.parts import foreign_part
from screening.identification.readers.pieces import (
    Pieces,
    lines_in,
    stretches,
    with_line_feeds,
)
from screening.identification.texts.markup import are_tidy
from screening.records import Fields

Tokens = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Syntax:
    r"""How one tagged format is written.

    `start` matches the start tag of an entry, at the beginning of a line but for `indent`. `count` counts start
    tags apart from `start`: it matches a whole tag with the line end before it. Both had best begin with plain
    letters, which the engine looks for fastest. `token` splits an entry that has "\n" put before it into text
    and tag by turns. `known` are the tags the format has, where that is settled: a line that only
    looks like a tag then continues the `running` text before it. Values of `listing` tags are one to
    a line; the lines of other values are joined where `wrapped`. `abstract` is the line end and the tag before an abstract, `fold` the line end and the indent
    with which platforms wrap lines. `end` matches the line that closes an entry, with its tag
    `end_tag`, and `frame` lines that stand between entries and belong to none.
    """

    name: str
    start: re.Pattern[str]
    count: re.Pattern[str]
    token: re.Pattern[str]
    known: frozenset[str] | None = None
    running: frozenset[str] = frozenset()
    abstract: str = ""
    indent: str = ""
    upper: bool = False
    wrapped: bool = False
    listing: frozenset[str] = frozenset()
    fold: str = ""
    end: re.Pattern[str] | None = None
    end_tag: str = ""
    frame: re.Pattern[str] = re.compile(r"\s*")


def start_tags(piece: str, syntax: Syntax) -> int:
    """Return how many start tags a piece has that begins at the beginning of a line."""
    text = "\n" + (piece.replace("\r", "\n") if "\r" in piece else piece)
    return len(syntax.count.findall(text))


def tokens(text: str, syntax: Syntax) -> Tokens:
    """Return all (tag, value) pairs of an entry in order; text before the first tag has the tag ""."""
    parts = syntax.token.split("\n" + with_line_feeds(text))
    tags = parts[1::2]
    if syntax.upper:
        tags = [tag.upper() for tag in tags]
    found = list(zip(tags, parts[2::2], strict=True))
    if parts[0] and not parts[0].isspace():
        found.insert(0, ("", parts[0].strip("\n")))
    if syntax.known and not syntax.known.issuperset(tags):
        found = _with_continuations(found, syntax)
    return _unwrapped(found, syntax) if syntax.wrapped else found


def by_tag(found: Iterable[tuple[str, str]]) -> Tags:
    """Return the values of each tag in file order."""
    tags: Tags = {}
    for tag, value in found:
        if tag in tags:
            tags[tag].append(value)
        else:
            tags[tag] = [value]
    return tags


def read_tagged(
    pieces: Pieces, context: Context, syntax: Syntax, fields: Callable[[Tags, str, bool], Fields]
) -> Iterator[Found]:
    """Yield every entry of a tagged text, and what stands in it in another format.

    `fields` makes an entry's fields from its tags and a text with all its values that have numbers in them, told
    whether its values are tidy.
    """

    def count(piece: str) -> None:
        context.started += start_tags(piece, syntax)

    pieces.watch = count
    line = pieces.line
    for together in stretches(pieces, syntax.start, syntax.indent):
        tagged = [plain_tags(plain, syntax) if started else None for _, started, plain in together]
        made = [fields(found[0], found[3], found[2]) if found else None for found in tagged]
        for (text, started, plain), found, its_fields in zip(together, tagged, made, strict=True):
            if found and its_fields:
                own = text.rstrip("\r\n") if syntax.end_tag else text
                yield (its_fields, own, line, syntax.name, context.provider)
                line += found[1]
                continue
            if started:
                yield from _unusual(text, line, context, syntax, fields)
            elif not _is_frame(text, syntax):
                yield from context.read_part(text, line, syntax.name)
            line += plain.count("\n")


def _unusual(
    text: str,
    line: int,
    context: Context,
    syntax: Syntax,
    fields: Callable[[Tags, str, bool], Fields],
) -> Iterator[Found]:
    cut = foreign_part(text, syntax.name, begun=True)
    own = text[:cut]
    closing = syntax.end.search(own) if syntax.end else None
    if closing and _is_frame(own[closing.end() :], syntax):
        own = own[: closing.end()]
    found = fields(by_tag(_trimmed(tokens(own, syntax))), own, False)  # noqa: FBT003 - as for the others
    yield (found, own, line, syntax.name, context.provider)
    if cut:
        yield from context.read_part(text[cut:], line + lines_in(text[:cut]), syntax.name)


def _trimmed(found: Tokens) -> Tokens:
    return [(tag, stripped) for tag, value in found if (stripped := value.strip())]


_FEWEST_TAGS = 2
_ABSTRACT = "AB"  # in all of these formats
_TAG_ALONE = len(f"\n{_ABSTRACT}")  # a tag may be written in other ways too
# What an entry of RIS, or of ERIC, begins with that follows without a line between.
_RIS_BEGINNING, _OWNER = "TY", "OWN"
# No decoded text has it: decoding makes a space of it.
_FOLDED = "\v"


# The values of each tag of an entry, the number of its line ends, whether its values are tidy (`are_tidy`), and a
# text with all of them that have numbers in them.
Tagged = tuple[Tags, int, bool, str]


def plain_tags(text: str, syntax: Syntax) -> Tagged | None:
    """Return the tags of an entry written as its platform writes it, else None.

    Such an entry begins with a tag, has only known ones, and no line that is neither a tag nor folded
    as usual; no value that is returned is empty or has blanks at its ends. The same as `by_tag` of `tokens`,
    but empty values, in less time.
    """
    text, folds = _unfolded_lines(text, syntax)
    text, abstract = without_abstract(text, syntax.abstract, syntax.token)
    parts = syntax.token.split(text)
    names, values = parts[1::2], parts[2::2]
    if parts[0] or len(names) < _FEWEST_TAGS:
        return None
    end = values.pop()
    last = end.rstrip("\n")
    values.append(last)
    ends = len(names) - 1 + len(end) - len(last) + folds + (abstract is not None)
    if syntax.known and not syntax.known.issuperset(names):
        return None
    if syntax.end_tag:
        if last or names.pop() != syntax.end_tag or syntax.end_tag in names:
            return None
        values.pop()
    joined = " ".join(values)
    if "\n" in joined:
        return None
    if _FOLDED in joined:
        joined = joined.replace(_FOLDED, " ")
        values = [
            _unfolded(value) if _FOLDED in value and tag not in syntax.listing else value
            for tag, value in zip(names, values, strict=True)
        ]
    if abstract and _FOLDED in abstract:
        abstract = _unfolded(abstract)
    tags, tidy, numbers = gathered(names, values, joined, abstract)
    if syntax.listing:
        _take_lists_apart(tags, syntax.listing, tidy=tidy and joined.isascii())
    if _RIS_BEGINNING in tags or len(tags.get(_OWNER, ())) > 1:
        return None
    return tags, ends, tidy, numbers


def _take_lists_apart(tags: Tags, listing: frozenset[str], *, tidy: bool) -> None:
    for tag in listing.intersection(tags):
        lines = _FOLDED.join(tags[tag]).split(_FOLDED)
        tags[tag] = lines if tidy else [line for each in lines if (line := each.strip())]


def without_abstract(text: str, opening: str, token: re.Pattern[str]) -> tuple[str, str | None]:
    """Return an entry's text with a line end before it but without its first abstract, and that abstract.

    It is most of the text, so that what is done for the sake of the other values had best pass it over. It is left
    in, and None returned, where it is not all on the one line that `opening`, a line end and its tag, begins.
    """
    place = text.find(opening[:_TAG_ALONE])
    end = text.find("\n", place + 1) if text.startswith(opening, place) else -1
    if end < 0 or not token.match(text, end):
        return "\n" + text, None
    return f"\n{text[:place]}{text[end:]}", text[place + len(opening) : end]


def gathered(
    names: Sequence[str], values: Sequence[str], joined: str, abstract: str | None
) -> tuple[Tags, bool, str]:
    """Return the values of each tag, whether all are tidy, and a text with all of them that have numbers in them.

    None of the values returned is empty or has blanks at its ends. `joined` are the values with blanks between
    them, which tells of all of them at once what need not be asked of each. The abstract mostly has no
    digit, and to look in it for registration numbers takes ten times as long as to look for digits.
    """
    tidy = are_tidy(joined) and (not abstract or are_tidy(abstract))
    if tidy and joined.isascii() and (not abstract or abstract.isascii()):
        tags = by_tag(zip(names, values, strict=True))
    else:
        values = list(map(str.strip, values))
        found = zip(names, values, strict=True)
        tags = by_tag(filter(itemgetter(1), found) if "" in values else found)
        abstract = abstract and abstract.strip()
    if not abstract:
        return tags, tidy, joined
    tags[_ABSTRACT] = [abstract, *tags.get(_ABSTRACT, ())]
    return tags, tidy, f"{joined} {abstract}" if _has_digits(abstract) else joined


def _has_digits(text: str) -> bool:
    # Written out it takes a third of the time of a loop.
    return (
        "1" in text or "2" in text or "0" in text or "3" in text or "4" in text
        or "5" in text or "6" in text or "7" in text or "8" in text or "9" in text
    )  # fmt: skip


def _unfolded_lines(text: str, syntax: Syntax) -> tuple[str, int]:
    """Return a text with its folded lines joined, and their number."""
    if not syntax.fold:
        return text, 0
    lines = text.split(syntax.fold)
    if syntax.listing:
        return _FOLDED.join(lines), len(lines) - 1
    # Some put the blank at the end of the line too; it is one all the same.
    return " ".join(map(str.rstrip, lines, repeat(" "))), len(lines) - 1


def _unfolded(value: str) -> str:
    tidy = value.isascii() and "\t" not in value
    if tidy and f" {_FOLDED}" not in value and f"{_FOLDED} " not in value:
        return value.replace(_FOLDED, " ")
    return " ".join(map(str.strip, value.split(_FOLDED)))


def _is_frame(text: str, syntax: Syntax) -> bool:
    return not text or text.isspace() or all(map(syntax.frame.fullmatch, text.splitlines()))


def _with_continuations(found: Tokens, syntax: Syntax) -> Tokens:
    """Give lines with unknown tags back to the value they stand in, where that is running text."""
    kept: Tokens = []
    known = syntax.known or frozenset()
    for tag, value in found:
        if tag in known or not kept or kept[-1][0] not in syntax.running or not value.strip():
            kept.append((tag, value))
        else:
            before, text = kept[-1]
            kept[-1] = (before, f"{text}\n{tag} - {value}")
    return kept


def _unwrapped(found: Tokens, syntax: Syntax) -> Tokens:
    kept: Tokens = []
    for token in found:
        tag, value = token
        if "\n" not in value:
            kept.append(token)
            continue
        lines = [stripped for line in value.split("\n") if (stripped := line.strip())]
        if tag in syntax.listing:
            kept += [(tag, line) for line in lines]
        else:
            kept.append((tag, " ".join(lines)))
    return kept
