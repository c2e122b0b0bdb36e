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
    ("s0274", "medline.nbib", "s0274", "social_care_online.ris", "Social Care Online leaves out the question; authors, volume and abstract agree."),
    ("s0935", "psycinfo.ris", "s0935", "ethos.bib", "A slip of the keys in the title; one thesis."),
    ("eckert2020", "medline.nbib", "eckert2020", "scopus.csv", "MEDLINE gives the title in English; DOI and pages agree."),
    ("s0080", "cinahl.ris", "s0080", "social_care_online.ris", "One took the early view's year."),
    ("s0034-part1", "scopus.csv", "s0034-part2", "social_care_online.ris", "By its pages the second is part II, which follows part I."),
    ("s0036-editorial-2010", "psycinfo.ris", "s0036-editorial-2012", "scopus.csv", "Editorials of two years."),
    ("s0036-editorial-2009", "psycinfo.ris", "s0036-editorial-2010", "psycinfo.ris", "Editorials of two years."),
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
