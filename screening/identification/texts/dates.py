"""Years in the date forms that exports use."""

import re

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)[01]\d[0-3]\d(?!\d)")
_EXCEL_DAY = re.compile(r"(?:[0-3]?\d[-/.]){2}((?:1[5-9]|20)\d\d)")


# Spreadsheets and old files leave out the century. The pivot is that of POSIX (strptime, %y).
_SHORT = re.compile(
    r"(?:[0-3]?\d[-/. ](?:[01]?\d|[A-Za-z]{3,9})[-/. ]|[A-Z][a-z]{2}-|'|\u2019)?(\d\d)"
)
_PIVOT = 69


def year_of(text: str) -> int | None:
    """Return the year named in a date of any form, or None where there is none.

    Takes "2018", "2018//", "2018/05/03/May", "SEP 2018", "4/3/2024", "2018 Sep-Oct", "c2018" and the
    like; of several years the first counts. Years before 1500 are taken for something else. A year of
    two digits ("98", "12-Dec-98", "05/12/98") counts as 1969 to 2068.
    """
    if len(text) == 4 and text.isascii() and text.isdigit():
        year = int(text)
        return year if 1500 <= year < 2100 else None
    day = _EXCEL_DAY.match(text)
    if day:
        return int(day.group(1))
    found = _YEAR.search(text)
    if found:
        return int(found.group())
    compact = _COMPACT.search(text)
    if compact:
        return int(compact.group(1))
    short = _SHORT.fullmatch(text.rstrip("/"))
    if not short:
        return None
    year = int(short.group(1))
    return year + (1900 if year >= _PIVOT else 2000)
