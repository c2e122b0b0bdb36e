"""Damage real exports at random for as long as one likes, and keep what breaks a reader.

    python tests/fuzz/fuzz_readers.py --minutes 10 [--seed 1] [--keep DIR]

Reports every exception, every start tag lost or doubled, and every file that takes longer than a
second; the files are kept in DIR and belong, made small, among the tests. Uses the real exports beside
the repository and the small seeds of the tests.
"""

import argparse
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from screening.identification.readers import read
from tests.screening.identification.readers.corpus import exports
from tests.screening.identification.readers.test_robustness import PIECES, SEEDS

LONGEST = 60_000
TOO_LONG = 1.0


def damaged(rng: random.Random, files: list[bytes]) -> bytes:
    """Return a file cut, pasted to another, or with pieces put in, taken out and changed."""
    data = bytearray(rng.choice(files))
    if rng.random() < 0.3:
        del data[rng.randrange(len(data) + 1) :]
    if rng.random() < 0.3:
        data += rng.choice(files)[: rng.randrange(5000)]
    for _ in range(rng.choice((0, 1, 3, 20))):
        place = rng.randrange(len(data) + 1)
        kind = rng.random()
        if kind < 0.4:
            data[place:place] = rng.choice(PIECES) * rng.choice((1, 1, 1, 500))
        elif kind < 0.7:
            del data[place : place + rng.randrange(40)]
        else:
            data[place : place + 1] = bytes([rng.randrange(256)])
    return bytes(data)


def fault_of(data: bytes) -> str:
    """Return what is wrong with the reading of a file, "" where nothing is."""
    begin = time.process_time()
    try:
        reading = read(data, "fuzz")
        count = sum(1 for _ in reading.records)
    except Exception:  # noqa: BLE001 - any exception is a finding
        return traceback.format_exc().strip().splitlines()[-1]
    lost = [problem for problem in reading.problems if problem.subject == "accounting"]
    if lost:
        return f"{reading.format}: start tags and records differ"
    if not count and not reading.problems:
        return f"{reading.format}: nothing read and nothing said"
    return "slow" if time.process_time() - begin > TOO_LONG else ""


def main() -> int:
    """Fuzz for the time given; return 1 where anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "winnow-fuzz")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    files = [export.data[:LONGEST] for export in exports()] + list(SEEDS.values())
    found: Counter[str] = Counter()
    runs = 0
    end = time.monotonic() + 60 * arguments.minutes
    while time.monotonic() < end:
        data = damaged(rng, files)
        runs += 1
        fault = fault_of(data)
        if fault and not found[fault]:
            arguments.keep.mkdir(parents=True, exist_ok=True)
            path = arguments.keep / f"finding-{len(found)}"
            path.write_bytes(data)
            print(f"{fault} ({path})")
        if fault:
            found[fault] += 1
    print(f"{runs:,} files, {sum(found.values()):,} findings of {len(found)} kinds")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
