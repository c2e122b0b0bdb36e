"""Small texts read, for tests that look at what becomes of their entries."""

from screening.identification.readers import read
from screening.problems import Problem
from screening.records import Fields


def fields_and_problems(text: str) -> tuple[list[Fields], list[Problem]]:
    """Return the fields of each entry and what was amiss, once none is lost."""
    reading = read(text.encode(), "test")
    fields = [record.fields for record in reading.records]
    assert len(fields) == reading.start_tags
    return fields, reading.problems


def only(text: str) -> Fields:
    """Return the fields of the one entry there is."""
    (fields,), _ = fields_and_problems(text)
    return fields
