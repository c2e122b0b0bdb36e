"""What fuzzing found, made small: files whose start tags and records once did not agree, or worse."""

import pytest

from tests.screening.identification.readers.test_robustness import check

FINDINGS = {
    "a row of nothing but an equals sign": b"Title,Auth,Roe A,20 1\nTwo,x,2002\n=",
    "a row of nothing but a quotation mark": b'author\n\t"',
    "a tag of EndNote's that stands inside a line": b"%0%T",
    "a last line that is only a tag of EndNote's": b"%A A\n\n%0",
    "an instruction inside an item of RDF": b"<rdf:RDF xmlns:rdf='r' xmlns:d='d'><d:X><d:title>One</d:title><d:Person><?any?></d:Person></d:X></rdf:RDF>",
    "a title of blanks in Ovid": b"<1. >\nVN  - Ovid Technologies\nTI  - a"
    + b" " * 100_000
    + b"b\n",
    "an author of numbers in Ovid": b"<1. >\nVN  - Ovid Technologies\nAU  - a"
    + b" 1" * 100_000
    + b"x\n",
    "a no-break space behind an element's name": b"<records><rec\xa0resultID='1'><header uiTerm='9'/></rec></records>",
    "a line of PubMed's text between the blank line and a number": b"1. J T. 2020;3:1.\n\nRoe A.\n\nPMID: 1\n\n.\n2. J T. 2021;2:4.",
    "a line end of its own before a number in PubMed's text": b"1. J T. 2020;3:1.\n\nRoe A.\n\nPMID: 1\n\n\r2. J T. 2021;2:4.\n\nDoe B.\n",
    "eight blanks before a number in PubMed's text": b"1. J T. 2020;3:1.\n\nRoe A.\n\nPMID: 1\n        \n2. J T. 2021;2:4.\n\nDoe B.\n",
    "blank lines without end between EndNote's entries": b"%0 Book\n%T a\n" + b"\n" * 100_000,
}


@pytest.mark.parametrize("name", FINDINGS)
def test_what_fuzzing_found_is_survived_and_accounted_for(name: str) -> None:
    check(FINDINGS[name])
