"""The words synthetic publications are made of. Every journal here is invented."""

from tests.example.publication import Journal


def _each(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _journal(name: str, abbreviation: str, number: int, covers: str) -> Journal:
    issn = f"9999{number:03d}"
    check = (11 - sum(int(d) * w for d, w in zip(issn, range(8, 1, -1), strict=True)) % 11) % 11
    return Journal(
        name=name,
        abbreviation=abbreviation,
        issn=f"{issn[:4]}-{issn[4:]}{'X' if check == 10 else check}",
        covers=frozenset(covers.split()),
    )


# Columns: name, abbreviation, number of the made-up ISSN, databases that index it.
JOURNALS = (
    _journal(
        "Journal of Early Relationships", "J Early Relat", 1, "psycinfo medline scopus cinahl erc"
    ),
    _journal(
        "Archives of Infant and Toddler Psychiatry",
        "Arch Infant Toddler Psychiatry",
        2,
        "psycinfo medline scopus",
    ),
    _journal(
        "Perinatal & Infant Mental Health Review",
        "Perinat Infant Ment Health Rev",
        3,
        "psycinfo medline scopus cinahl",
    ),
    _journal(
        "Dyadic Psychotherapy Quarterly", "Dyadic Psychother Q", 4, "psycinfo psycarticles scopus"
    ),
    _journal(
        "Psychoanalytic Notes on Childhood", "Psychoanal Notes Child", 5, "psycinfo psycarticles"
    ),
    _journal(
        "Clinical Studies in Attachment",
        "Clin Stud Attach",
        6,
        "psycinfo psycarticles scopus medline",
    ),
    _journal(
        "Nordic Annals of Child Psychiatry",
        "Nord Ann Child Psychiatry",
        7,
        "psycinfo medline scopus",
    ),
    _journal(
        "Family Process & Practice: An International Journal",
        "Fam Process Pract",
        8,
        "psycinfo scopus cinahl sco erc",
    ),
    _journal(
        "Health Visiting and Community Nursing",
        "Health Visit Community Nurs",
        9,
        "cinahl medline sco",
    ),
    _journal("Midwifery Research and Practice", "Midwifery Res Pract", 10, "cinahl medline scopus"),
    _journal(
        "Journal of Maternal Mood Disorders",
        "J Matern Mood Disord",
        11,
        "psycinfo medline scopus cinahl",
    ),
    _journal(
        "Trauma and the Young Child", "Trauma Young Child", 12, "psycinfo psycarticles scopus erc"
    ),
    _journal(
        "European Review of Developmental Psychopathology",
        "Eur Rev Dev Psychopathol",
        13,
        "psycinfo medline scopus erc",
    ),
    _journal("Early Years Education and Care", "Early Years Educ Care", 14, "erc psycinfo scopus"),
    _journal("Preschool Learning and Behavior", "Presch Learn Behav", 15, "erc psycinfo"),
    _journal("School Psychology in Context", "Sch Psychol Context", 16, "erc psycinfo scopus"),
    _journal("Special Needs and Inclusion Studies", "Spec Needs Incl Stud", 17, "erc scopus"),
    _journal(
        "Safeguarding Children: Research, Policy and Practice",
        "Safeguard Child",
        18,
        "sco scopus psycinfo cinahl",
    ),
    _journal("Social Work With Families", "Soc Work Fam", 19, "sco psycinfo scopus"),
    _journal(
        "Adoption, Fostering & Kinship Care", "Adopt Foster Kinsh Care", 20, "sco psycinfo scopus"
    ),
    _journal(
        "Pediatric Behavioral Medicine", "Pediatr Behav Med", 21, "medline scopus cinahl psycinfo"
    ),
    _journal("Open Annals of Psychiatry", "Open Ann Psychiatry", 22, "medline scopus psycinfo"),
    _journal(
        "Psychotherapy Outcome Research",
        "Psychother Outcome Res",
        23,
        "psycinfo psycarticles medline scopus",
    ),
    _journal(
        "International Journal of Group and Family Therapy",
        "Int J Group Fam Ther",
        24,
        "psycinfo scopus",
    ),
    _journal(
        "Arts Therapies in Mental Health", "Arts Ther Ment Health", 25, "psycinfo cinahl scopus erc"
    ),
    _journal("Revue de la petite enfance", "Rev Petite Enfance", 26, "psycinfo scopus"),
    _journal("Zeitschrift für frühe Kindheit", "Z Fruhe Kindh", 27, "psycinfo scopus medline"),
    _journal(
        "The American Review of Child Psychotherapy",
        "Am Rev Child Psychother",
        28,
        "psycinfo medline scopus",
    ),
    _journal(
        "Development, Risk and Resilience",
        "Dev Risk Resil",
        29,
        "psycinfo psycarticles scopus medline erc",
    ),
    _journal(
        "Nursing Studies in Child and Family Health",
        "Nurs Stud Child Fam Health",
        30,
        "cinahl medline scopus",
    ),
)

FAMILIES = _each("""Abernethy Achterberg Adeyemi Agostini Albrektsen Almqvist-Roy Amundsen Anand Aragón Ashdown Baptista Barzilai
Beaumont Bergström Bianchi Blackwood Boateng Bouchard Brandvold Bridgewater Brzezinski Callaghan-Moss Cardoso Castellanos Chaudhry
Christodoulou Clermont Corbeil Dąbrowska Dalgaard Danjuma Delacroix Dimitrov Dunmore Ebersole Eklund Engelhardt Eriksen Espinoza
Fairweather Falkenberg Farrugia Feldstein Fitzmaurice Fontaine Forsberg Gallacher Garrigues Ghebreyes Glendinning Goldwater Grünwald
Gunnarsson Hadjis Halvorsen Hargreave Haverkamp Heathcote Hernández-Ruiz Hjelm Hoogland Ibekwe Ingram-Shaw Isaksson Iwasaki Jabłońska
Jankowitz Jayawardena Jørgensen Kaczmarek Kallio Karlsdóttir Katsaros Keating Khumalo Kilbride Kjeldsen Klimt Kobayakawa Kowalczyk
Lachance Lambrecht Langenfeld Larochelle Leclercq Lindqvist Lombardo Löwenthal Lundgaard Macallister Mahlangu Marchetti Markovic
Mbeki-Stone McAllen McDaid Mendelow Mikkelsen Moorhouse Morettini Müllner Nakagawa Navarro-Gil Nesbitt Nordahl-Hansen Novotny Nwosu
O'Dowd O'Malley-Reid Oduya Okonjo Olafsen Osterman Ottosson Pacheco Papadakis Pelletier-Roux Pemberton Petrescu Pickersgill Popescu
Quarshie Quintero Raghunath Ravensburg Reinholt Renaud Ridgeway Rosenkrantz Rutherglen Saarinen Salazar-Vega Sandoval Schönfeld
Sefton Selvadurai Sigurdsen Skovgaard Soldati Sørensen Stavrou Steenkamp Strandberg Szymańska Takamori Tamblyn Thorvaldsen Tillotson
Tjäder Tremblay-Côté Tsukuda Underhill Urquhart Valkenburg Van-den-Bosch Vasquez-Luna Venkatesan Verhoeven Vestergaard Villanueva Wachowski
Waddington Weatherby Wennerholm Whitcombe Wickramage Winterbourne Wojtowicz Wolfenden Yamashiro Yardley Zabłocki Zetterlund Ziegelmann""")

GIVEN = _each("""Adaeze Adrian Agnieszka Aisha Alasdair Alice Amara Andreas Anneke Annika Arjun Astrid Beatriz Benedict Birgitta Bruno
Camille Carlos Caroline Catriona Cecilia Chiara Christoph Claire Daniela Deborah Dimitra Dorothy Edith Eleanor Elif Elin Emeka Emma
Erik Esther Eva Fatima Felix Fiona Francesca Frida Gareth Gemma Giulia Grace Greta Gunnar Hannah Harriet Helena Henrik Hilde Ingrid
Irene Isabel Jana Jasmine Jean-Luc Joanna Johan Jonas Judith Julia Karin Katarzyna Katherine Kenji Kirsten Laila Lars Laura Lena
Leticia Linda Lotte Louise Lucia Magnus Maja Marco Margaret Maria Marianne Marta Martin Matilda Mei Michelle Mika Miriam Naomi
Natalia Niamh Nicolas Nina Noor Olga Olivia Paola Patrick Paula Pernille Philippa Priya Rachel Rafael Rebecca Renata Robert Rosa
Ruth Sabine Samira Sanne Sara Sebastian Signe Simone Sofia Solveig Susan Tamsin Teresa Thandiwe Thomas Tobias Tomoko Ursula Valeria
Veronica Victor Wendy Yasmin Yusuf Zofia""")

PUBLISHERS = (
    "Harbour Lane Press",
    "Northgate Academic",
    "Meridian House",
    "Willowbrook Books",
    "Stonefield University Press",
)

UNIVERSITIES = (
    "University of Northmoor",
    "University of Eastvale",
    "Kingsbridge University",
    "University of the Western Isles",
    "Aldermoor University",
    "University of Southmere",
    "Thornbury University",
)

ORGANISATIONS = (
    "Families First Alliance",
    "Early Start Trust",
    "Northmoor Children's Partnership",
    "Infant Wellbeing Network",
    "Eastvale Safeguarding Board",
)

# Journals in which work on a theme would appear, by the number in the ISSN; other themes may appear anywhere.
_SUITED = {
    "offtopic": (13, 22, 23, 28, 29),
    "essay": (1, 4, 5, 6, 24, 25, 26, 28),
    "service": (3, 9, 10, 18, 19, 20, 30, 14),
}


def journals_for(theme: str) -> tuple[Journal, ...]:
    numbers = _SUITED.get(theme)
    return JOURNALS if numbers is None else tuple(JOURNALS[number - 1] for number in numbers)
