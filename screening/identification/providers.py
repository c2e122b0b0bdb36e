"""What each platform's exports look like and which of their tags hold which field, as data."""

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
    pmid=("PMID",),
    pmid_labelled=("U1", "C2", "C3"),
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

# Letters in the beginning of a file (in lower case) -> the platform or program that wrote it; the first
# that is there counts, so that programs that pass on other platforms' records come before those.
_SIGNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Rayyan", ("rayyan-",)),
    ("Covidence", ("covidence #", "\nid  - covidence")),
    ("ASReview", ("asreview_",)),
    ("EPPI-Reviewer", ("eppi-reviewer", "eppireviewer", "eppi id")),
    ("Scopus", ("db  - scopus", "scopus.com/", "source={scopus}", "source = {scopus}", "n1  - export date:")),
    ("Embase.com", ("embase.com/", "sid=embase")),
    ("Ovid", ("- ovid tech", "ovidsp.", "ovidweb.cgi", "db  - ovid", "\n1.\nty  -")),
    ("APA PsycNet", ("provider: american psychological", "psycnet.apa.org")),
    ("EBSCOhost", ("search.ebscohost.com", "dp  - ebscohost", "openurl.ebsco", "<rec resultid=")),
    ("ProQuest", ("proquest.com/", "proquest document", "- copyright - ")),
    ("Dimensions", ("app.dimensions.ai", "an  - pub.1")),
    ("Lens", ("lens.org/", "lens id", "lens_id")),
    ("Cochrane", ("cochranelibrary.com", "an  - cn-0", "central id", "provider: john wiley")),
    ("JSTOR", ("provider: jstor", "db  - jstor", "jstor.org/stable")),
    ("CABI", ("ut cabi:", "an  - cabi:", "cabdirect")),
    ("Web of Science", ("clarivate", "thomson reuters web", "fn isi ", "wos:", "zoorec:", "web of science", "unique-id = {")),
    ("ERIC", ("own - eric", "eric.ed.gov", "db  - eric")),
    ("Europe PMC", ("europepmc.org",)),
    ("PubMed", ("pmid- ", "<pubmedarticle", "\nstat- ", "ncbi.nlm.nih.gov/pubmed", "pubmed.ncbi", "journal/book")),
    ("ICTRP", ("downloaded_from_ictrp", "trialsearch.who.int")),
    ("ClinicalTrials.gov", ("nct number", "clinicaltrials.gov/", "\"nctid\"")),
    ("IEEE Xplore", ("ieeexplore",)),
    ("ACM", ("dl.acm.org", "association for computing machinery")),
    ("DBLP", ("dblp.org", "{dblp:")),
    ("OpenAlex", ("openalex.org",)),
    ("Crossref", ("\"reference-count\"", "api.crossref.org", "dp  - crossref")),
    ("Semantic Scholar", ("semanticscholar.org",)),
    ("TRID", ("trid.trb.org",)),
    ("Mendeley", ("mendeley",)),
    ("Zotero", ("zotero",)),
    ("RefWorks", ("refworks", "rt journal article\n", "rt book")),
    ("EndNote", ("endnote", "internal-pdf://")),
    ("Publish or Perish", ("citesperyear", "gsrank", "\"ecc\"")),
    ("Google Scholar", ("scholar.google", "google scholar")),
)  # fmt: skip
_HEAD = 1 << 14


def provider_of(head: str) -> str | None:
    """Return the platform or program that wrote a file, told by the beginning of its text."""
    head = "\n" + head[:_HEAD].lower()
    if "\r" in head:
        head = head.replace("\r\n", "\n").replace("\r", "\n")
    for name, signs in _SIGNS:
        if any(sign in head for sign in signs):
            return name
    return None
