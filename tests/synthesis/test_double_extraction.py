from synthesis.double_extraction import Standing, extracted_values
from synthesis.extraction import AgreedExtracted, Extracted
from synthesis.fields import ExtractionSection, Field, FieldType

SECTION = ExtractionSection(
    fields=(
        Field(id="n", label="Sample", type=FieldType.NUMBER),
        Field(id="aims", label="Aims"),
    ),
    extractors=2,
)


def _row(field: str, value: str, **more: str) -> Extracted:
    return Extracted(report="r", field=field, value=value, **more)


def _standings(
    *entries: tuple[str, Extracted], agreed: tuple[AgreedExtracted, ...] = ()
) -> list[Standing]:
    return [value.standing for value in extracted_values(SECTION, ["r"], entries, agreed)]


def test_not_looked_for_is_not_the_same_as_not_reported() -> None:
    silent = Extracted(report="r", field="n", status="not reported")
    assert _standings(("anna", silent), ("ben", silent)) == [Standing.STANDS, Standing.NOT_LOOKED]


def test_a_value_waits_for_the_second_extractor() -> None:
    assert _standings(("anna", _row("n", "22")))[0] is Standing.AWAITING_SECOND


def test_values_that_read_the_same_agree_however_they_are_written() -> None:
    assert (
        _standings(("anna", _row("n", "1,000")), ("ben", _row("n", "1000")))[0] is Standing.STANDS
    )
    spaced = [("anna", _row("aims", "to  see")), ("ben", _row("aims", "to see"))]
    assert _standings(*spaced)[1] is Standing.STANDS


def test_extractors_who_differ_settle_it_and_both_rows_are_kept() -> None:
    entries = [("anna", _row("n", "22")), ("ben", _row("n", "23"))]
    assert _standings(*entries)[0] is Standing.DIFFERS
    agreed = AgreedExtracted(report="r", field="n", value="22")
    value = extracted_values(SECTION, ["r"], entries, [agreed])[0]
    assert value.standing is Standing.STANDS
    assert value.stands == agreed
    assert set(value.rows) == {"anna", "ben"}


def test_arms_and_time_points_are_values_of_their_own() -> None:
    entries = [
        ("anna", _row("n", "22", arm="pip")),
        ("anna", _row("n", "6", arm="wait")),
    ]
    assert _standings(*entries)[:2] == [Standing.AWAITING_SECOND] * 2
