"""Kinds of publication: what each syntax calls them, in the terms of CSL 1.0.2."""

from functools import lru_cache

RIS_KINDS = {
    "JOUR": "article-journal", "EJOUR": "article-journal", "ABST": "article-journal", "INPR": "article-journal",
    "JFULL": "periodical", "SER": "periodical",
    "MGZN": "article-magazine", "NEWS": "article-newspaper",
    "BOOK": "book", "EBOOK": "book", "EDBOOK": "book", "WHOLE": "book",
    "CHAP": "chapter", "ECHAP": "chapter", "CHAPTER": "chapter",
    "CONF": "paper-conference", "CPAPER": "paper-conference", "CONFERENCE": "paper-conference",
    "THES": "thesis", "RPRT": "report", "GOVDOC": "report", "STAND": "standard",
    "DATA": "dataset", "COMP": "software", "PAT": "patent", "ELEC": "webpage", "BLOG": "post-weblog",
    "ICOMM": "personal_communication", "PCOMM": "personal_communication",
    "MANSCPT": "manuscript", "UNPB": "manuscript", "UNPD": "manuscript", "UNBILL": "bill", "BILL": "bill",
    "CASE": "legal_case", "LEGAL": "legislation", "STAT": "legislation", "HEAR": "hearing",
    "PAMP": "pamphlet", "MAP": "map", "MUSIC": "musical_score", "SOUND": "song", "ART": "graphic", "FIGURE": "figure",
    "VIDEO": "motion_picture", "MPCT": "motion_picture", "ADVS": "motion_picture", "SLIDE": "speech",
    "ENCYC": "entry-encyclopedia", "DICT": "entry-dictionary", "CTLG": "book", "CLSWK": "classic", "ANCIENT": "classic",
    "AGGR": "dataset", "DBASE": "dataset", "MULTI": "webpage", "CHART": "figure",
    "INTERVIEW": "interview", "J": "article-journal", "B": "book", "S": "book",
}  # fmt: skip

KINDS_IN_RIS = {kind: tag for tag, kind in reversed(RIS_KINDS.items())} | {
    "article-journal": "JOUR", "book": "BOOK", "chapter": "CHAP", "paper-conference": "CONF",
    "report": "RPRT", "webpage": "ELEC", "manuscript": "UNPB", "dataset": "DATA",
    "periodical": "JFULL", "motion_picture": "VIDEO", "personal_communication": "PCOMM", "patent": "PAT", "thesis": "THES",
    "classic": "CLSWK", "figure": "FIGURE", "bill": "BILL", "legislation": "STAT",
}  # fmt: skip

# Words that publication-type fields use, in the order they are looked for.
WORDS = (
    ("conference", "paper-conference"), ("proceeding", "paper-conference"), ("meeting", "paper-conference"),
    ("book chapter", "chapter"), ("book section", "chapter"), ("booksection", "chapter"), ("book-section", "chapter"), ("bookpart", "chapter"), ("book-part", "chapter"), ("book part", "chapter"), ("book, section", "chapter"), ("chapter", "chapter"), ("incollection", "chapter"),
    ("inbook", "chapter"), ("inproceedings", "paper-conference"),
    ("dissertation", "thesis"), ("thesis", "thesis"), ("dissertations", "thesis"), ("hochschulschrift", "thesis"),
    ("newspaper", "article-newspaper"), ("magazine", "article-magazine"),
    ("preprint", "preprint"), ("posted-content", "preprint"),
    ("techreport", "report"), ("report", "report"), ("patent", "patent"), ("dataset", "dataset"),
    ("web page", "webpage"), ("webpage", "webpage"), ("web site", "webpage"), ("website", "webpage"),
    ("encyclopedia", "entry-encyclopedia"), ("review", "article-journal"),
    ("journal", "article-journal"), ("article", "article-journal"), ("editorial", "article-journal"),
    ("letter", "article-journal"), ("abstract", "article-journal"), ("trial", "article-journal"),
    ("book", "book"), ("monograph", "book"), ("software", "software"),
    ("unpublished", "manuscript"), ("manuscript", "manuscript"),
)  # fmt: skip


CSL_TYPES = frozenset(RIS_KINDS.values()) | {
    "article", "broadcast", "collection", "entry", "event", "performance", "post", "regulation", "review",
    "review-book", "treaty",
}  # fmt: skip


# What says nothing of the kind.
_VAGUE = frozenset({"", "gen", "generic", "misc", "document", "other", "unknown", "reference"})


@lru_cache(maxsize=1024)
def kind_of(text: str) -> str | None:
    """Return the CSL type for what an export calls the kind of publication, else the text itself.

    None for a word that says nothing ("misc").
    """
    if text.lower() in _VAGUE:
        return None
    known = RIS_KINDS.get(text.upper())
    if known:
        return known
    lowered = text.lower()
    if lowered in CSL_TYPES and lowered not in ("article", "review"):
        return lowered
    for word, kind in WORDS:
        if word in lowered:
            return kind
    return text
