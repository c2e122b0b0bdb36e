"""Write the worked example's exports, decisions and simulated rater: python -m tests.example.make

The appraisals, extractions, findings and measures beside them in data/ are not made here: people's
judgements are kept as people would have typed them.
"""

import sys
from pathlib import Path

from tests.example.duplicates import duplicate_decisions
from tests.example.exports import Exports, write_exports
from tests.example.judging import decisions, table
from tests.example.second_rater import second_rater

DATA = Path(__file__).parents[2] / "data"
TRUTH = Path(__file__).parent / "truth.csv"


def outputs() -> dict[Path, bytes]:
    """Return every file the generator writes, by its path."""
    exports = write_exports()
    files = {DATA / "exports" / name: content for name, content in exports.files.items()}
    files |= {DATA / name: content for name, content in decisions(exports).items()}
    files[DATA / "decisions" / "duplicates.csv"] = duplicate_decisions(exports)
    files[DATA / "simulated_rater.csv"] = second_rater((DATA / "appraisals.csv").read_bytes())
    files[TRUTH] = truth(exports)
    return files


def truth(exports: Exports) -> bytes:
    """Return which record describes which publication: for the tests, never for the program."""
    rows = [
        {"file": place.file, "position": place.position, "publication": identity}
        for identity, places in exports.places.items()
        for place in places
    ]
    order = list(exports.files)
    rows.sort(key=lambda row: (order.index(str(row["file"])), row["position"]))
    return table(("file", "position", "publication"), rows)


def main() -> None:
    for path, content in outputs().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        sys.stdout.write(f"{path.relative_to(DATA.parent)}  {len(content):,} bytes\n")


if __name__ == "__main__":
    main()
