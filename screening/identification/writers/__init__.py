"""References written in the formats other tools read, so that reading them again loses nothing."""

from typing import Any

from screening.identification.writers.bibtex import write_bibtex
from screening.identification.writers.csl_json import write_csl_json
from screening.identification.writers.jsonl import write_jsonl
from screening.identification.writers.ris import write_ris
from screening.identification.writers.sheets import write_csv, write_xlsx
from screening.identification.writers.writing import Keyed, Writer

# Target -> what writes it: (key, fields) pairs in, pieces of the file's bytes out.
WRITERS: dict[str, Writer[Any]] = {
    "ris": write_ris,
    "bib": write_bibtex,
    "csl": write_csl_json,
    "csv": write_csv,
    "xlsx": write_xlsx,
}
SUFFIXES = {
    "ris": ".ris",
    "bib": ".bib",
    "csl": ".json",
    "csv": ".csv",
    "xlsx": ".xlsx",
    "jsonl": ".jsonl",
}

__all__ = [
    "SUFFIXES",
    "WRITERS",
    "Keyed",
    "Writer",
    "write_bibtex",
    "write_csl_json",
    "write_csv",
    "write_jsonl",
    "write_ris",
    "write_xlsx",
]
