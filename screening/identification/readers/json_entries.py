"""JSON exports: CSL, Crossref, OpenAlex, registries, reference managers, and our own lines."""

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from screening.identification.maps.json import JSON, tags_of
from screening.identification.maps.mapping import fields_from
from screening.identification.maps.tables import TITLE_COLUMNS, column_names
from screening.identification.readers.context import Context, Found
from screening.identification.readers.parts import foreign_part
from screening.identification.readers.pieces import Pieces, lines_in
from screening.identification.readers.tables.rows import (
    Row,
    cell_text,
    columns_of,
    record_from,
)
from screening.problems import warning

# Where services keep the list of results inside one wrapping object.
_LISTS = re.compile(
    r"\"(?:items|results|result|data|studies|records|articles|hits|references|works|docs|entries|hit|papers"
    r"|publications|documents|citations|bibliography|library|organic_results|search_results)\"\s*:\s*\[\s*(?=\{)"
)
# As PubMed's summaries do, in an object with an entry under each number.
_NUMBERED = re.compile(
    r"\"result\"\s*:\s*\{\s*(?:\"uids\"\s*:\s*\[[^\]]*\]\s*,\s*)?\"\d{1,9}\"\s*:\s*(?=\{)"
)
_TITLES = frozenset(JSON.title)
_GAP = re.compile(r"[\s,;\]\x1e]*")
_DECODER = json.JSONDecoder(strict=False)


def read_json(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every object of a list, of lines of objects, or of a service's answer.

    Objects are decoded one by one, so that a file that ends early or is damaged in one place keeps
    its other records.
    """
    buffer = _Buffer(pieces)
    buffer.skip_wrapping()
    while buffer.find_object():
        line = buffer.line
        item, text = buffer.decode()
        context.started += 1
        if item is None:
            context.unread += 1
            message = (
                "This JSON object is damaged or cut off and could not be read; export it again."
            )
            context.problems.append(warning(context.at(line), message, "unreadable"))
            continue
        if _TITLES.isdisjoint(item) and not TITLE_COLUMNS.isdisjoint(column_names(item)):
            yield _row_of(item, text, line, context)
            continue
        tags = tags_of(item)
        values = "\n".join(chain.from_iterable(tags.values()))
        fields = fields_from(tags, JSON, values)
        yield (fields, text, line, "json", context.provider)
    cut = foreign_part(buffer.behind, "json")
    if cut is not None:
        line = buffer.line - lines_in(buffer.behind[cut:])
        yield from context.read_part(buffer.behind[cut:], line, "json")


def _row_of(item: dict[str, Any], text: str, line: int, context: Context) -> Found:
    """Return the record of an object that is a table's row, its keys the names of the columns."""
    cells = [cell_text(_cell(value)) for value in item.values()]
    return record_from(
        Row(cells, text, line, "json"), columns_of(list(item), context.provider), context
    )


def _cell(value: Any) -> str:  # noqa: ANN401  # JSON holds anything
    if isinstance(value, list):
        return "; ".join(map(_cell, value))
    return "" if value is None else str(value)


class _Buffer:
    """The text not yet decoded, grown piece by piece; a failed object is tried again with twice as much.

    `behind` is what stands behind the last object.
    """

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._text = ""
        self._place = 0
        self.line = pieces.line
        self.behind = ""

    def skip_wrapping(self) -> None:
        """Go to the first result inside a service's answer; stay where there is none."""
        self._grow()
        text = self._text.lstrip("\ufeff \t\r\n")
        if not text.startswith("{"):
            return
        numbered = _NUMBERED.search(self._text)
        if numbered:
            self._move(numbered.end())
            return
        try:
            first, _ = _DECODER.raw_decode(text)
        except ValueError:
            first = None
        if first is None or _is_wrapping(first):
            if first is None:
                self._grow_to_list()
            found = _LISTS.search(self._text)
            if found:
                self._move(found.end())
            elif first is not None and isinstance(first.get("message"), dict):
                self._move(_message(self._text))
            elif first is not None:
                self._move(_entries_in(first, self._text))

    def find_object(self) -> bool:
        """Go to where the next object begins; return False at the end."""
        while True:
            gap = _GAP.match(self._text, self._place)
            place = gap.end() if gap else self._place
            if self._text.startswith("[", place):
                self._move(place + 1)
                continue
            if self._text.startswith("{", place):
                self._move(place)
                return True
            found = self._text.find("{", place)
            if found >= 0:
                self.behind = ""
                self._move(found)
                return True
            self.behind += self._text[place:]
            self._move(len(self._text))
            if not self._grow():
                return False

    def decode(self) -> tuple[dict[str, Any] | None, str]:
        """Return the object found and its text; None and the text passed where it is damaged."""
        wanted = 0
        while True:
            try:
                item, end = _DECODER.raw_decode(self._text, self._place)
            except (ValueError, RecursionError):
                size = len(self._text)
                wanted = max(2 * (size - self._place), wanted)
                grown = False
                while len(self._text) - self._place < wanted and self._grow():
                    grown = True
                if grown:
                    continue
                begin = self._place
                following = re.compile(r"\n\s*\{").search(self._text, begin + 1)
                end = following.start() if following else len(self._text)
                text = self._text[begin:end]
                self._move(end)
                return None, text
            text = self._text[self._place : end]
            self._move(end)
            return (item if isinstance(item, dict) else {}), text

    def _grow_to_list(self) -> None:
        while not _LISTS.search(self._text) and self._grow():
            pass

    def _grow(self) -> bool:
        piece = next(self._pieces, "")
        if not piece:
            return False
        self._text = self._text[self._place :] + piece
        self._place = 0
        return True

    def _move(self, place: int) -> None:
        self.line += lines_in(self._text[self._place : place])
        self._place = place


def _message(text: str) -> int:
    """Return where the object under "message" begins."""
    found = re.search(r"\"message\"\s*:\s*(?=\{)", text)
    return found.end() if found else 0


def _entries_in(item: dict[str, Any], text: str) -> int:
    """Return where the entries begin that an object holds in a list or under keys of their own, 0 where it has none."""
    if item and all(map(_is_titled, item.values())):
        return text.index("{") + 1
    for key, value in item.items():
        inner = list(value.values()) if isinstance(value, dict) else value
        if isinstance(inner, list) and inner and all(map(_is_titled, inner)):
            found = re.search(rf"{re.escape(json.dumps(key))}\s*:\s*[\[{{]", text)
            return found.end() if found else 0
    return 0


def _is_titled(value: Any) -> bool:  # noqa: ANN401  # JSON holds anything
    return isinstance(value, dict) and "title" in value


def _is_wrapping(item: dict[str, Any]) -> bool:
    """Return whether an object holds results rather than being one."""
    return not any(
        key in item for key in ("title", "display_name", "protocolSection", "DOI", "doi", "raw")
    )
