"""Studies in groups, by any extracted field or by their appraisal, as [synthesis] asks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from appraisal.instrument import Instrument
from appraisal.scores import UnitScores
from synthesis.directions import DirectionGrid, GridCell
from synthesis.extraction import Extracted, Status
from synthesis.fields import Field, FieldType
from synthesis.section import APPRAISAL
from synthesis.values import ChoicesValue, NumberValue, TextValue, Value, read_value

NOT_YET = "Not yet extracted"
_ABSENT = {Status.NOT_REPORTED: "Not reported", Status.NOT_APPLICABLE: "Not applicable"}
_OPEN = "Not settled"
_LAST = (*_ABSENT.values(), NOT_YET, _OPEN)


@dataclass(frozen=True, slots=True)
class Grouped:
    """The groups of each study, and the groups in the order in which they are shown.

    A study may be in several: where a field takes several choices, or where arms differ. `notes` say
    what a reader has to know of the groups.
    """

    id: str
    label: str
    groups: tuple[str, ...]
    of: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...] = ()

    def members(self, group: str, studies: Sequence[str]) -> tuple[str, ...]:
        """Return the studies of a group in the order given."""
        return tuple(study for study in studies if group in self.of.get(study, ()))

    def cells(self, grid: DirectionGrid, domain: str, group: str) -> tuple[GridCell, ...]:
        """Return what the studies of a group report in a domain, in the order of the grid."""
        return tuple(cell for cell in grid.row(domain) if group in self.of.get(cell.column, ()))


def grouped_by_field(
    field: Field, at: Sequence[float], extracted: Iterable[Extracted], studies: Mapping[str, str]
) -> Grouped:
    """Return studies in groups by the values of a field; `studies` maps reports to studies.

    Groups follow the field's choices, the numbers of `at`, or else their first appearance. Reports of
    one study that differ on a single choice or in words put it into the group of both, joined, so that
    no report's word is lost. What a report does not say is a group apart from what nobody has looked
    for yet.
    """
    told: dict[str, list[str]] = {study: [] for study in studies.values()}
    absent: dict[str, str] = {}
    units: dict[str, None] = {}
    for row in extracted:
        if row.field != field.id or row.report not in studies:
            continue
        study = studies[row.report]
        if row.status is not Status.REPORTED:
            absent.setdefault(study, _ABSENT[row.status])
            continue
        value = _value(field, row.value)
        if isinstance(value, NumberValue):
            units[value.unit] = None
        told[study] += [name for name in _names(value, at) if name not in told[study]]
    several = field.type in (FieldType.NUMBER, FieldType.CHOICES)
    order = _in_order(field, at)
    of = {
        study: (absent.get(study, NOT_YET),)
        if not names
        else tuple(names)
        if several
        else ("; ".join(sorted(names, key=lambda name: _place(name, order))),)
        for study, names in told.items()
    }
    return Grouped(field.id, field.label, _shown(of, order), of, tuple(_notes(of, units)))


def grouped_by_appraisal(
    instrument: Instrument, studies: Iterable[str], scores: Mapping[str, UnitScores]
) -> Grouped:
    """Return studies at or above the median total, and those below it; without totals, by overall judgement.

    The median divides the studies at hand and is no judgement of quality: the author of the CCAT
    names no threshold. Studies whose scores do not count yet are a group of their own.
    """
    named = list(dict.fromkeys(studies))
    overall = next((each for each in instrument.categories if each.overall), None)
    if instrument.maximum is not None:
        order, own, note = _halves(scores)
        label = f"{instrument.abbreviation} total"
    elif overall is not None:
        levels = {level.value: level.label for level in instrument.scale_of(overall.id).levels}
        order, note = tuple(levels.values()), ""
        own = {
            study: levels[score]
            for study, each in scores.items()
            if (score := each.scores.get(overall.id)) is not None
        }
        label = f"{instrument.abbreviation}: {overall.label}"
    else:
        order, own, label = (), {}, instrument.abbreviation
        note = "The instrument has neither a total nor an overall judgement to group by."
    of = {study: (own.get(study, _OPEN),) for study in named}
    return Grouped(APPRAISAL, label, _shown(of, order), of, (note,) if note else ())


def _halves(scores: Mapping[str, UnitScores]) -> tuple[tuple[str, ...], dict[str, str], str]:
    above, below = "At or above the median", "Below the median"
    totals = {study: each.total for study, each in scores.items() if each.total is not None}
    if not totals:
        return (above, below), {}, ""
    middle = median(totals.values())
    own = {study: above if total >= middle else below for study, total in totals.items()}
    note = f"The median total of the studies is {middle:g}: it divides them and judges nothing."
    return (above, below), own, note


def _value(field: Field, text: str) -> Value:
    """Return the value, or its text where an amended field no longer takes it."""
    try:
        return read_value(field, text)
    except ValueError:
        return TextValue(text)


def _names(value: Value, at: Sequence[float]) -> list[str]:
    if isinstance(value, ChoicesValue):
        return list(value.chosen)
    if isinstance(value, NumberValue):
        return [_ranges(at)[sum(value.value >= start for start in at)]]
    text = str(value)
    return [text[:1].upper() + text[1:]]


def _ranges(at: Sequence[float]) -> list[str]:
    between = [f"{low:g} to under {high:g}" for low, high in pairwise(at)]
    return [f"Under {at[0]:g}", *between, f"{at[-1]:g} or more"]


def _in_order(field: Field, at: Sequence[float]) -> tuple[str, ...]:
    if field.type is FieldType.NUMBER:
        return tuple(_ranges(at))
    if field.type is FieldType.YES_NO:
        return ("Yes", "No")
    return field.choices


def _place(name: str, order: Sequence[str]) -> int:
    return order.index(name) if name in order else len(order)


def _shown(of: Mapping[str, Sequence[str]], order: Sequence[str]) -> tuple[str, ...]:
    """Return the groups that have members: stated ones, joined or free ones, then those without a value."""
    there = list(dict.fromkeys(group for groups in of.values() for group in groups))
    stated = [group for group in order if group in there]
    free = [group for group in there if group not in order and group not in _LAST]
    return (*stated, *free, *(group for group in _LAST if group in there))


def _notes(of: Mapping[str, Sequence[str]], units: Iterable[str]) -> Iterable[str]:
    if any(len(groups) > 1 for groups in of.values()):
        yield "A study that belongs to several groups stands in each of them."
    named = [unit for unit in units if unit]
    if len(named) > 1:
        yield f"Numbers are grouped whatever they count: {', '.join(named)}."
