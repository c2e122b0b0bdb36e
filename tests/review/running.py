"""A small review on disk, and the program run on it as a user would."""

import asyncio
import io
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from review.cli import main

T = TypeVar("T")

PROTOCOL = """
[review]
title = "A small review"
question = "Does it help?"
reviewers = ["anna"]

[[sources]]
id = "medline"
name = "MEDLINE"
platform = "Ovid"
kind = "database"
exports = ["exports/medline.ris"]

[[sources]]
id = "scopus"
name = "Scopus"
kind = "database"
exports = ["exports/scopus.ris"]

[[criteria]]
id = "population"
include = ["Infants"]

[screening.full_text]
reasons = ["population"]
"""


@dataclass(frozen=True)
class Ran:
    """How a run of the program ended and what it said."""

    status: int
    out: str
    err: str


def winnow(*arguments: object) -> Ran:
    """Run the program in this process, and prove that no traceback came out of it."""
    out, err = io.StringIO(), io.StringIO()
    argv = ["winnow", *map(str, arguments)]
    with patch.object(sys, "argv", argv), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
    assert "Traceback" not in err.getvalue()
    assert "did not foresee" not in err.getvalue(), err.getvalue()
    return Ran(status, out.getvalue(), err.getvalue())


def awaited(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end in a thread of its own: a browser's loop may already run in ours."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def ris(*titles: str) -> str:
    """Return a RIS export with one record per title."""
    return "".join(
        f"TY  - JOUR\nTI  - {title}\nAU  - Writer, {chr(65 + n)}.\nPY  - {2000 + n}\n"
        f"T2  - Journal of Trials\nVL  - {n + 1}\nSP  - {10 * n + 1}\nEP  - {10 * n + 9}\nER  - \n\n"
        for n, title in enumerate(titles)
    )


TITLES = (
    "Watching infants sleep in a hospital ward",
    "A randomised trial of holding hands with toddlers",
    "What grandmothers know about teething",
    "Reading aloud to newborn babies at home",
)


def small_review(folder: Path, protocol: str = PROTOCOL) -> Path:
    """Write a review of two exports, one record in both, and return its folder."""
    (folder / "exports").mkdir(parents=True)
    (folder / "review.toml").write_text(protocol, encoding="utf-8")
    (folder / "exports" / "medline.ris").write_text(ris(*TITLES[:3]), encoding="utf-8")
    (folder / "exports" / "scopus.ris").write_text(
        ris(TITLES[0]) + ris(*TITLES).split("ER  - \n\n")[3] + "ER  - \n", encoding="utf-8"
    )
    return folder
