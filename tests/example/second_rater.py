"""A simulated second rater for the agreement tables: no person gave these scores."""

import csv
import io
from random import Random

from tests.example.judging import table

SEED = 7
RATER = "simulated"

# How far the simulated scores lie from the published ones, drawn evenly: close raters, mostly.
_STEPS = (0, 0, 0, 0, 0, 0, 1, 1, -1, -1, 2)


def second_rater(published: bytes, seed: int = SEED) -> bytes:
    """Return the sheet of published scores as another rater might have scored the same reports."""
    rng = Random(seed)
    sheet = csv.DictReader(io.StringIO(published.decode("utf-8-sig"), newline=""))
    columns = list(sheet.fieldnames or ())
    rows = []
    for row in sheet:
        scores = {name: score for name, score in row.items() if score.isdecimal()}
        moved = {
            name: min(max(int(score) + rng.choice(_STEPS), 0), 5) for name, score in scores.items()
        }
        rows.append({**row, **moved, "Rater": RATER})
    return table(columns, rows)
