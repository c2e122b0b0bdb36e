"""The laid-out diagram as values: boxes with lines of text, arrows, stage labels. Units are points."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text on a line; `id` names the count where the stretch is a number."""

    text: str
    x: float
    y: float
    width: float
    id: str = ""
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: its runs from left to right, all on one baseline."""

    runs: tuple[Run, ...]
    size: float
    bold: bool = False

    @property
    def left(self) -> float:
        """Where the line begins."""
        return self.runs[0].x

    @property
    def right(self) -> float:
        """Where the line ends."""
        return self.runs[-1].x + self.runs[-1].width

    @property
    def baseline(self) -> float:
        """Where the line stands."""
        return self.runs[0].y


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the diagram. `look` is "box", "grey", "open", "banner", "note" or "header ..."."""

    id: str
    x: float
    y: float
    width: float
    height: float
    look: str
    lines: tuple[Line, ...]

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    @property
    def centre(self) -> float:
        """The middle between the left and the right edge."""
        return self.x + self.width / 2

    @property
    def middle(self) -> float:
        """The middle between the upper and the lower edge."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line with right angles that ends in a head; `source` and `target` are ids of boxes."""

    source: str
    target: str
    points: tuple[tuple[float, float], ...]

    HEAD = 5.0

    @property
    def shaft(self) -> str:
        """The line as SVG path data, ending where the head begins."""
        (x0, y0), (x1, y1) = self.points[-2:]
        end = (x1 - self.HEAD * _sign(x1 - x0), y1 - self.HEAD * _sign(y1 - y0))
        return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in (*self.points[:-1], end))

    @property
    def head(self) -> str:
        """The head as SVG path data."""
        (x0, y0), (x1, y1) = self.points[-2:]
        dx, dy = self.HEAD * _sign(x1 - x0), self.HEAD * _sign(y1 - y0)
        left = (x1 - dx - dy / 2, y1 - dy - dx / 2)
        right = (x1 - dx + dy / 2, y1 - dy + dx / 2)
        return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in ((x1, y1), left, right)) + "Z"


@dataclass(frozen=True, slots=True)
class StageLabel:
    """The name of a stage beside its rows, set upwards from `start` before the point (`tx`, `ty`)."""

    text: str
    x: float
    y: float
    width: float
    height: float
    tx: float
    ty: float
    size: float
    start: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole diagram. `width` and `height` are its own; `print_width` fits it on `paper`."""

    width: float
    height: float
    print_width: float
    print_height: float
    paper: str
    landscape: bool
    title: str
    description: str
    boxes: tuple[Box, ...] = field(default=())
    arrows: tuple[Arrow, ...] = field(default=())
    stages: tuple[StageLabel, ...] = field(default=())

    @property
    def scale(self) -> float:
        """How much larger the diagram is on paper than laid out."""
        return self.print_width / self.width

    def box(self, name: str) -> Box | None:
        """Return the box of that id, or None where the diagram does not show it."""
        return next((box for box in self.boxes if box.id == name), None)

    def runs(self) -> Iterator[Run]:
        """Yield every stretch of text."""
        for box in self.boxes:
            for line in box.lines:
                yield from line.runs


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)
