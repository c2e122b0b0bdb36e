"""What a person decided about pairs that deduplication was not sure of."""

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

# Pairs of places the rules queue for a person, with the note the person left. Filled in by looking at the
# queue; whether to merge follows from the truth.
JUDGED: tuple[tuple[str, int, str, int, str], ...] = ()


def duplicate_decisions(exports: Exports) -> bytes:
    owner = {
        (place.file, place.position): (identity, place)
        for identity, places in exports.places.items()
        for place in places
    }
    rows = []
    for file_a, position_a, file_b, position_b, note in JUDGED:
        identity_a, a = owner[file_a, position_a]
        identity_b, b = owner[file_b, position_b]
        rows.append(
            {
                **_side("a", a),
                **_side("b", b),
                "decision": "merge" if identity_a == identity_b else "apart",
                "note": note,
                "reviewer": REVIEWER,
            }
        )
    return table(COLUMNS, rows)


def _side(letter: str, place: Place) -> dict[str, object]:
    return {
        f"file_{letter}": place.file,
        f"position_{letter}": place.position,
        f"title_{letter}": place.title,
    }
