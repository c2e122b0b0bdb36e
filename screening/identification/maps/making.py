"""Frozen values made at the speed of plain ones.

A frozen dataclass sets each attribute through `object.__setattr__`, which for the 21 fields of a
record costs as much as all of the reading. Here an unfrozen twin with the same slots is filled and
then turned into the frozen class, which the language allows for equal layouts; what comes out is an
ordinary `Fields` or `Record`.
"""

from dataclasses import fields, make_dataclass
from typing import Any

from screening.records import Fields, Record


def _twin(frozen: type) -> type[Any]:
    return make_dataclass("Draft", [(each.name, Any) for each in fields(frozen)], slots=True)


FieldsDraft = _twin(Fields)
RecordDraft = _twin(Record)
