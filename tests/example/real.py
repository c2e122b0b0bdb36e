"""The published reports the worked review is about: their bibliographic facts, checked one by one.

A field that could not be verified is empty. No DOI is guessed, and no accession number of a database is
given. The abstracts are one-sentence summaries
of our own. Two reports that the review looked at and excluded because they are not in English are
here too.
"""

from dataclasses import replace

from tests.example.publication import REAL_NOTE, Author, Journal, Publication

IMHJ = Journal("Infant Mental Health Journal", "Infant Ment Health J")
JAACAP = Journal(
    "Journal of the American Academy of Child and Adolescent Psychiatry",
    "J Am Acad Child Adolesc Psychiatry",
)
CAN = Journal("Child Abuse & Neglect", "Child Abuse Negl")
JTS = Journal("Journal of Traumatic Stress", "J Trauma Stress")
ECAP = Journal("European Child & Adolescent Psychiatry", "Eur Child Adolesc Psychiatry")
JSCP = Journal("Journal of Social and Clinical Psychology", "J Soc Clin Psychol")
PILOT = Journal("Pilot and Feasibility Studies", "Pilot Feasibility Stud")
PPTRP = Journal("Psychology and Psychotherapy: Theory, Research and Practice", "Psychol Psychother")
DP = Journal("Development and Psychopathology", "Dev Psychopathol")
CYSR = Journal("Children and Youth Services Review", "Child Youth Serv Rev")
PSYCHOTHERAPIE = Journal("Die Psychotherapie", "Psychotherapie")
BGBL = Journal(
    "Bundesgesundheitsblatt - Gesundheitsforschung - Gesundheitsschutz",
    "Bundesgesundheitsblatt Gesundheitsforschung Gesundheitsschutz",
)


def _authors(text: str) -> tuple[Author, ...]:
    return tuple(Author(*(part.strip() for part in name.split(","))) for name in text.split(";"))


def _report(id_: str, authors: str, year: int, title: str, **facts: object) -> Publication:
    pages = str(facts.pop("pages", ""))
    first, _, last = pages.partition("-")
    head, _, tail = title.partition(": ")
    known = {
        "kind": "article",
        "theme": "included",
        "note": REAL_NOTE,
        "popularity": 0,
        "first_page": first,
        "last_page": last,
    }
    return Publication(
        id=id_, authors=_authors(authors), year=year, title=head, subtitle=tail, **(known | facts)
    )


INCLUDED = (
    _report("armstrong2015", "Armstrong, Victoria Gray; Howatson, Rosie", 2015,
            "Parent-infant art psychotherapy: A creative dyadic approach to early intervention",
            journal=IMHJ, volume="36", issue="2", pages="213-222", doi="10.1002/imhj.21504",
            abstract="Two community art psychotherapy groups for parents and infants are described and evaluated before and after."),
    _report("bain2014", "Bain, Katherine", 2014,
            '"New beginnings" in South African shelters for the homeless: Piloting of a group psychotherapy intervention for high-risk mother-infant dyads',
            journal=IMHJ, volume="35", issue="6", pages="591-603", doi="10.1002/imhj.21457",
            abstract="A twelve-week parent-infant psychotherapy group for mothers and babies in Johannesburg shelters is compared with delayed treatment."),
    _report("cramer1990", "Cramer, Bertrand; Robert-Tissot, Christiane; Stern, Daniel N.; Serpa-Rusconi, Sandra; De Muralt, Muriel; "
            "Besson, Gerard; Palacio-Espasa, Francisco; Bachmann, Jean-Pierre; Knauer, Dora; Berney, Catherine; D'Arcis, Ursula", 1990,
            "Outcome evaluation in brief mother-infant psychotherapy: A preliminary report",
            journal=IMHJ, volume="11", issue="3", pages="278-300",
            doi="10.1002/1097-0355(199023)11:3<278::aid-imhj2280110309>3.0.co;2-h",
            abstract="Thirty-eight pairs in brief psychodynamic or interactional guidance treatment are followed for up to a year."),
    _report("fonagy2016", "Fonagy, Peter; Sleed, Michelle; Baradon, Tessa", 2016,
            "Randomized controlled trial of parent-infant psychotherapy for parents with mental health problems and young infants",
            journal=IMHJ, volume="37", issue="2", pages="97-114", doi="10.1002/imhj.21553",
            abstract="Parents with mental health problems and their babies are randomised to parent-infant psychotherapy or standard care."),
    _report("ghoshippen2011", "Ghosh Ippen, Chandra; Harris, William W.; Van Horn, Patricia; Lieberman, Alicia F.", 2011,
            "Traumatic and stressful events in early childhood: Can treatment help those at highest risk?",
            journal=CAN, volume="35", issue="7", pages="504-513",
            abstract="A trial of child-parent psychotherapy is analysed again by the number of traumatic events the children had met."),
    _report("georg2021", "Georg, Anna Katharina; Cierpka, Manfred; Schröder-Pfeifer, Paul; Kress, Sandra; Taubner, Svenja", 2021,
            "The efficacy of brief parent-infant psychotherapy for treating early regulatory disorders: A randomized controlled trial",
            journal=JAACAP, volume="60", issue="6", pages="723-733", doi="10.1016/j.jaac.2020.06.016", pmid="32976954",
            abstract="Four sessions of focused parent-infant psychotherapy are compared with paediatric care for early regulatory disorders."),
    _report("hagan2017", "Hagan, Melissa J.; Browne, Dillon T.; Sulik, Michael; Ghosh Ippen, Chandra; Bush, Nicole; Lieberman, Alicia F.", 2017,
            "Parent and child trauma symptoms during child-parent psychotherapy: A prospective cohort study of dyadic change",
            journal=JTS, volume="30", issue="6", pages="690-697",
            doi="10.1002/jts.22240", pmid="29131408", abstract="Trauma symptoms of 199 parents and their children are followed through an open trial of child-parent psychotherapy."),
    _report("herve2009", "Hervé, M. J.; Paradis, M.; Rattaz, C.; Lopez, S.; Evrard, V.; White-Koning, M.; Maury, M.", 2009,
            "Predictors of outcome in infant and toddlers functional or behavioral disorders after a brief parent-infant psychotherapy",
            journal=ECAP, volume="18", issue="12", pages="737-746", doi="10.1007/s00787-009-0032-9",
            abstract="What predicts a good outcome of brief parent-infant psychotherapy is studied in 49 infants and toddlers."),
    _report("lavi2015", "Lavi, Iris; Gard, Arianna M.; Hagan, Melissa; Van Horn, Patricia; Lieberman, Alicia F.", 2015,
            "Child-parent psychotherapy examined in a perinatal sample: Depression, posttraumatic stress symptoms and child-rearing attitudes",
            journal=JSCP, volume="34", issue="1", pages="64-82",
            abstract="Pregnant women received child-parent psychotherapy until their infants were six months old."),
    _report("lieberman2005", "Lieberman, Alicia F.; Van Horn, Patricia; Ghosh Ippen, Chandra", 2005,
            "Toward evidence-based treatment: Child-parent psychotherapy with preschoolers exposed to marital violence",
            journal=JAACAP, volume="44", issue="12", pages="1241-1248", doi="10.1097/01.chi.0000181047.59702.58",
            pmid="16292115", abstract="Preschool children who witnessed violence between their parents are randomised to child-parent psychotherapy or case management."),
    _report("lieberman2006", "Lieberman, Alicia F.; Ghosh Ippen, Chandra; Van Horn, Patricia", 2006,
            "Child-parent psychotherapy: 6-month follow-up of a randomized controlled trial",
            journal=JAACAP, volume="45", issue="8", pages="913-918",
            doi="10.1097/01.chi.0000222784.03735.92", pmid="16865033", abstract="Six months after treatment the children and mothers of a trial of child-parent psychotherapy are seen again."),
    _report("matthess2021", "Mattheß, J.; Eckert, M.; Becker, O.; Ludwig-Körner, C.; Kuchinke, L.", 2021,
            "Potential efficacy of parent-infant psychotherapy with mothers and their infants from a high-risk population: A randomized controlled pilot trial",
            journal=PILOT, volume="7", issue="1", article_number="210", doi="10.1186/s40814-021-00946-5",
            abstract="Mothers living in mother-child facilities are randomised to parent-infant psychotherapy with care as usual or care as usual."),
    _report("salomonsson2021", "Salomonsson, Björn; Kornaros, Katarina; Sandell, Rolf; Nissen, Eva; Lilliengren, Peter", 2021,
            "Short-term psychodynamic infant-parent interventions at Child health centers: Outcomes on parental depression and infant social-emotional functioning",
            journal=IMHJ, volume="42", issue="1", pages="109-123", doi="10.1002/imhj.21893",
            abstract="One hundred distressed mothers with infants are followed through short psychodynamic treatment at child health centres."),
    _report("sleed2013", "Sleed, Michelle; James, Jessica; Baradon, Tessa; Newbery, J.; Fonagy, Peter", 2013,
            "A psychotherapeutic baby clinic in a hostel for homeless families: Practice and evaluation",
            journal=PPTRP, volume="86", issue="1", pages="1-18", doi="10.1111/j.2044-8341.2011.02050.x",
            abstract="A baby clinic led by parent-infant psychotherapists in a hostel is compared with hostels without it."),
    _report("toth2002", "Toth, Sheree L.; Maughan, Angeline; Manly, Jody Todd; Spagnola, Mary; Cicchetti, Dante", 2002,
            "The relative efficacy of two interventions in altering maltreated preschool children's representational models: Implications for attachment theory",
            journal=DP, volume="14", issue="4", pages="877-908",
            abstract="Preschooler-parent psychotherapy and home visitation are compared by the stories maltreated children tell."),
    _report("weiner2009", "Weiner, Dana A.; Schneider, Alison; Lyons, John S.", 2009,
            "Evidence-based treatments for trauma among culturally diverse foster care youth: Treatment retention and outcomes",
            journal=CYSR, volume="31", issue="11", pages="1199-1205", doi="10.1016/j.childyouth.2009.08.013",
            abstract="Three trauma treatments, child-parent psychotherapy among them, are followed in a foster care programme."),
)  # fmt: skip

NOT_IN_ENGLISH = tuple(replace(publication, theme="not_english", language="German") for publication in (
    _report("bark2018", "Bark, Christine; Georg, Anna; Taubner, Svenja", 2018,
            "Säuglings-/Kleinkind-Eltern-Psychotherapie (SKEPT): Behandlung von frühkindlichen Regulationsstörungen",
            journal=PSYCHOTHERAPIE, issue="5",
            abstract="Describes a psychodynamic treatment of early regulatory disorders and a trial that is under way."),
    _report("eckert2020", "Eckert, Melanie; Richter, Katharina M.; Mattheß, Janna; Koch, Gabriele; Reinhold, Thomas; Vienhues, Petra; "
            "Berghöfer, Anne; Roll, Stephanie; Keil, Thomas; Schlensog-Schuster, Franziska; von Klitzing, Kai; "
            "Ludwig-Körner, Christiane; Kuchinke, Lars", 2020,
            "Postpartale psychische Erkrankungen: Versorgungslage und Wirksamkeit der Eltern-Säugling-Kleinkind-Psychotherapie. "
            "Vorstellung des Innovationsfondprojektes SKKIPPI",
            journal=BGBL, issue="12", pages="1538-1547", doi="10.1007/s00103-020-03242-4",
            title_in_english="Postpartum mental health problems: healthcare service situation and effectiveness of parent-infant psychotherapy. "
            "Presentation of the SKKIPPI project funded by the German Innovationsfonds", pmid="33146761", abstract="Presents a German research project whose trials of parent-infant psychotherapy have not ended."),
))  # fmt: skip

# Which databases hold them is illustrative: the published review does not say. Only those whose PubMed
# number could be verified stand in the MEDLINE export, where no record is without one.
FOUND_IN = {
    "armstrong2015": ("psycinfo", "scopus", "cinahl"),
    "bain2014": ("psycinfo", "scopus"),
    "cramer1990": ("psycinfo", "scopus"),
    "fonagy2016": ("psycinfo", "scopus", "cinahl"),
    "georg2021": ("medline", "psycinfo", "scopus"),
    "hagan2017": ("psycinfo", "medline", "scopus"),
    "herve2009": ("psycinfo", "scopus"),
    "lavi2015": ("psycinfo", "scopus"),
    "lieberman2005": ("psycinfo", "medline", "scopus", "cinahl", "erc"),
    "lieberman2006": ("psycinfo", "medline", "scopus", "cinahl"),
    "matthess2021": ("scopus", "cinahl"),
    "salomonsson2021": ("psycinfo", "scopus"),
    "sleed2013": ("psycinfo", "scopus", "sco"),
    "toth2002": ("psycinfo", "scopus"),
    "bark2018": ("psycinfo",),
    "eckert2020": ("medline", "scopus"),
}
BY_CITATION_SEARCHING = ("ghoshippen2011", "weiner2009")
