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
    ("eckert2020", "medline.nbib", "eckert2020", "scopus.csv", "MEDLINE gives the title in English; DOI and pages agree."),
    ("s0704", "cinahl.ris", "s0704", "social_care_online.ris", "Social Care Online leaves out the subtitle; authors and volume agree."),
    ("s0284", "cinahl.ris", "s0284", "social_care_online.ris", "Social Care Online leaves out the subtitle; authors and volume agree."),
    ("s0919", "psycinfo.ris", "s0919", "ethos.bib", "One thesis; PsycInfo leaves out the subtitle."),
    ("s0030", "cinahl.ris", "s0030-thesis", "psycinfo.ris", "The second is the thesis the article was drawn from."),
    ("s0031", "cinahl.ris", "s0031-thesis", "ethos.bib", "The second is the thesis the article was drawn from."),
    ("s0032", "medline.nbib", "s0032-thesis", "psycinfo.ris", "The second is the thesis the article was drawn from."),
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
