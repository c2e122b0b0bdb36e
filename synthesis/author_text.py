"""The authors' own text, kept in a file of its own under named places.

The program writes that file once, when there is none, and only reads it afterwards: whatever is
regenerated, nothing in it is touched. A place is a heading with an id, "## Rationale {#rationale}".
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from screening.problems import Problem, error
from screening.toml_text import closest
from synthesis.report import Paragraph
from synthesis.sentences import Piece, Sentence

_PLACE = re.compile(r"^#{1,6}\s.*\{#\s*(?P<id>[\w-]+)\s*\}\s*$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ITALIC = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_BEFORE = "text-before-the-first-place"
_POINT = re.compile(r"^[-*]\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSpec:
    """A place that reports have: its id, the heading it stands under, and what belongs there.

    `items` are the PRISMA 2020 items that the text there speaks to.
    """

    id: str
    heading: str
    prompt: str
    items: tuple[str, ...] = ()


PLACES: tuple[PlaceSpec, ...] = (
    PlaceSpec(
        id="abstract",
        heading="Abstract",
        prompt="Summarise background, methods, results and conclusions (PRISMA 2020 for Abstracts).",
        items=("2",),
    ),
    PlaceSpec(
        id="rationale",
        heading="Rationale",
        prompt="Why is the review needed, given what is already known?",
        items=("3",),
    ),
    PlaceSpec(
        id="risk-of-bias-methods",
        heading="Risk of bias",
        prompt="How was the risk of bias in each study judged, by whom, and with which tool?",
        items=("11",),
    ),
    PlaceSpec(
        id="synthesis-methods",
        heading="Synthesis methods",
        prompt="Which effect measures were used, how were results grouped, prepared and synthesised, "
        "and how were differences between studies looked into?",
        items=("12", "13a", "13b", "13c", "13d", "13e", "13f"),
    ),
    PlaceSpec(
        id="reporting-bias-methods",
        heading="Missing results and certainty",
        prompt="How were missing results and the certainty of the evidence judged?",
        items=("14", "15"),
    ),
    PlaceSpec(
        id="risk-of-bias-results",
        heading="Risk of bias in the studies",
        prompt="What was found about the risk of bias in each study?",
        items=("18",),
    ),
    PlaceSpec(
        id="synthesis-results",
        heading="Results of the synthesis",
        prompt="What do the studies say together, outcome by outcome, and how far do they differ?",
        items=("20a", "20b", "20c", "20d"),
    ),
    PlaceSpec(
        id="certainty-results",
        heading="Missing results and certainty of the evidence",
        prompt="What may be missing, and how sure can one be of each outcome?",
        items=("21", "22"),
    ),
    PlaceSpec(
        id="interpretation",
        heading="Interpretation",
        prompt="What do the results mean beside other evidence?",
        items=("23a",),
    ),
    PlaceSpec(
        id="limitations-evidence",
        heading="Limitations of the evidence",
        prompt="What limits the evidence in the included studies?",
        items=("23b",),
    ),
    PlaceSpec(
        id="limitations-review",
        heading="Limitations of the review",
        prompt="What limits the way in which this review was made?",
        items=("23c",),
    ),
    PlaceSpec(
        id="implications",
        heading="Implications",
        prompt="What follows for practice, policy and research?",
        items=("23d",),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorText:
    """What the authors wrote, by the id of its place; `stray` is text of places nobody asks for."""

    places: Mapping[str, tuple[Paragraph, ...]] = field(default_factory=dict)
    stray: Mapping[str, tuple[Paragraph, ...]] = field(default_factory=dict)


def empty_text(leave_out: Iterable[str] = ()) -> str:
    """Return the file that authors begin with: every place with its prompt and nothing else."""
    left_out = set(leave_out)
    parts = [
        f"## {place.heading} {{#{place.id}}}\n\n<!-- {place.prompt} -->\n"
        for place in PLACES
        if place.id not in left_out
    ]
    return "\n".join([_INTRODUCTION, *parts])


_INTRODUCTION = """\
<!-- Your own text for the report. Write under a heading; leave the part in braces as it is, for it
names the place where the text goes. The program never changes this file. Paragraphs are parted by
an empty line, *asterisks* set words in italics, and lines that begin with "- " make a list. -->
"""


def read_author_text(
    text: str, *, leave_out: Iterable[str] = (), name: str = "report-text.md"
) -> tuple[AuthorText, list[Problem]]:
    """Return what the authors wrote, with an error for each place that is missing, double or unknown.

    Text in an unknown place is kept as stray, and of a double place both texts are kept in order.
    """
    wanted = {place.id: place for place in PLACES if place.id not in set(leave_out)}
    known = [place.id for place in PLACES]
    problems = [
        error(
            "review.toml, [report]",
            f'leave_out names "{each}", which is no place of the report.{closest(each, known)}',
            f"report.leave_out.{each}",
        )
        for each in leave_out
        if each not in known
    ]
    found, lines = _sections(text)
    if found.get(_BEFORE):
        message = "Text stands before the first place. Put it under a heading that names a place."
        problems.append(error(name, message, _BEFORE))
    for place_id, numbers in lines.items():
        where = f"{name}, line {numbers[-1]}"
        if place_id not in known:
            message = (
                f'The report has no place "{place_id}".{closest(place_id, known)} '
                "Its text is printed at the end until it has a place."
            )
            problems.append(error(where, message, place_id))
        elif len(numbers) > 1:
            message = (
                f'The place "{place_id}" is here a second time. Put both texts under one heading.'
            )
            problems.append(error(where, message, place_id))
    problems += [
        error(
            name,
            f'The place "{place.id}" is missing. Put the line "## {place.heading} {{#{place.id}}}" '
            f'back, or write leave_out = ["{place.id}"] under [report] in review.toml.',
            place.id,
        )
        for place in wanted.values()
        if place.id not in found
    ]
    written = {place: _paragraphs(said) for place, said in found.items()}
    own = {place: written[place] for place in written if place in wanted}
    stray = {place: said for place, said in written.items() if place not in wanted and said}
    return AuthorText(places=own, stray=stray), problems


def _sections(text: str) -> tuple[dict[str, str], dict[str, list[int]]]:
    """Return the text under each place, and the lines on which the place is named."""
    blanked = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    found: dict[str, str] = {}
    places: dict[str, list[int]] = {}
    current = _BEFORE
    for number, line in enumerate(blanked.splitlines(), start=1):
        heading = _PLACE.match(line)
        if heading:
            current = heading["id"]
            found[current] = f"{found[current]}\n\n" if current in found else ""
            places.setdefault(current, []).append(number)
        elif line.strip() or current in found:
            found[current] = f"{found.get(current, '')}{line}\n"
    return found, places


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    paragraphs: list[Paragraph] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines: list[str] = []
        for line in block.splitlines():
            if _POINT.match(line) and lines:
                paragraphs.append(_paragraph(lines))
                lines = []
            lines.append(line.strip())
        if any(lines):
            paragraphs.append(_paragraph(lines))
    return tuple(paragraphs)


def _paragraph(lines: list[str]) -> Paragraph:
    text = " ".join(lines)
    item = _POINT.match(text) is not None
    text = _POINT.sub("", text)
    pieces: list[Piece] = []
    end = 0
    for found in _ITALIC.finditer(text):
        pieces += [Piece(text[end : found.start()]), Piece(found[1], italic=True)]
        end = found.end()
    pieces.append(Piece(text[end:]))
    return Paragraph(Sentence(tuple(piece for piece in pieces if piece.text)), item=item)
