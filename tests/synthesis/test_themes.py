from synthesis.themes import (
    Participant,
    Presence,
    Quote,
    Stance,
    Theme,
    by_participant,
    by_report,
    check,
    in_reading_order,
)

THEMES = [
    Theme(id="1a", name="Connecting with families", parent="1", report="ipa"),
    Theme(id="1", name="Fighting to work with families", report="ipa"),
    Theme(id="2", name="Group supervision"),
    Theme(id="1b", name="Shared understanding", parent="1", report="ipa"),
]
PEOPLE = [Participant(report="ipa", participant=str(number)) for number in range(1, 7)]


def _ticks(theme: str, *present: int) -> list[Presence]:
    return [Presence(theme=theme, report="ipa", participant=str(number)) for number in present]


def test_subthemes_stand_under_their_theme_wherever_they_were_entered() -> None:
    assert [(level, theme.id) for level, theme in in_reading_order(THEMES)] == [
        (0, "1"),
        (1, "1a"),
        (1, "1b"),
        (0, "2"),
    ]


def test_every_theme_is_shown_once_even_where_its_parent_is_wrong() -> None:
    circle = [
        Theme(id="a", name="A", parent="b"),
        Theme(id="b", name="B", parent="a"),
        Theme(id="c", name="C", parent="nowhere"),
    ]
    assert sorted(theme.id for _, theme in in_reading_order(circle)) == ["a", "b", "c"]
    said = "\n".join(problem.message for problem in check(circle, [], [], []))
    assert "A lies under itself" in said
    assert "nowhere, which is no theme" in said


def test_presence_is_counted_by_participant_and_blank_is_not_absent() -> None:
    ticks = [
        *_ticks("1a", 1, 2, 4, 5, 6),
        Presence(theme="1a", report="ipa", participant="3", stance=Stance.ABSENT),
    ]
    grid = by_participant(THEMES, ticks, [], PEOPLE)
    assert [line.theme.id for line in grid.lines] == ["1", "1a", "1b"]
    assert grid.shown_in("1a") == 5
    assert grid.shown_in("1b") == 0
    assert grid.lines[1].stances[2] is Stance.ABSENT
    assert grid.lines[2].stances[2] is None


def test_a_report_stands_for_its_participants_unless_it_speaks_for_itself() -> None:
    mixed = [
        Presence(theme="2", report="a", participant="1", stance=Stance.SUPPORTS),
        Presence(theme="2", report="a", participant="2", stance=Stance.DIFFICULTY),
        Presence(theme="2", report="b", stance=Stance.SUPPORTS),
        Presence(theme="2", report="b", participant="1", stance=Stance.DIFFICULTY),
        Presence(theme="2", report="c", participant="1", stance=Stance.ABSENT),
        Presence(theme="2", report="d", participant="1", stance=Stance.PRESENT),
        Presence(theme="2", report="d", participant="2", stance=Stance.SUPPORTS),
    ]
    grid = by_report([THEMES[2]], mixed, [], list("abcde"))
    assert grid.lines[0].stances == (
        Stance.BOTH,
        Stance.SUPPORTS,
        Stance.ABSENT,
        Stance.SUPPORTS,
        None,
    )
    assert grid.shown_in("2") == 3


def test_every_tick_can_be_checked_against_a_quote() -> None:
    ticks = _ticks("1a", 1, 2)
    quotes = [Quote(theme="1a", report="ipa", participant="1", place="line 1630")]
    problems = check(THEMES, ticks, quotes, PEOPLE)
    assert [problem.subject for problem in problems] == ["1a/ipa/2"]
    assert by_participant(THEMES, ticks, quotes, PEOPLE).lines[1].quotes[:2] == (1, 0)


def test_what_is_absent_needs_no_quote_and_a_stranger_is_named() -> None:
    absent = [Presence(theme="2", report="ipa", participant="1", stance=Stance.ABSENT)]
    assert check(THEMES, absent, [], PEOPLE) == []
    stranger = _ticks("9", 8)
    said = "\n".join(problem.message for problem in check(THEMES, stranger, [], PEOPLE))
    assert "9 is no theme" in said
    assert "8 is no participant" in said
