"""`winnow rank --simulate`: how well ranking would have done on a file whose labels are known."""

import csv
import gzip
import io
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from review.cli.terminal import Progress, columns, print_json, print_problems
from screening.problems import Problem, WinnowError, error, note

_REQUIRED = ("title", "abstract", "label_included")
_LABELS = {
    **dict.fromkeys(("1", "1.0", "true", "yes", "include", "included"), True),
    **dict.fromkeys(("0", "0.0", "false", "no", "exclude", "excluded"), False),
}


@dataclass(frozen=True, slots=True)
class Labelled:
    """The rows of a labelled file, as three parallel sequences."""

    titles: tuple[str, ...]
    texts: tuple[str, ...]
    labels: tuple[bool, ...]


def simulate(path: Path, seed: int, as_json: bool, order: Path | None) -> None:
    """Replay screening of a labelled CSV (title, abstract, label_included) and print how it went.

    Keywords are read too where there is such a column; a file ending in .gz is unpacked. `order` is
    where to write the order of screening as CSV.
    """
    from screening.ranking.simulation import simulate as replay
    from screening.ranking.vectorising import vectorise

    labelled, problems = read_labelled(path)
    print_problems(problems, as_json=as_json)
    included = sum(labelled.labels)
    if min(included, len(labelled.labels) - included) < 2:
        raise WinnowError(
            error(
                path.name,
                f"{included} of {len(labelled.labels)} rows are labelled as included; a replay needs "
                "at least two included and two others, as one of each is given and the rest is to be "
                "found. Use a file with more labelled rows.",
                "label_included",
            ),
            exit_status=1,
        )
    started = time.perf_counter()
    features = vectorise(labelled.texts)
    with Progress("Replaying") as progress:
        result = replay(features, labelled.labels, seed=seed, progress=progress)
    seconds = time.perf_counter() - started
    if order is not None:
        _write_order(order, labelled, result.order, result.given)
    if as_json:
        print_json(
            {
                "n": len(labelled.labels),
                "included": included,
                "wss95": result.work_saved,
                "recall10": result.recall,
                "loss": result.loss,
                "seconds": round(seconds, 3),
            }
        )
        return
    columns(
        [
            ("References", len(labelled.labels)),
            ("Included", included),
            ("Work saved over sampling at 95 % recall", f"{result.work_saved:.3f}"),
            ("Recall after screening 10 %", f"{result.recall:.3f}"),
            ("Loss (0 best, about 0.5 by chance)", f"{result.loss:.3f}"),
            ("Seconds", f"{seconds:.1f}"),
        ]
    )


def read_labelled(path: Path) -> tuple[Labelled, list[Problem]]:
    """Read a labelled CSV with the notes made on the way.

    Raises WinnowError where the file cannot be read, a column is missing or a label is not one; every
    such row is named.
    """
    text, problems = _decoded(path)
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))  # one limit for all readers
    reader = csv.DictReader(io.StringIO(text, newline=""))
    names = {name.strip().lower(): name for name in reader.fieldnames or ()}
    missing = [name for name in _REQUIRED if name not in names]
    if missing:
        raise WinnowError(
            error(
                f"{path.name}, line 1",
                f"The column{'s' if len(missing) > 1 else ''} {' and '.join(missing)} "
                f"{'are' if len(missing) > 1 else 'is'} missing. A labelled file has the columns "
                "title, abstract and label_included (1 or 0), separated by commas.",
                missing[0],
            )
        )
    titles, texts, labels, mistakes = [], [], [], []
    for row in reader:
        written = (row[names["label_included"]] or "").strip()
        if written.lower() not in _LABELS:
            mistakes.append(
                error(
                    f"{path.name}, line {reader.line_num}",
                    f'"{written}" is no label. Write 1 for included or 0 for excluded, or take the '
                    "row out.",
                    "label_included",
                )
            )
            continue
        parts = [row[names[name]] for name in ("title", "abstract", "keywords") if name in names]
        titles.append(parts[0] or "")
        texts.append("\n".join(part for part in parts if part))
        labels.append(_LABELS[written.lower()])
    if mistakes:
        raise WinnowError(mistakes, exit_status=1)
    return Labelled(tuple(titles), tuple(texts), tuple(labels)), problems


def _decoded(path: Path) -> tuple[str, list[Problem]]:
    try:
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as fault:
        raise WinnowError(
            error(
                path.name,
                f"The file cannot be read ({fault}). Check its name and that it is whole.",
            )
        ) from fault
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), [
            note(
                path.name,
                "The file is not UTF-8 and was read as Windows-1252. Save it as UTF-8 if letters look "
                "wrong.",
            )
        ]


def _write_order(path: Path, labelled: Labelled, order: Sequence[int], given: int) -> None:
    """Write one line per reference in the order screened; `row` counts the file's rows from 1."""
    try:
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(("place", "row", "given", "label_included", "title"))
            writer.writerows(
                (
                    place,
                    row + 1,
                    int(place <= given),
                    int(labelled.labels[row]),
                    labelled.titles[row],
                )
                for place, row in enumerate(order, start=1)
            )
    except OSError as fault:
        raise WinnowError(
            error(path.name, f"The order cannot be written ({fault}). Choose another file.")
        ) from fault
