"""What each platform's exports look like and which of their tags hold which field, as data."""

import re
from dataclasses import replace

from screening.identification.field_maps import FieldMap, Names

# Every tag met in RIS, by its two letters: the 2011 specification and what platforms added to it.
RIS_TAGS = frozenset(
    """
    TY A1 A2 A3 A4 AB AD AE AF AI AN AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CC CL CN CO CP CR CT CY DA DB DC DE
    DI DO DP DS ED EM EP ER ET FN FU FX ID IN IS J1 J2 J9 JA JF JI JO JP JT KW L1 L2 L3 L4 LA LB LK M1 M2 M3 M4
    MA MC MD N1 N2 NL NO NR NS NV OP PA PB PD PG PI PMC PMCID PMID PN PP PT PU PY RI RN RP SE SL SN SO SP ST SU
    SV T1 T2 T3 T4 TA TC TI TS TT U1 U2 U3 U4 U5 U6 UI UK UR UT VL VN VO WE WP Y1 Y2 Z9 ZB
    DESCRIPTORS REFERENCES IDENTIFIERS
    """.split()
)

RIS_DEFAULT = FieldMap(
    type=("TY", "M3"),
    title=("TI", "T1", "CT", "BT", "ST", "TT"),
    authors=("AU", "A1"),
    groups=("CA",),
    editors=("A2", "ED", "A3", "A4"),
    year=("PY", "Y1", "DA", "YR"),
    journal=("JF", "T2", "JO", "JT", "SO", "BT", "T3"),
    journal_abbreviation=("JA", "J2", "J1", "JI", "J9", "NL"),
    volume=("VL", "VO"),
    issue=("IS", "CP"),
    pages=("SP", "PG"),
    last_page=("EP",),
    article_number=("C7", "AR"),
    doi=("DO", "DI", "L3"),
    pmid=("PMID", "U1", "C2", "C3"),
    accession=("AN", "UT", "U2"),
    serials=("SN",),
    abstract=("AB", "N2"),
    keywords=("KW", "DE"),
    language=("LA",),
    addresses=("UR", "L1", "L2", "LK", "L4"),
    notes=("N1", "RN"),
    mentions=("M3", "N1", "ID", "AN"),
    cited=frozenset({"M1", "CR", "REFERENCES"}),
)

_RIS_BY_PROVIDER: dict[str, dict[str, Names]] = {
    "Scopus": {"pmid": ("C2", "PMID"), "accession": ("AN",)},
    "Embase.com": {"pmid": ("C5", "PMID"), "accession": ("U2", "AN")},
    "Ovid": {"accession": ("AN", "ID")},
    "APA PsycNet": {"accession": ("ID", "AN")},
    "Lens": {"accession": ("AN", "ID")},
    "Web of Science": {"pmid": ("PMID",)},
}
RIS_MAPS = {
    provider: replace(RIS_DEFAULT, **changes)  # type: ignore[arg-type]  # every changed key holds tags
    for provider, changes in _RIS_BY_PROVIDER.items()
}


def ris_map(provider: str | None) -> FieldMap:
    """Return where a provider's RIS holds its fields."""
    return RIS_MAPS.get(provider or "", RIS_DEFAULT)


MEDLINE = FieldMap(
    type=("PT",),
    title=("TI", "BTI", "CTI", "TT"),
    authors=("FAU", "AU"),
    groups=("CN",),
    editors=("FED", "ED"),
    year=("DP", "DEP", "DA", "EDAT"),
    journal=("JT", "TA"),
    journal_abbreviation=("TA",),
    volume=("VI",),
    issue=("IP",),
    pages=("PG",),
    doi=("LID", "AID"),
    pmid=("PMID",),
    accession=("OID",),
    serials=("IS", "ISBN", "ISSN"),
    abstract=("AB", "OAB"),
    keywords=("OT", "MH"),
    language=("LA",),
    addresses=("URL",),
    notes=("GN",),
    mentions=("SO",),
    cited=frozenset({"CIN", "CON", "EIN", "EFR", "CRI", "CRF", "RPI", "RPF", "RIN", "ROF", "UIN", "UOF", "SPIN", "ORI"}),
)

WOS = FieldMap(
    type=("DT", "PT"),
    title=("TI",),
    authors=("AF", "AU", "BF", "BA"),
    groups=("CA", "GP"),
    editors=("BE", "ED"),
    year=("PY", "EA", "PD"),
    journal=("SO", "JI", "J9"),
    journal_abbreviation=("JI", "J9"),
    volume=("VL",),
    issue=("IS",),
    pages=("BP", "PS"),
    last_page=("EP",),
    article_number=("AR",),
    doi=("DI", "D2"),
    pmid=("PM",),
    accession=("UT",),
    serials=("SN", "EI", "BN"),
    abstract=("AB",),
    keywords=("DE", "ID"),
    language=("LA",),
    addresses=("UR",),
    notes=("NT",),
    cited=frozenset({"CR"}),
)

OVID = FieldMap(
    type=("PT", "DT"),
    title=("TI", "BT", "OT"),
    authors=("FA", "AU", "AF"),
    groups=("CA",),
    editors=("ED",),
    year=("YR", "DP", "DG", "SO", "DT"),
    journal=("JN", "JT", "SO journal", "BT"),
    journal_abbreviation=("JA", "AS"),
    volume=("VO", "SO volume"),
    issue=("IP", "SO issue"),
    pages=("PG", "SO pages"),
    article_number=("SO article",),
    doi=("DO", "DI"),
    pmid=("PM", "PMID"),
    accession=("AN", "UI"),
    serials=("IS", "IT", "IB"),
    abstract=("AB",),
    keywords=("KW", "MH", "DE", "ID", "SH"),
    language=("LG", "LA"),
    addresses=("UR", "XL", "JL", "LK"),
    notes=("NT",),
    mentions=("SO", "UI", "XL"),
    cited=frozenset({"RF", "CR"}),
)

REFWORKS = FieldMap(
    type=("RT",),
    title=("T1", "T2"),
    authors=("A1",),
    editors=("A2",),
    year=("YR", "FD"),
    journal=("JF", "T2", "JO"),
    journal_abbreviation=("JO",),
    volume=("VO",),
    issue=("IS",),
    pages=("SP",),
    last_page=("OP",),
    doi=("DO",),
    pmid=("PMID",),
    accession=("AN",),
    serials=("SN",),
    abstract=("AB",),
    keywords=("K1",),
    language=("LA",),
    addresses=("UL", "LK"),
    notes=("NO",),
    mentions=("NO", "U1", "U2", "U3", "U4", "U5"),
    cited=frozenset({"CR"}),
)

ENDNOTE_TAGGED = FieldMap(
    type=("%0",),
    title=("%T",),
    authors=("%A",),
    editors=("%E", "%Y"),
    year=("%D", "%8"),
    journal=("%J", "%B", "%S"),
    volume=("%V",),
    issue=("%N",),
    pages=("%P",),
    article_number=("%]",),
    doi=("%R",),
    accession=("%M",),
    serials=("%@",),
    abstract=("%X",),
    keywords=("%K",),
    language=("%G",),
    addresses=("%U", "%>"),
    notes=("%Z", "%<"),
    mentions=("%Z", "%M"),
)

# A sign in the head of a file -> the platform that wrote it; the first that matches counts.
_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("Rayyan", re.compile(r"rayyan-\d|RAYYAN-", re.I)),
    ("Covidence", re.compile(r"Covidence #|^ID  - covidence", re.M)),
    ("ASReview", re.compile(r"ASReview_|asreview_")),
    ("EPPI-Reviewer", re.compile(r"EPPI-?Reviewer|EPPI ID", re.I)),
    ("Scopus", re.compile(r"DB  - Scopus|Export Date: .*Scopus|scopus\.com/(?:inward|record)|source=\{Scopus\}", re.I)),
    ("Embase.com", re.compile(r"embase\.com/|L2  - http.*embase", re.I)),
    ("Ovid", re.compile(r"VN  - Ovid|ovidsp\.|ovidweb\.cgi|DB  - Ovid|Ovid Technologies")),
    ("APA PsycNet", re.compile(r"Provider: American Psychological", re.I)),
    ("EBSCOhost", re.compile(r"search\.ebscohost\.com|DP  - EBSCOhost|openurl\.ebsco", re.I)),
    ("ProQuest", re.compile(r"search\.proquest\.com|proquest\.com/docview|N1  - Copyright - |ProQuest document", re.I)),
    ("Dimensions", re.compile(r"app\.dimensions\.ai|^AN  - pub\.\d", re.M)),
    ("Lens", re.compile(r"lens\.org/|^(?:ID|AN)  - \d{3}-\d{3}-\d{3}-\d{3}-\d{3}|\bLens ID\b", re.M)),
    ("Cochrane", re.compile(r"cochranelibrary\.com|^AN  - CN-\d|CENTRAL ID|^Provider: John Wiley", re.M)),
    ("JSTOR", re.compile(r"Provider: JSTOR|DB  - JSTOR|jstor\.org/stable")),
    ("Web of Science", re.compile(r"Clarivate|Thomson Reuters Web|ISI Export|(?:AN|UT)\s{1,2}-? ?(?:WOS|ISI|ZOOREC|MEDLINE|CABI|BIOSIS)[:.]|Web of Science|Unique-ID = \{", re.I)),
    ("ERIC", re.compile(r"OWN - ERIC|eric\.ed\.gov|DB  - ERIC")),
    ("PubMed", re.compile(r"^PMID- \d|<PubmedArticle|^STAT- |ncbi\.nlm\.nih\.gov/pubmed|Journal/Book", re.M)),
    ("ClinicalTrials.gov", re.compile(r"NCT Number|clinicaltrials\.gov/(?:ct2/)?(?:show|study)|\"nctId\"", re.I)),
    ("IEEE Xplore", re.compile(r"ieeexplore|10\.1109/")),
    ("ACM", re.compile(r"dl\.acm\.org|Association for Computing Machinery")),
    ("DBLP", re.compile(r"dblp\.org|DBLP:")),
    ("OpenAlex", re.compile(r"openalex\.org")),
    ("Crossref", re.compile(r"\"reference-count\"|api\.crossref\.org|DP  - Crossref", re.I)),
    ("Mendeley", re.compile(r"mendeley", re.I)),
    ("Zotero", re.compile(r"zotero", re.I)),
    ("RefWorks", re.compile(r"^RT \w|refworks", re.I | re.M)),
    ("EndNote", re.compile(r"endnote|internal-pdf://", re.I)),
    ("Publish or Perish", re.compile(r"CitesPerYear|GSRank", re.I)),
    ("Google Scholar", re.compile(r"scholar\.google|Google Scholar", re.I)),
)  # fmt: skip


def provider_of(head: str) -> str | None:
    """Return the platform or program that wrote a file, told by the beginning of its text."""
    for name, sign in _SIGNS:
        if sign.search(head):
            return name
    return None
