"""What a person decided about the pairs that deduplication was not sure of.

The pairs are those that `winnow dedupe --export` writes for this example; whether they are merged
follows from the truth.
"""

from tests.example.exports import Exports, Place
from tests.example.judging import REVIEWER, table

COLUMNS = (
    "file_a",
    "position_a",
    "title_a",
    "file_b",
    "position_b",
    "title_b",
    "decision",
    "note",
    "reviewer",
)

# Publication and export of both records, and the note the person left.
JUDGED = (
    ("s0636", "cinahl.ris", "s0636", "social_care_online.ris", "Same authors, volume and abstract; CINAHL leaves out the subtitle and counts pages from 1."),
    ("s0708", "cinahl.ris", "s0708", "social_care_online.ris", "Same authors, volume and abstract; CINAHL leaves out the subtitle and counts pages from 1."),
    ("s0036-editorial-2009", "scopus.csv", "s0036-editorial-2011", "education_research_complete.ris", "Editorials of two years: volumes 19 and 21."),
    ("s0030", "cinahl.ris", "s0030-thesis", "psycinfo.ris", "The second is the thesis the article was drawn from."),
)  # fmt: skip


def duplicate_decisions(exports: Exports) -> bytes:
    rows = []
    for one, file_a, other, file_b, note in JUDGED:
        a, b = _place(exports, one, file_a), _place(exports, other, file_b)
        decision = "merge" if one == other else "apart"
        rows.append({**_side("a", a), **_side("b", b), "decision": decision, "note": note, "reviewer": REVIEWER})  # fmt: skip
    return table(COLUMNS, rows)


def _place(exports: Exports, publication: str, file: str) -> Place:
    return next(place for place in exports.places[publication] if place.file == file)


def _side(letter: str, place: Place) -> dict[str, object]:
    return {
        f"file_{letter}": place.file,
        f"position_{letter}": place.position,
        f"title_{letter}": place.title,
    }
