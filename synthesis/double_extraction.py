"""Two extractors and what they settle on: which values agree, which differ, and which stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from synthesis.extraction import AgreedExtracted, Extracted, Status
from synthesis.fields import ExtractionSection
from synthesis.values import read_value


class Standing(StrEnum):
    """How far one value has come. Not looked for is not the same as not reported."""

    NOT_LOOKED = "not yet looked"
    AWAITING_SECOND = "awaiting the second extractor"
    DIFFERS = "extractors differ"
    STANDS = "stands"


@dataclass(frozen=True, slots=True)
class Value:
    """One field of one report: each extractor's row, and the row that stands, if one does."""

    report: str
    field: str
    standing: Standing
    rows: Mapping[str, Extracted]
    stands: Extracted | None

    @property
    def by(self) -> str:
        """Return who extracted it, and whether it was agreed on: "anna, ben; agreed"."""
        names = ", ".join(sorted(self.rows))
        agreed = "agreed" if isinstance(self.stands, AgreedExtracted) else ""
        return "; ".join(part for part in (names, agreed) if part)


def extracted_values(
    section: ExtractionSection,
    reports: Sequence[str],
    entries: Iterable[tuple[str, Extracted]],
    agreed: Iterable[AgreedExtracted] = (),
) -> list[Value]:
    """Return every field of every report with how far it has come.

    `entries` are (extractor, row). An agreed row stands whatever the extractors wrote. Without one a
    value stands where as many extractors as the protocol asks for say the same: the same status and a
    value that reads the same, however it is spaced.
    """
    by_place: dict[tuple[str, str, str, str], dict[str, Extracted]] = {}
    for extractor, row in entries:
        by_place.setdefault(_place(row), {})[extractor] = row
    chosen = {_place(row): row for row in agreed}
    values = []
    for report in reports:
        for field in section.fields:
            places = [at for at in {**by_place, **chosen} if at[:2] == (report, field.id)]
            if not places:
                values.append(Value(report, field.id, Standing.NOT_LOOKED, {}, None))
            for at in places:
                rows = by_place.get(at, {})
                values.append(_value(section, at, rows, chosen.get(at)))
    return values


def _value(
    section: ExtractionSection,
    at: tuple[str, str, str, str],
    rows: Mapping[str, Extracted],
    agreed: AgreedExtracted | None,
) -> Value:
    report, field = at[:2]
    if agreed is not None:
        return Value(report, field, Standing.STANDS, rows, agreed)
    readings = {_reading(section, row) for row in rows.values()}
    if len(readings) > 1:
        return Value(report, field, Standing.DIFFERS, rows, None)
    if len(rows) < section.extractors:
        return Value(report, field, Standing.AWAITING_SECOND, rows, None)
    return Value(report, field, Standing.STANDS, rows, next(iter(rows.values())))


def _reading(section: ExtractionSection, row: Extracted) -> tuple[Status, object]:
    if row.status is not Status.REPORTED:
        return row.status, None
    try:
        return row.status, read_value(section.field(row.field), " ".join(row.value.split()))
    except ValueError:
        return row.status, row.value


def _place(row: Extracted) -> tuple[str, str, str, str]:
    return row.report, row.field, row.arm, row.time_point
