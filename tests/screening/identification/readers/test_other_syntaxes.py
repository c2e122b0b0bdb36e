"""MEDLINE, Web of Science, Ovid, RefWorks, EndNote and BibTeX entries."""

import pytest

from screening.identification.readers import read
from screening.records import Fields


def only(text: str, expected: str) -> Fields:
    reading = read(text.encode(), "test")
    records = list(reading.records)
    assert reading.format == expected
    assert len(records) == reading.start_tags == 1
    return records[0].fields


def test_medline_joins_wrapped_lines_and_knows_marked_identifiers() -> None:
    fields = only(
        "PMID- 30922926\nOWN - NLM\nDP  - 2020 Feb\nTI  - A title that is\n      wrapped.\n"
        "FAU - Griffin, Darren K\nAU  - Griffin DK\nCN  - The ABC Group\nJT  - Journal of Tests\nTA  - J Test\n"
        "LID - S1769-7212(19)30059-X [pii]\nLID - 10.1016/j.ejmg.2019.03.004 [doi]\nSI  - ClinicalTrials.gov/NCT01234567\n"
        "PT  - Research Support, N.I.H.\nPT  - Journal Article\nIS  - 1878-0849 (Electronic)\n",
        "nbib",
    )
    assert fields == Fields(
        type="article-journal", title="A title that is wrapped.", authors=("Griffin, Darren K", "The ABC Group"),
        year=2020, journal="Journal of Tests", journal_abbreviation="J Test", doi="10.1016/j.ejmg.2019.03.004",
        pmid="30922926", registrations=("NCT01234567",), issn=("1878-0849",),
    )  # fmt: skip


def test_pubmed_wraps_lines_with_or_without_a_blank_at_their_end() -> None:
    for blank in ("", " ", "  "):
        fields = only(
            f"PMID- 1\nOWN - NLM\nTI  - One of{blank}\n      two\nAB  - Gene &{blank}\n      trait.\nMH  - Plant & soil\n",
            "nbib",
        )
        assert (fields.title, fields.abstract) == ("One of two", "Gene & trait.")
        assert fields.keywords == ("Plant & soil",)


@pytest.mark.parametrize(
    ("name", "begin", "end"),
    [("ris", "TY  - JOUR\n", "ER  - \n"), ("nbib", "PMID- 1\nOWN - NLM\n", "DP  - 2020\n")],
)
def test_the_abstract_that_stands_first_is_the_abstract(name: str, begin: str, end: str) -> None:
    for first in ("AB  - ", "AB - "):
        texts = [f"{'The first of them. ' * 4}1", f"{'The second of them. ' * 4}2"]
        fields = only(f"{begin}{first}{texts[0]}\nTI  - One\nAB  - {texts[1]}\n{end}", name)
        assert (fields.title, fields.abstract, fields.notes) == ("One", texts[0], (texts[1],))


def test_an_entry_of_eric_begins_with_its_owner() -> None:
    fields = only(
        "OWN - ERIC\nTI  - Tests\nOID - EJ1131633\nAID - http://dx.doi.org/10.1000/1\n", "nbib"
    )
    assert (fields.accession, fields.doi) == ("EJ1131633", "10.1000/1")


def test_web_of_science_prefers_full_names_and_ignores_cited_references() -> None:
    fields = only(
        "FN Clarivate\nVR 1.0\nPT J\nAU Zelle, RM\n   Pronk, JT\nAF Zelle, Rintze M.\n   Pronk, Jack T.\n"
        "TI Anaplerotic role\n   of enzymes\nSO APPLIED\nJI Appl.\nBP 732\nEP 738\nAR e12\nPY 2011\nUT WOS:000286\n"
        "CR Doe J, 2001, DOI 10.1/x\nER\n\nEF\n",
        "wos",
    )
    assert fields.authors == ("Zelle, Rintze M.", "Pronk, Jack T.")
    assert (fields.title, fields.pages, fields.article_number) == (
        "Anaplerotic role of enzymes",
        "732-738",
        "e12",
    )
    assert (fields.accession, fields.doi) == ("WOS:000286", None)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Forest Ecology & Management. 201(2-3), 2004, 327-334.", ("Forest Ecology & Management", "201", "2-3", None)),
        ("Cognitive Psychotherapy. Vol.43(5), Sep 2015, pp. 623-634.", ("Cognitive Psychotherapy", "43", "5", "623-634")),
        ("Fitness Journal January/February 2010;14(1):56", ("Fitness Journal", "14", "1", "56")),
    ],
)  # fmt: skip
def test_ovid_source_lines_are_taken_apart(source: str, expected: tuple[str | None, ...]) -> None:
    fields = only(f"<1. >\nVN  - Ovid Technologies\nTI  - T\nSO  - {source}\n", "ovid_tagged")
    assert (fields.journal, fields.volume, fields.issue, fields.pages)[:3] == expected[:3]
    if expected[3]:
        assert fields.pages == expected[3]


def test_ovid_labels_are_tags() -> None:
    fields = only(
        "<1. >\nTitle\n  A title.\nAuthors\n  Smith A. Jones B.\nYear of Publication\n  2010\n",
        "ovid_tagged",
    )
    assert (fields.title, fields.year) == ("A title.", 2010)


def test_refworks() -> None:
    fields = only(
        "RT Journal Article\nA1 Allan,Steven\nA1 Gilbert,Paul\nT1 Anger\nJF Personality\nYR 2002\nVO 32\nSP 551\nOP 565\n",
        "refworks",
    )
    assert (fields.authors, fields.pages) == (("Allan, Steven", "Gilbert, Paul"), "551-565")


def test_endnote_tags_come_in_any_order() -> None:
    text = "%T One\n%0 Book\n%A Doe, J\n\n%T Two\n%D 2001\n\n%0 Serial\n%0 Audio\n%T Three\n"
    reading = read(text.encode(), "test.enw")
    titles = [record.fields.title for record in reading.records]
    assert titles == ["One", "Two", None, "Three"]
    assert reading.start_tags == 4


def bib(body: str) -> Fields:
    return only(f"@article{{key,\n{body}\n}}\n", "bibtex")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (r"{Schr{\"o}dinger and \'{E}mile \v{Z}i\v{z}ek}", "Schrödinger and Émile Žižek"),
        (r'"Stra\ss{}e \& {DNA} 50\% \textendash{} \o re"', "Straße & DNA 50% – øre"),
        (r"{$\alpha$-blockers cost \$5 to $6}", "α-blockers cost $5 to $6"),
        (r"{A {\em nested {B}} title}", "A nested B title"),
    ],
)
def test_bibtex_values_become_plain_text(value: str, expected: str) -> None:
    assert bib(f"title = {value}").title == expected


def test_bibtex_names_groups_and_suffixes() -> None:
    authors = bib(
        "author = {von Hicks, III, Michael and John Smith and {World Health Organization} and others}"
    ).authors
    assert authors[:3] == ("von Hicks, Michael, III", "Smith, John", "World Health Organization")


def test_bibtex_strings_are_put_in_and_joined() -> None:
    text = '@string{jt = "Journal of "}\n@article{a, journal = jt # "Tests", year = 2001}\n'
    fields = only(text, "bibtex")
    assert (fields.journal, fields.year) == ("Journal of Tests", 2001)


def test_duplicate_keys_and_unbalanced_braces_lose_no_entry() -> None:
    text = "@article{a, title={One}}\n@article{a, title={Two\n@book{b c, title={Three}, title={Other}}\n"
    reading = read(text.encode(), "test.bib")
    titles = [record.fields.title for record in reading.records]
    assert len(titles) == 3
    assert (titles[0], titles[2]) == ("One", "Three")
    assert any(problem.subject == "braces" for problem in reading.problems)


@pytest.mark.parametrize(
    "broken",
    [
        "abstract = {90{\\~{}} of 2{\\{}W, a brace too many}},",
        "abstract = {a brace {too few},",
        'abstract = {a brace {too few},\n  year = 1998,\n  note = "one " too many",',
        "keywords = {push(function() { 1}, {two}}, {three},",
    ],
)
def test_a_brace_too_many_or_too_few_takes_no_other_field_with_it(broken: str) -> None:
    text = f"@article{{a,\n  author = {{Roe, Ann}},\n  {broken}\n  title = {{One}},\n  journal = {{J}}\n}}\n"
    reading = read(text.encode(), "test.bib")
    (record,) = reading.records
    assert (record.fields.title, record.fields.journal) == ("One", "J")
    assert [problem.subject for problem in reading.problems] == ["braces"]
