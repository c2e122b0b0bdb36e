"""Qualitative evidence: themes with levels, where each is present, and the quotes that show it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from screening.problems import Problem, error, warning
from synthesis.row import Row


class Theme(Row):
    """A theme, or a subtheme under its parent. `report` names the one report it was found in, if one."""

    sheet: ClassVar[str] = "themes"
    label: ClassVar[str] = "Themes"
    identity: ClassVar[tuple[str, ...]] = ("id",)
    refers: ClassVar[Mapping[str, str]] = {"report": "report", "parent": "theme"}
    defines: ClassVar[str] = "theme"

    id: str = Field(min_length=1, title="Id", description="A short name that never changes.")
    name: str = Field(min_length=1, title="Theme", description="The theme's name.")
    parent: str = Field(default="", title="Parent", description="The id of the theme above it.")
    report: str = Field(default="", title="Report", description="The report it belongs to, if one.")
    question: str = Field(default="", title="Question", description="The question it answers.")
    summary: str = Field(default="", title="Summary", description="In the review's own words.")


class Participant(Row):
    """Someone a report heard, under the name the report gives them."""

    sheet: ClassVar[str] = "participants"
    label: ClassVar[str] = "Participants"
    identity: ClassVar[tuple[str, ...]] = ("report", "participant")
    refers: ClassVar[Mapping[str, str]] = {"report": "report"}

    report: str = Field(min_length=1, title="Report", description="The report's key.")
    participant: str = Field(min_length=1, title="Participant", description="Number or pseudonym.")
    description: str = Field(default="", title="Description", description="Role, years ...")


class Stance(StrEnum):
    """How a theme shows: merely present, for, against or both ways; or looked for and absent."""

    PRESENT = "present"
    SUPPORTS = "supports"
    DIFFICULTY = "reports difficulty"
    BOTH = "both"
    ABSENT = "absent"


class Presence(Row):
    """That a theme shows in a report, or with one of its participants. No row: not looked for yet."""

    sheet: ClassVar[str] = "presence"
    label: ClassVar[str] = "Theme presence"
    identity: ClassVar[tuple[str, ...]] = ("theme", "report", "participant")
    refers: ClassVar[Mapping[str, str]] = {"theme": "theme", "report": "report"}

    theme: str = Field(min_length=1, title="Theme", description="The theme's id.")
    report: str = Field(min_length=1, title="Report", description="The report's key.")
    participant: str = Field(
        default="", title="Participant", description="Empty: the whole report."
    )
    stance: Stance = Field(
        default=Stance.PRESENT,
        title="Stance",
        description="present, supports, reports difficulty, both or absent.",
    )
    note: str = Field(default="", title="Note", description="What a reader should know.")


class Quote(Row):
    """Words that show a theme, and their place; the place alone where words may not be repeated."""

    sheet: ClassVar[str] = "quotes"
    label: ClassVar[str] = "Quotes"
    identity: ClassVar[tuple[str, ...]] = ("theme", "report", "participant", "place")
    refers: ClassVar[Mapping[str, str]] = {"theme": "theme", "report": "report"}

    theme: str = Field(min_length=1, title="Theme", description="The theme's id.")
    report: str = Field(min_length=1, title="Report", description="The report's key.")
    participant: str = Field(default="", title="Participant", description="Whose words.")
    place: str = Field(min_length=1, title="Place", description="Page or line.")
    text: str = Field(default="", title="Quote", description="The words, where they may be given.")


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme in reading order with its level, and its stance by column (report or participant)."""

    theme: Theme
    level: int
    stances: tuple[Stance | None, ...]
    quotes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ThemeGrid:
    """Themes by report, or by the participants of one report. None: not looked for."""

    columns: tuple[str, ...]
    lines: tuple[ThemeLine, ...]

    def shown_in(self, theme: str) -> int:
        """Return in how many columns a theme shows; raises KeyError for an unknown theme."""
        for line in self.lines:
            if line.theme.id == theme:
                return sum(stance not in (None, Stance.ABSENT) for stance in line.stances)
        raise KeyError(theme)


def in_reading_order(themes: Sequence[Theme]) -> list[tuple[int, Theme]]:
    """Return each theme with its level, subthemes under their parent, else in the order given.

    A theme whose parent is unknown, or that is its own ancestor, stands at level 0: it is shown, and
    `check` names the mistake.
    """
    ids = {theme.id for theme in themes}
    ordered: list[tuple[int, Theme]] = []
    placed: set[str] = set()

    def place(theme: Theme, level: int) -> None:
        if theme.id in placed:
            return
        placed.add(theme.id)
        ordered.append((level, theme))
        for child in themes:
            if child.parent == theme.id:
                place(child, level + 1)

    for theme in themes:
        if theme.parent not in ids:
            place(theme, 0)
    for theme in themes:
        place(theme, 0)
    return ordered


def by_report(
    themes: Sequence[Theme],
    presences: Iterable[Presence],
    quotes: Iterable[Quote],
    reports: Sequence[str],
) -> ThemeGrid:
    """Return the grid of themes by report.

    A report's own row wins; without one, what its participants show stands for it: one stance where
    they agree, both where they differ.
    """
    whole: dict[tuple[str, str], Stance] = {}
    parts: dict[tuple[str, str], set[Stance]] = {}
    for presence in presences:
        cell = (presence.theme, presence.report)
        if presence.participant:
            parts.setdefault(cell, set()).add(presence.stance)
        else:
            whole[cell] = presence.stance
    joined = {cell: _joined(stances) for cell, stances in parts.items()} | whole
    counted = _counted((quote.theme, quote.report) for quote in quotes)
    return _grid(themes, reports, joined, counted)


def by_participant(
    themes: Sequence[Theme],
    presences: Iterable[Presence],
    quotes: Iterable[Quote],
    participants: Sequence[Participant],
) -> ThemeGrid:
    """Return the grid of one report's themes by its participants, in the order given."""
    reports = {participant.report for participant in participants}
    own = [theme for theme in themes if theme.report in reports]
    cells = {
        (presence.theme, presence.participant): presence.stance
        for presence in presences
        if presence.report in reports and presence.participant
    }
    counted = _counted((q.theme, q.participant) for q in quotes if q.report in reports)
    return _grid(own or themes, [each.participant for each in participants], cells, counted)


def check(
    themes: Sequence[Theme],
    presences: Sequence[Presence],
    quotes: Sequence[Quote],
    participants: Sequence[Participant],
) -> list[Problem]:
    """Return what does not fit: lost parents, unknown participants, ticks no quote shows."""
    problems = []
    by_id = {theme.id: theme for theme in themes}
    for theme in themes:
        if theme.parent and theme.parent not in by_id:
            problems.append(
                error(
                    "themes",
                    f"{theme.name} lies under {theme.parent}, which is no theme.",
                    theme.id,
                )
            )
        elif _is_its_own_ancestor(theme, by_id):
            problems.append(
                error("themes", f"{theme.name} lies under itself; mend the parents.", theme.id)
            )
    heard = {(each.report, each.participant) for each in participants}
    quoted = {(quote.theme, quote.report, quote.participant) for quote in quotes}
    for presence in presences:
        where = f"presence of {presence.theme} in {presence.report}"
        if presence.theme not in by_id:
            problems.append(error(where, f"{presence.theme} is no theme.", presence.key))
        if presence.participant and (presence.report, presence.participant) not in heard:
            problems.append(
                error(
                    where,
                    f"{presence.participant} is no participant of {presence.report}; enter them first.",
                    presence.key,
                )
            )
        shown = presence.stance is not Stance.ABSENT
        if shown and (presence.theme, presence.report, presence.participant) not in quoted:
            who = f" with {presence.participant}" if presence.participant else ""
            problems.append(
                warning(
                    where,
                    f"No quote shows this theme{who}; add the place of one, so that it can be checked.",
                    presence.key,
                )
            )
    return problems


def _joined(stances: set[Stance]) -> Stance:
    shown = stances - {Stance.ABSENT}
    if not shown:
        return Stance.ABSENT
    telling = shown - {Stance.PRESENT} or shown
    return telling.pop() if len(telling) == 1 else Stance.BOTH


def _counted(cells: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    counts: dict[tuple[str, str], int] = {}
    for cell in cells:
        counts[cell] = counts.get(cell, 0) + 1
    return counts


def _grid(
    themes: Sequence[Theme],
    columns: Sequence[str],
    stances: dict[tuple[str, str], Stance],
    quotes: dict[tuple[str, str], int],
) -> ThemeGrid:
    lines = tuple(
        ThemeLine(
            theme=theme,
            level=level,
            stances=tuple(stances.get((theme.id, column)) for column in columns),
            quotes=tuple(quotes.get((theme.id, column), 0) for column in columns),
        )
        for level, theme in in_reading_order(themes)
    )
    return ThemeGrid(tuple(columns), lines)


def _is_its_own_ancestor(theme: Theme, by_id: dict[str, Theme]) -> bool:
    above = theme.parent
    for _ in by_id:
        if above == theme.id:
            return True
        above = by_id[above].parent if above in by_id else ""
    return False
