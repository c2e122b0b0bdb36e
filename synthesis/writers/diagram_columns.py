"""How wide the columns of the editable diagram are, and how large its letters, for it to fit a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from screening.diagram.content import Content, Row
from screening.flow.values import Flow

# Columns of the table, as shares of the page: boxes and, between them, room for an arrow.
_ARROW = 0.5
_SHARES = {"previous": 2.2, "main": 3.0, "other": 2.8, "other_side": 3.0}
# Size of the letters in points and share of the boxes beside the main ones, where reasons stand.
_FITS = ((8.0, 3.6), (7.0, 5.0), (6.5, 7.0))
# Of Arial: the width of a letter on average and the distance of lines, as shares of the size.
_LETTER, _LEADING = 0.5, 1.2
_BETWEEN = 2.0  # lines that an arrow and the frames take
_PADDING = 10.8  # of a cell in Word, left and right together


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of the Word table: the boxes' lanes, with an arrow's column before all but the first."""

    lanes: tuple[str, ...]
    size: float
    side: float

    @classmethod
    def of(cls, flow: Flow, levels: Sequence[Row], width: float, height: float) -> "Columns":
        """Return columns in which the levels take no more than a page, as far as letters can be read.

        `width` and `height` are the room of a page in points. How long a text runs is only estimated:
        Word has the last word.
        """
        previous = ("previous",) if flow.template.updated else ()
        other = ("other", "other_side") if flow.template.other_methods else ()
        lanes = (*previous, "main", "side", *other)
        made = [cls(lanes, size, side) for size, side in _FITS]
        return next((each for each in made if each.height(levels, width) <= height), made[-1])

    def __len__(self) -> int:
        return 2 * len(self.lanes) - 1

    def box(self, lane: str) -> int:
        """Return the column of a lane's boxes."""
        return 2 * self.lanes.index(lane)

    def widths(self, page: float) -> list[float]:
        """Return the width of every column in points, `page` points altogether."""
        own = {**_SHARES, "side": self.side}
        shares = [own[self.lanes[0]]]
        for lane in self.lanes[1:]:
            shares += [_ARROW, own[lane]]
        return [share * page / sum(shares) for share in shares]

    def height(self, levels: Sequence[Row], page: float) -> float:
        """Return about how many points the levels take one below the other, arrows included."""
        widths = self.widths(page)
        total = 2 * self.size * _LEADING  # the heads of the lanes
        for level in levels:
            boxes = {
                "previous": (level.previous,),
                "main": (level.main,),
                "side": level.side,
                "other": (level.other,),
                "other_side": level.other_side,
            }
            lines = [
                self._lines(contents, widths[self.box(lane)])
                for lane, contents in boxes.items()
                if lane in self.lanes
            ]
            total += (max(lines) + _BETWEEN) * self.size * _LEADING
        return total

    def _lines(self, contents: Iterable[Content | None], width: float) -> int:
        letters = max(1.0, (width - _PADDING) / (self.size * _LETTER))
        return sum(
            ceil(len(f"{item.words} {item.number}") / letters)
            for content in contents
            if content is not None
            for item in content.items
        )
