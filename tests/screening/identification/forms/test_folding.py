import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.identification.forms.authors import author_form
from screening.identification.forms.folding import compact, fold
from screening.identification.forms.identifiers import (
    doi_form,
    is_preprint,
    is_preprint_server,
    issn_forms,
    pmid_form,
    versioned,
)
from screening.identification.forms.journals import (
    ALIKE,
    DIFFERENT,
    SAME,
    compare_journals,
    journal_form,
)
from screening.identification.forms.pages import PageForm, page_form
from screening.identification.forms.titles import CORRECTION, REPLY, title_form
from screening.identification.forms.volumes import volume_form


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("The  TITLE: a sub-title.", "the title a sub title"),
        ("Alzheimer's and Alzheimer’s", "alzheimers and alzheimers"),
        ("Müller, Łódź, Søren, straße", "muller lodz soren strasse"),
        ("TNF-α and IFN-γ", "tnf alpha and ifn gamma"),
        ("Ελληνικά γράμματα", "ελληνικα γραμματα"),
        ("职业倦怠 研究", "职业倦怠 研究"),
    ],
)
def test_text_is_folded_to_its_words(printed: str, folded: str) -> None:
    assert fold(printed) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folded_text_has_single_spaces_and_no_edges(text: str) -> None:
    assert fold(text) == " ".join(fold(text).split())


def test_hyphens_and_spaces_vanish_in_a_compact_title() -> None:
    assert compact(fold("Pre-term birth")) == compact(fold("Preterm birth"))


@pytest.mark.parametrize(
    ("pages", "form"),
    [
        ("244-58", PageForm(244, 258, "")),
        ("1998-2003", PageForm(1998, 2003, "")),
        ("1998–03", PageForm(1998, 1903, "")),
        ("S12-S15", PageForm(12, 15, "s")),
        ("12S-5", PageForm(12, 15, "s")),
        ("S4-76-S4-101", PageForm(76, 101, "s")),
        ("e56122", PageForm(56122, 56122, "e", article=True)),
        ("06-Oct", PageForm(6, 10, "", damaged=True)),
        ("Oct-06", PageForm(6, 10, "", damaged=True)),
        ("2330000000000000", PageForm(-1, -1, "")),
        ("N.PAG", PageForm(-1, -1, "")),
        ("384-91 table of contents", PageForm(384, 391, "")),
    ],
)
def test_pages_are_read_however_they_are_printed(pages: str, form: PageForm) -> None:
    found = page_form(pages, None, None)
    if form.last < form.first:  # a range that cannot be is left as it is, not guessed at
        assert found.first == form.first
    else:
        assert found == form


def test_an_article_number_stands_in_for_pages_even_in_the_issue_field() -> None:
    assert page_form(None, "e56122", None) == page_form(None, None, "e56122")
    assert page_form(None, None, "Suppl 1").first == -1


@pytest.mark.parametrize(
    ("doi", "bare"),
    [
        ("http://dx.doi.org/10.1016/S0167-5273%2898%2900298-8", "10.1016/s0167527398002988"),
        ("doi: 10.1016/s0167-5273(98)00298-8", "10.1016/s0167527398002988"),
        ("10.1002/14651858.CD003235.pub2", "10.1002/14651858cd003235.pub2"),
        ("none", ""),
        (None, ""),
    ],
)
def test_a_doi_is_the_same_however_it_is_written(doi: str | None, bare: str) -> None:
    assert doi_form(doi) == bare


def test_versions_of_a_work_are_told_by_the_end_of_the_doi() -> None:
    assert versioned(doi_form("10.1002/14651858.CD003235.pub2")) == ("10.1002/14651858cd003235", 2)
    assert versioned(doi_form("10.1002/14651858.CD003235")) == ("10.1002/14651858cd003235", 1)


def test_a_pubmed_number_is_found_in_an_address() -> None:
    assert pmid_form(None, ("https://pubmed.ncbi.nlm.nih.gov/12345678/",)) == 12345678
    assert pmid_form("PMID: 99", ()) == 99
    assert pmid_form(None, ("https://example.org/12345678",)) == 0


def test_serial_numbers_are_found_among_other_words() -> None:
    assert issn_forms((), "0008-6363 (Print) 1234567X") == {"00086363", "1234567x"}


def test_preprint_servers_are_known_by_doi_and_by_name() -> None:
    assert is_preprint("10.1101/20200101")
    assert is_preprint_server("medRxiv")
    assert not is_preprint("10.1016/x")
    assert not is_preprint_server("The Lancet")


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("J Mol Cell Cardiol", "Journal of Molecular and Cellular Cardiology", SAME),
        ("JAMA", "Journal of the American Medical Association", SAME),
        ("Natl Med J India", "National Medical Journal of India", SAME),
        ("Circulation", "Circulation. Conference: Scientific Sessions", SAME),
        ("Rinsho Ketsueki", "[Rinsho ketsueki] The Japanese journal of hematology", SAME),
        ("Pediatric Nephrology", "Pediatric Neurology", DIFFERENT),
        ("Heart", "Circulation", DIFFERENT),
        ("Journal of Periodontology", "Journal of Clinical Periodontology", ALIKE),
        ("For. Ecol. Manage.", "Forest Ecology and Management", SAME),
        ("J Hypertens", "Am J Epidemiol", DIFFERENT),
        ("Biol Psychiatry", "Am J Med Genet B Neuropsychiatr Genet", DIFFERENT),
        ("S Afr Med J", "Cardiovascular Journal of Southern Africa", ALIKE),
    ],
)
def test_journals_are_compared_by_their_words(one: str, other: str, relation: int) -> None:
    found = compare_journals(journal_form(one), journal_form(other))
    if relation == DIFFERENT:
        assert found != SAME
    else:
        assert found == relation
    assert found == compare_journals(journal_form(other), journal_form(one))


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("A trial of play therapy. [Review] [88 refs]", "a trial of play therapy"),
        ("A trial of play therapy. Japanese", "a trial of play therapy"),
        (
            "A trial of play therapy [Erratum appears in Foo. 2009;3(2):1 [added]]",
            "a trial of play therapy",
        ),
        ("RETRACTED: A trial of play therapy", "a trial of play therapy"),
        ("A trial of <i>play</i> therapy &amp; talk", "a trial of play therapy talk"),
        ("#NAME?", ""),
    ],
)
def test_remarks_are_no_part_of_a_title(title: str, words: str) -> None:
    assert title_form(title).words == words


def test_a_title_remembers_its_other_language() -> None:
    assert title_form("Ein Titel zu etwas [A title about some thing]").alternative == (
        "a title about some thing"
    )
    assert title_form("Trois petits cochons = Three little pigs").alternative == "three little pigs"


def test_numbers_are_read_as_digits_words_and_roman_numerals() -> None:
    assert title_form("Part II: the second of 3 trials").numbers == {2, 3}
    assert title_form("Part I").numbers == {1}
    assert title_form("A trial I did").numbers == frozenset()


def test_what_repeats_a_title_is_known_for_what_it_is() -> None:
    article = title_form("Play therapy in infancy")
    for title, kind in (
        ("Reply to: Play therapy in infancy", REPLY),
        ("Erratum: Play therapy in infancy", CORRECTION),
        ("Play therapy in infancy (vol 36, pg 54, 2009)", CORRECTION),
        ("Play therapy in infancy (Some Journal (2009) 36 (54-60))", CORRECTION),
    ):
        assert title_form(title).kind == kind
        assert title_form(title).words == article.words


def test_run_together_and_parted_author_lists_have_the_same_words() -> None:
    together = author_form(("Slavin S. A.Lin S. J.",))
    parted = author_form(("Slavin, S. A.", "Lin, S. J."))
    assert together.words == parted.words == "slavin lin"
    assert together.first == parted.first == "slavin"


def test_umlauts_are_one_name_however_written() -> None:
    assert author_form(("Müller, A.",)).words == author_form(("Mueller, A.",)).words


@pytest.mark.parametrize(
    ("volume", "issue", "found"),
    [
        ("19", "2", (19, 2, False)),
        ("16 (1) (no pagination)", None, (16, 1, False)),
        ("7 Suppl 18", None, (7, -1, True)),
        ("Heart and circulatory physiology. 296", "3", (296, 3, False)),
        ("1)", "SUPPL. 1", (-1, 1, True)),
        ("UNKNOWN", "12:00 AM", (-1, -1, False)),
    ],
)
def test_volume_and_issue_are_found_where_exports_put_them(
    volume: str, issue: str | None, found: tuple[int, int, bool]
) -> None:
    form = volume_form(volume, issue)
    assert (form.volume, form.issue, form.supplement) == found
