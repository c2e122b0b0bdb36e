"""References written out in one text, as reviewers' tables have them, taken apart as far as their form is plain."""

import re

_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_PLACE = r"(?P<volume>\d{1,4})?\s?(?:\((?P<issue>[^()]{1,20})\))?"
_PAGES = r"(?P<pages>[A-Za-z]?\d[\w\u2013-]{0,20})"
# A journal's name, of whose words each may be cut short by a full stop.
_JOURNAL = r"(?P<journal>(?:[^\s.?!,;:]{1,7}\. ){0,6}[^.?!;:]{2,120}?\.?)"
_SENTENCE = r"(?P<title>.{8,500}?[^\s.?!](?:[?!]|(?=\.)))\.{0,2}"

# Roe A, Doe B. The title. J Test. 2015 May;57(5):410-414.
_YEAR_BEHIND = re.compile(
    rf"(?P<authors>[^.?!()\d]{{3,1500}}?)\. {_SENTENCE} {_JOURNAL} {_YEAR}[^;:.]{{0,20}};\s?{_PLACE}(?::\s?{_PAGES})?"
)
# Roe, A., & Doe, B. (2015). The title. Journal of Tests, 57(5), 410-414. or Journal of Tests 57:410-414.
_YEAR_BEFORE = re.compile(
    rf"(?P<authors>[^()\n]{{3,1500}}?)[ ,.]*\({_YEAR}[a-z]?(?:, [^()]{{1,30}})?\)[.,:]? (?P<rest>\S.{{7,}})",
    re.DOTALL,
)
# Roe, A. B., and C. Doe. 2015. The title. Journal of Tests 57:410-414.
_YEAR_BETWEEN = re.compile(
    rf"(?P<authors>[^()\d\n]{{3,1500}}?)[ ,.]+{_YEAR}[a-z]?\. (?P<rest>\S.{{7,}})", re.DOTALL
)
# Roe, Ann, and Bob Doe. "The title." Journal of Tests 3, no. 4 (2015): 5-9.
_QUOTED = re.compile(
    r"(?:\[\d{1,4}\] ?)?(?P<authors>[^\"\u201c\u201d\d]{3,1500}?)[ ,.]*[\"\u201c](?P<title>[^\"\u201c\u201d]{8,500}?)[,.]?[\"\u201d]"
    r"(?P<behind>.{4,})"
)
_ANY_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_TITLE_AND_PLACE = re.compile(
    rf"{_SENTENCE} {_JOURNAL},? (?=\d){_PLACE}(?:[,:] ?{_PAGES})?(?:[.,;]|\s|$)"
)
_TITLE = re.compile(rf"{_SENTENCE}(?:$| (?=[A-Z\d\"'(]|doi|http))")
_LONGEST = 3000


def parts_of_reference(text: str) -> dict[str, str]:
    """Return the parts of a reference, by field; without a title there are none."""
    text = " ".join(text[:_LONGEST].split())
    found = _YEAR_BEHIND.match(text)
    if found:
        return _named(found)
    found = None if _QUOTED.match(text) else _YEAR_BEFORE.match(text) or _YEAR_BETWEEN.match(text)
    if not found:
        return _quoted(text)
    rest = found["rest"]
    behind = _TITLE_AND_PLACE.match(rest) or _TITLE.match(rest)
    if not behind:
        return {}
    return {"authors": found["authors"], "year": found["year"], **_named(behind)}


def _quoted(text: str) -> dict[str, str]:
    found = _QUOTED.match(text)
    years = _ANY_YEAR.findall(found["behind"].partition("doi")[0]) if found else []
    if not found or not years:
        return {}
    return {"authors": found["authors"].strip(), "title": found["title"].strip(), "year": years[-1]}


def _named(found: re.Match[str]) -> dict[str, str]:
    return {name: part.strip(" .") for name, part in found.groupdict().items() if part}
