"""Prose from counts: the number, its denominator and the names in one breath, so they cannot drift.

Numbers follow APA style (7th edition, sections 6.32 to 6.38): words below ten and at the start of a
sentence, figures otherwise, commas from 1,000.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of prose. `source` is the trace id of a number; `refers` the id of a table or figure.

    The text of a piece that refers is filled in once tables and figures have their numbers.
    """

    text: str
    source: str = ""
    refers: str = ""
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """Prose whose numbers know where they come from; sentences add up to longer ones."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Return the words alone."""
        return "".join(piece.text for piece in self.pieces)

    def __add__(self, other: "Sentence") -> "Sentence":
        between = (Piece(" "),) if self.pieces and other.pieces else ()
        return Sentence(self.pieces + between + other.pieces)


@dataclass(frozen=True, slots=True)
class Noun:
    """What is counted, for one and for many."""

    one: str
    many: str

    def __call__(self, n: int) -> str:
        """Return the form that goes with a number: only 1 takes the singular."""
        return self.one if n == 1 else self.many


RECORD = Noun("record", "records")
REPORT = Noun("report", "reports")
STUDY = Noun("study", "studies")
MEASURE = Noun("measure", "measures")
SOURCE = Noun("source", "sources")
DATABASE = Noun("database", "databases")


Part = str | Piece | Sentence


def phrase(*parts: Part) -> Sentence:
    """Return words, numbers and other phrases one after the other, as they are."""
    pieces: list[Piece] = []
    for part in parts:
        if isinstance(part, Sentence):
            pieces += part.pieces
        else:
            pieces.append(Piece(part) if isinstance(part, str) else part)
    return Sentence(tuple(piece for piece in pieces if piece.text or piece.refers))


def say(*parts: Part) -> Sentence:
    """Return the same with a capital at its start: a whole sentence."""
    first, *rest = phrase(*parts).pieces or (Piece(""),)
    return phrase(replace(first, text=first.text[:1].upper() + first.text[1:]), *rest)


def phrases(parts: Sequence[Sentence], last: str = "and") -> Sentence:
    """Return phrases as one series with the serial comma."""
    joined: list[Part] = []
    for place, part in enumerate(parts):
        if place and place == len(parts) - 1:
            joined.append(f", {last} " if place > 1 else f" {last} ")
        elif place:
            joined.append(", ")
        joined.append(part)
    return phrase(*joined)


def number(n: int, *, start: bool = False) -> str:
    """Return a count as APA prints it; at the `start` of a sentence always in words, below 1,000."""
    if n < 0:
        raise ValueError(f"{n} is no count.")
    if n < 10 or (start and n < 1000):
        return in_words(n)
    return f"{n:,}"


def in_words(n: int) -> str:
    """Return a number from 0 to 999 in words; raises ValueError for any other."""
    if not 0 <= n < 1000:
        raise ValueError(f"{n} is not written in words.")
    if n < 20:
        return _ONES[n]
    if n < 100:
        tens, ones = divmod(n, 10)
        return f"{_TENS[tens]}-{_ONES[ones]}" if ones else _TENS[tens]
    hundreds, rest = divmod(n, 100)
    return f"{_ONES[hundreds]} hundred{f' and {in_words(rest)}' if rest else ''}"


def counted(n: int, noun: Noun, *, source: str = "", start: bool = False) -> Piece:
    """Return a count with its noun: "three reports", "1,741 records", "no records" for none."""
    words = "no" if n == 0 else number(n, start=start)
    return Piece(f"{words} {noun(n)}", source=source)


def of_all(names: Sequence[str], whole: int, noun: Noun) -> Sentence:
    """Return a share with its denominator and names: "Three of 16 reports (A, 2001; B, 2002; ...)".

    The count is that of `names`, so the two cannot differ. Raises ValueError where there are more
    names than the whole has, or a name twice.
    """
    n = len(names)
    if n > whole or len(set(names)) < n:
        raise ValueError(f"{n} names cannot be {n} different ones of {whole} {noun.many}.")
    inside = f" ({'; '.join(names)})" if names else ""
    return say(share(n, whole, noun), inside)


def share(n: int, whole: int, noun: Noun) -> str:
    """Return how many of all, for the start of a sentence: "three of 16 reports", "both reports"."""
    if whole == 1:
        return f"the one {noun.one}" if n else f"not the one {noun.one}"
    if n == 0:
        return f"none of the {number(whole)} {noun.many}"
    if n == whole:
        return f"both {noun.many}" if n == 2 else f"all {number(whole)} {noun.many}"
    return f"{number(n, start=True)} of {number(whole)} {noun.many}"


def verb(n: int, one: str, many: str) -> str:
    """Return the form of a verb that goes with a count: "was" with 1, "were" with 0 and 2."""
    return one if n == 1 else many


def series(items: Iterable[str], last: str = "and") -> str:
    """Return items as a series with the serial comma: "A", "A and B", "A, B, and C".

    Where an item holds a comma itself, semicolons stand between them.
    """
    names = list(items)
    if len(names) < 3:
        return f" {last} ".join(names)
    mark = ";" if any("," in name for name in names) else ","
    return f"{f'{mark} '.join(names[:-1])}{mark} {last} {names[-1]}"


def refer(item: str) -> Piece:
    """Return a reference to the table or figure of that id: "Table 3" once it has its number."""
    return Piece("", refers=item)
