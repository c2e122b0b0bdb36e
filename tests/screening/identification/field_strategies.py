"""Records as the readers make them: tidy text, "Family, Given" names, identifiers in their one form."""

import string

from hypothesis import strategies as st

from screening.identification.matching.kinds import RIS_KINDS
from screening.records import Fields

_SIGNS = (
    string.ascii_letters + string.digits + "éüßøłžçñ中文字αβ–—’“”.,:()'\"%$#_^~\\{}[]=+-@!?*/|°µ>"
)
_words = st.text(st.sampled_from(_SIGNS), min_size=1, max_size=12)
lines = st.lists(_words, min_size=1, max_size=8).map(" ".join)
texts = st.lists(lines, min_size=1, max_size=3).map("\n".join)
_family = st.from_regex(r"[A-ZÉØŽ][a-zéüßøñ]{1,9}(?:-[A-Z][a-z]{1,6})?", fullmatch=True)
_given = st.from_regex(r"[A-ZÉ][a-zé]{1,8}(?: [A-Z]\.?)?|[A-Z]\.(?: ?[A-Z]\.)?", fullmatch=True)
_suffix = st.sampled_from(["Jr.", "III"])
_groups = st.sampled_from(
    ["World Health Organization", "Boston Celtics", "IPCC", "The ABC Study Group", "UN Environment"]
)
names = st.one_of(
    st.builds("{}, {}".format, _family, _given),
    st.builds("{}, {}, {}".format, _family, _given, _suffix),
    _groups,
)
_tokens = st.from_regex(r"[A-Za-z0-9]{1,8}(?:[./:][A-Za-z0-9]{1,6})?", fullmatch=True)
_keywords = st.lists(lines.map(lambda text: text.replace(";", "")), max_size=4, unique=True)
_pages = st.from_regex(r"[1-9]\d{0,3}(?:-[1-9]\d{0,3})?|e\d{3,6}", fullmatch=True)


def optional(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | strategy


def _is_plain(text: str) -> bool:
    """Return whether reading a text changes nothing in it: no markup, placeholder or identifier."""
    return not any(
        sign in text for sign in ("<", "&", "://", "PMID", "ISBN", "Accession", "CT", "NTR")
    )


fields = st.builds(
    Fields,
    type=st.none() | st.sampled_from(sorted(set(RIS_KINDS.values()))),
    title=optional(lines.filter(_is_plain)),
    authors=st.lists(names, max_size=5).map(tuple),
    year=st.none() | st.integers(1500, 2099),
    journal=optional(lines.filter(_is_plain)),
    journal_abbreviation=st.none(),
    volume=optional(_tokens),
    issue=optional(_tokens),
    pages=optional(_pages.filter(lambda pages: len(set(pages.split("-"))) == len(pages.split("-")))),
    article_number=optional(_tokens),
    doi=optional(st.from_regex(r"10\.\d{4,6}/[a-z0-9]{1,6}(?:[.\-_/()][a-z0-9]{1,6}){0,2}", fullmatch=True).filter(lambda doi: doi.count("(") == doi.count(")"))),
    pmid=optional(st.integers(1, 99_999_999).map(str)),
    accession=optional(st.from_regex(r"[A-Z]{2,4}:?\d{4,9}", fullmatch=True)),
    registrations=st.sampled_from([(), ("NCT01234567",), ("ISRCTN12345678", "NCT07654321")]),
    isbn=optional(st.from_regex(r"97[89]\d{10}", fullmatch=True)),
    issn=st.lists(st.from_regex(r"\d{4}-\d{3}[\dX]", fullmatch=True), max_size=2, unique=True).map(tuple),
    abstract=optional(texts.filter(_is_plain)),
    keywords=_keywords.map(tuple),
    language=optional(st.sampled_from(["eng", "English", "de", "中文"])),
    urls=st.lists(st.from_regex(r"https://[a-z]{2,9}\.org/[a-z0-9/?=]{0,12}[a-z0-9]", fullmatch=True), max_size=3, unique=True).map(tuple),
    notes=st.lists(texts.filter(_is_plain), max_size=3).map(tuple),
)  # fmt: skip
