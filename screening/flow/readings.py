"""What a gap in a balance may mean, in sentences: possibilities for the author, never a verdict.

`gap` is printed minus derived. Readings name the number that would close the gap.
"""

from collections.abc import Mapping

from screening.flow.values import Flow


def readings(
    rule: str, printed: str, gap: int, known: Mapping[str, int], flow: Flow
) -> tuple[str, ...]:
    """Return the ways to read the gap of one rule, the most telling first."""
    n = abs(gap)
    stated = known.get(printed)
    slip = f"{stated} is a slip for {stated - gap}." if stated is not None and stated >= gap else ""
    reader = _SAID.get((rule, gap > 0))
    said = reader(n, known, flow) if reader else ()
    if rule == "I1" and gap < 0 and flow.identified_by_other_methods == n and slip:
        slip = f"The {many(n, 'record', 'records')} found by {_methods(flow)} went through screening, and {slip}"
    return tuple(reading for reading in (*said, slip) if reading)


def many(n: int, one: str, more: str) -> str:
    """Return a number with the words that agree with it."""
    return f"{n} {one if n == 1 else more}"


def _fewer_screened(n: int, known: Mapping[str, int], flow: Flow) -> tuple[str, ...]:
    identified = known.get("databases", 0) + known.get("registers", 0)
    others = flow.identified_by_other_methods == n
    return (
        f"The {many(n, 'record', 'records')} found by {_methods(flow)} may lie inside the {identified}"
        " from databases and registers."
        if others
        else f"{identified} identified is a slip for {identified - n}.",
        f"{many(known['duplicates'] + n, 'duplicate was', 'duplicates were')} removed rather than {known['duplicates']}."
        if "duplicates" in known
        else "",
        f"{many(n, 'record was', 'records were')} removed before screening for another reason that is not shown.",
    )


def _more_screened(n: int, known: Mapping[str, int], flow: Flow) -> tuple[str, ...]:
    duplicates = known.get("duplicates", 0)
    others = flow.identified_by_other_methods == n
    return (
        f"The {many(n, 'record', 'records')} found by {_methods(flow)} went through screening with the"
        " others."
        if others
        else f"{many(n, 'record', 'records')} came from a source that is not among those shown.",
        f"{many(duplicates - n, 'duplicate was', 'duplicates were')} removed rather than {duplicates}."
        if duplicates >= n
        else "",
    )


def _fewer_sought(n: int, known: Mapping[str, int], _: Flow) -> tuple[str, ...]:
    return (
        f"{many(known['records_excluded'] + n, 'record was', 'records were')} excluded rather than"
        f" {known['records_excluded']}."
        if "records_excluded" in known
        else "",
        f"{many(n, 'more duplicate was', 'more duplicates were')} found among the records that passed: name the number as late_duplicates.",
        f"Several records led to one report, {n} fewer reports than records.",
    )


def _more_sought(n: int, known: Mapping[str, int], _: Flow) -> tuple[str, ...]:
    excluded = known.get("records_excluded", 0)
    return (
        f"{many(n, 'report was', 'reports were')} found by other methods and should stand in that lane.",
        f"{many(excluded - n, 'record was', 'records were')} excluded rather than {excluded}."
        if excluded >= n
        else "",
        f"Some records led to several reports, {n} more reports than records.",
    )


def _fewer_assessed(n: int, known: Mapping[str, int], _: Flow) -> tuple[str, ...]:
    missing = known.get("dbr_not_retrieved", 0)
    return (
        f"{many(n, 'report proved a duplicate', 'reports proved duplicates')} after being sought: name the number as late_duplicates.",
        f"{many(missing + n, 'report was', 'reports were')} not retrieved rather than {missing}.",
    )


def _more_assessed(n: int, known: Mapping[str, int], _: Flow) -> tuple[str, ...]:
    missing = known.get("dbr_not_retrieved", 0)
    return (
        f"{many(n, 'report was', 'reports were')} found by other methods and should stand in that lane.",
        f"{many(missing - n, 'report was', 'reports were')} not retrieved rather than {missing}."
        if missing >= n
        else "",
    )


def _fewer_included(n: int, _: Mapping[str, int], flow: Flow) -> tuple[str, ...]:
    return (
        f"{many(n, 'excluded report is', 'excluded reports are')} missing from the reasons.",
        f"{many(n, 'report awaits', 'reports await')} classification, or the end of an ongoing study.",
        "Studies were counted as reports." if flow.studies in (None, flow.reports) else "",
    )


def _more_included(n: int, known: Mapping[str, int], flow: Flow) -> tuple[str, ...]:
    excluded = known.get("dbr_excluded", 0)
    return (
        ""
        if flow.template.other_methods
        else f"{many(n, 'report', 'reports')} came through other methods, whose lane is not shown.",
        f"{many(excluded - n, 'report was', 'reports were')} excluded rather than {excluded}."
        if excluded >= n
        else "",
    )


def _reasons_exceed(n: int, _: Mapping[str, int], __: Flow) -> tuple[str, ...]:
    return (
        f"{many(n, 'report is', 'reports are')} listed under a second reason: each has one primary reason.",
    )


def _reasons_fall_short(n: int, _: Mapping[str, int], __: Flow) -> tuple[str, ...]:
    return (f"{many(n, 'report was', 'reports were')} excluded for reasons that are not listed.",)


def _breakdown_exceeds(n: int, _: Mapping[str, int], __: Flow) -> tuple[str, ...]:
    return (f"{many(n, 'record was', 'records were')} left out of the whole.",)


def _breakdown_falls_short(n: int, _: Mapping[str, int], __: Flow) -> tuple[str, ...]:
    return (f"A source with {many(n, 'record', 'records')} is missing from the breakdown.",)


def _fewer_assessed_elsewhere(n: int, known: Mapping[str, int], _: Flow) -> tuple[str, ...]:
    missing = known.get("other_not_retrieved", 0)
    return (
        f"{many(missing + n, 'report was', 'reports were')} not retrieved rather than {missing}.",
    )


def _fewer_sought_elsewhere(n: int, _: Mapping[str, int], __: Flow) -> tuple[str, ...]:
    return (
        f"{n} of them were already among the records of databases and registers.",
        f"{n} of them were set aside before a report was sought.",
    )


def _more_sought_elsewhere(n: int, _: Mapping[str, int], __: Flow) -> tuple[str, ...]:
    return (
        f"{many(n, 'record', 'records')} came from another method that is not shown.",
        f"{n} of the reports belong to the lane of databases and registers.",
    )


def _fewer_in_total(n: int, _: Mapping[str, int], flow: Flow) -> tuple[str, ...]:
    if flow.total_studies is None:
        return ()
    if flow.studies is None or n > flow.studies:
        left = many(n, "study", "studies")
        return (
            f"{left} of the previous version {'was' if n == 1 else 'were'} left out of this one.",
        )
    return (
        f"New reports belong to {many(n, 'study', 'studies')} that the previous version had included.",
    )


def _methods(flow: Flow) -> str:
    """Return the other methods as words, where only one of them found anything by its name."""
    names = {"websites": "websites", "organisations": "organisations"}
    names["citations"] = "citation searching"
    used = [name for attribute, name in names.items() if getattr(flow, attribute)]
    used += [name for name, records in flow.other_sources.items() if records]
    return used[0] if len(used) == 1 else "other methods"


_SAID = {
    ("I1", False): _fewer_screened,
    ("I1", True): _more_screened,
    ("I1a", False): _breakdown_exceeds,
    ("I1a", True): _breakdown_falls_short,
    ("I2", False): _fewer_sought,
    ("I2", True): _more_sought,
    ("I3", False): _fewer_assessed,
    ("I3", True): _more_assessed,
    ("I4", False): _reasons_exceed,
    ("I4", True): _reasons_fall_short,
    ("I5", False): _fewer_included,
    ("I5", True): _more_included,
    ("I7", False): _fewer_sought_elsewhere,
    ("I7", True): _more_sought_elsewhere,
    ("I8", False): _fewer_assessed_elsewhere,
    ("I9", False): _reasons_exceed,
    ("I9", True): _reasons_fall_short,
    ("I10s", False): _fewer_in_total,
}
