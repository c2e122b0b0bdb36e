"""The spreadsheets a reviewer would have left: screening, retrieval and links.

A reference is named by the export and the position of any of its records; its title stands beside for
the reader. What was excluded, and at which stage, follows from the theme a publication was made of; the
numbers are those of the published review, the choice of records and reasons is illustrative.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from tests.example import real
from tests.example.exports import Exports
from tests.example.publication import Publication

REVIEWER = "first"
STUDIES = {"lieberman2005": ("lieberman2005", "lieberman2006", "ghoshippen2011")}
WHY_LINKED = {
    "lieberman2005": "The trial itself.",
    "lieberman2006": "Six-month follow-up of the same trial.",
    "ghoshippen2011": "Analyses the same trial again, by number of traumatic events.",
}

# Why a publication on a theme is left out at title and abstract.
_REASON = {
    "essay": "design", "case": "design", "review": "design", "service": "design",
    "other": "intervention", "measuring": "intervention", "offtopic": "intervention",
    "older": "population", "parents": "population", "child": "population",
}  # fmt: skip


def table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """Write rows as the CSV a spreadsheet program saves."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\n", restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def report_key(publication: Publication) -> str:
    """Return family name and year: the key a reference gets once it passes title and abstract."""
    family = publication.authors[0].family.replace("ß", "ss")
    plain = unicodedata.normalize("NFKD", family).encode("ascii", "ignore").decode().lower()
    return "".join(letter for letter in plain if letter.isalpha()) + str(publication.year)


def decisions(exports: Exports) -> dict[str, bytes]:
    """Return every spreadsheet by its name below data/."""
    assessed = [
        p for p in exports.collection.every if p.theme in ("included", "assessed", "not_english")
    ]
    return {
        "decisions/title_abstract.csv": _title_abstract(exports),
        "decisions/full_text.csv": _full_text(exports, assessed),
        "decisions/retrieval.csv": table(
            ("file", "position", "report", "title", "outcome", "reason", "reviewer"),
            (
                {
                    **_named(exports, p),
                    "report": report_key(p),
                    "outcome": "retrieved",
                    "reviewer": REVIEWER,
                }
                for p in assessed
            ),
        ),
        "decisions/links.csv": table(
            ("study", "report", "reason", "reviewer"),
            (
                {
                    "study": study,
                    "report": report,
                    "reason": WHY_LINKED[report],
                    "reviewer": REVIEWER,
                }
                for study, reports in STUDIES.items()
                for report in reports
            ),
        ),
    }


def _title_abstract(exports: Exports) -> bytes:
    rows = []
    for publication in exports.collection.in_databases:
        reason = _REASON.get(publication.theme)
        verdict = {"verdict": "exclude", "reasons": reason} if reason else {"verdict": "include"}
        rows.append(
            {
                **_named(exports, publication),
                "stage": "title_abstract",
                **verdict,
                "reviewer": REVIEWER,
            }
        )
    rows.sort(key=lambda row: (list(exports.files).index(str(row["file"])), row["position"]))
    return table(
        ("file", "position", "title", "year", "stage", "verdict", "reasons", "note", "reviewer"),
        rows,
    )


def _full_text(exports: Exports, assessed: Sequence[Publication]) -> bytes:
    rows = []
    for publication in assessed:
        reason, note = exports.collection.assessed.get(publication.id, ("", ""))
        if publication.id == "hagan2017":
            note = "Children up to six, but their mean age is 49.14 months: see the exception in the protocol."
        verdict = "exclude" if reason else "include"
        rows.append({
            **_named(exports, publication), "report": report_key(publication), "stage": "full_text", "verdict": verdict, "reasons": reason,
            "note": note, "reviewer": REVIEWER,
        })  # fmt: skip
    return table(
        ("file", "position", "report", "title", "stage", "verdict", "reasons", "note", "reviewer"),
        rows,
    )


def _named(exports: Exports, publication: Publication) -> dict[str, object]:
    """Name a reference by the first of its records."""
    place = exports.places[publication.id][0]
    return {
        "file": place.file,
        "position": place.position,
        "title": place.title,
        "year": place.year,
    }


def included_keys() -> tuple[str, ...]:
    return tuple(report_key(p) for p in real.INCLUDED)
