"""What speaks against a merge, however high the score: each rule doubts pairs or rules them out.

A rule sees the evidence of all pairs at once and returns those it doubts, which a person must look
at, and those among them it rules out. Missing is never a mismatch: a rule needs two values that differ.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from screening.identification.matching.evidence import (
    Abstract,
    Authors,
    Evidence,
    Journal,
    Mask,
    Number,
    Pages,
    Title,
    Year,
)
from screening.identification.matching.policy import DedupePolicy
from screening.identification.matching.signs import Signs

Finding = tuple[Mask, Mask]
"""Pairs doubted, and pairs ruled out."""

Check = Callable[[Evidence, Signs], Finding]


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason not to merge: its sentence for a reviewer and its check.

    `handling` names the field of the policy that decides what becomes of what the check finds.
    """

    sentence: str
    check: Check
    handling: str = ""


def _doubt(found: Mask) -> Finding:
    return found, np.zeros_like(found)


def _missing_title(evidence: Evidence, _: Signs) -> Finding:
    return _doubt(evidence.title == Title.MISSING)


def _numbers(evidence: Evidence, signs: Signs) -> Finding:
    # Within one spelling ("miR-132-3p", "miR1323p") and at one place they are slips of the keyboard.
    found = evidence.numbers & (evidence.title != Title.SAME) & ~(signs.identified & signs.placed)
    return found, found & ~signs.identified & ~signs.placed


def _kind(evidence: Evidence, signs: Signs) -> Finding:
    # A note about an article never fills its pages.
    found = evidence.kind & ~(signs.identified & signs.placed) & ~signs.exact_article
    return found, found & ~signs.placed


def _versions(_: Evidence, signs: Signs) -> Finding:
    return _doubt(signs.version)


def _pubmed(evidence: Evidence, signs: Signs) -> Finding:
    found = (evidence.pmid == Number.DIFFERENT) & (evidence.doi != Number.SAME)
    return found, found & ~signs.placed


def _doi(evidence: Evidence, signs: Signs) -> Finding:
    # Some articles have two DOIs, or one mistyped: then all else must be the same.
    same_journal = evidence.journal == Journal.SAME
    same_text = evidence.abstract == Abstract.SAME
    steady = signs.same_authors & (evidence.issue != Number.DIFFERENT)
    telling = (evidence.title != Title.SHORT) | same_text | (evidence.issue == Number.SAME)
    explained = (
        signs.one_article
        | (signs.exact & same_journal & signs.near_title & steady & telling)
        | (signs.placed & same_journal & (evidence.title == Title.SAME) & steady)
        | (
            (evidence.title == Title.SAME)
            & signs.same_authors
            & same_text
            & same_journal
            & (evidence.volume == Number.SAME)
            & ~signs.pages_differ
        )
    )
    found = (evidence.doi == Number.DIFFERENT) & ~signs.version & ~explained
    differing = (signs.elsewhere > 0) | (evidence.year == Year.APART)
    return found, found & (differing | (evidence.issue == Number.DIFFERENT))


def _place(evidence: Evidence, signs: Signs) -> Finding:
    # Pages are mistyped: a whole article of this title stands only once in an issue, and so does a
    # short piece, but not a short piece beside a whole article.
    mistyped = (
        (evidence.title == Title.SAME)
        & (
            (evidence.authors == Authors.SAME)
            | (signs.same_authors & (evidence.abstract == Abstract.SAME))
        )
        & (evidence.year == Year.SAME)
        & (evidence.journal == Journal.SAME)
        & (evidence.volume == Number.SAME)
        & (evidence.issue != Number.DIFFERENT)
        & np.isin(evidence.pages, (Pages.DIFFERENT_LONG, Pages.DIFFERENT_SHORT))
        & (evidence.abstract != Abstract.DIFFERENT)
        & (evidence.doi != Number.DIFFERENT)
        & (evidence.pmid != Number.DIFFERENT)
        & ~evidence.translated
    )
    alone = ~signs.identified & ~signs.version
    found = (
        ((signs.elsewhere > 0) & alone & ~mistyped)
        | ((signs.elsewhere > 1) & signs.identified)
        | ((evidence.pages == Pages.WITHIN) & ~signs.identified)
    )
    return found, (signs.elsewhere > 1) & alone


def _volume(evidence: Evidence, signs: Signs) -> Finding:
    explained = signs.placed & (evidence.journal == Journal.SAME)
    same_pages = np.isin(evidence.pages, (Pages.SAME, Pages.SAME_LONG, Pages.SAME_EDGE))
    explained |= same_pages & (evidence.journal == Journal.SAME)
    found = (evidence.volume == Number.DIFFERENT) & ~signs.identified & ~signs.version & ~explained
    return _doubt(found)


def _recurring_title(evidence: Evidence, signs: Signs) -> Finding:
    # Columns and yearly reports: one title and author, another issue, no pages to tell them by.
    other_issue = (evidence.issue == Number.DIFFERENT) | (evidence.title == Title.SHORT)
    found = (
        evidence.shared_title
        & other_issue
        & ~signs.identified
        & ~signs.placed
        & ~signs.version
        & (evidence.abstract != Abstract.SAME)
    )
    return _doubt(found)


def _year(evidence: Evidence, signs: Signs) -> Finding:
    settled = signs.identified | signs.version
    same_volume = signs.placed & (evidence.volume == Number.SAME)
    apart = (evidence.year == Year.APART) & ~settled & ~same_volume
    same_issue = (
        (evidence.journal == Journal.SAME)
        & (evidence.volume == Number.SAME)
        & (evidence.issue == Number.SAME)
        & signs.near_title
        & signs.same_authors
    )
    one_apart = (evidence.year == Year.ONE_APART) & ~settled & ~signs.placed
    one_apart &= ~same_issue & ~_ahead_of_print(evidence, signs)
    series = signs.near_title & (evidence.journal == Journal.SAME)
    return apart | one_apart, apart & ~series


def _ahead_of_print(evidence: Evidence, signs: Signs) -> Mask:
    """Return whether nothing but the place is missing, as where one was listed before it was printed."""
    alike = (
        evidence.unplaced
        & (evidence.title == Title.SAME)
        & (evidence.authors == Authors.SAME)
        & (evidence.journal == Journal.SAME)
    )
    free: Mask = (
        alike
        & ~evidence.shared_title
        & (evidence.doi != Number.DIFFERENT)
        & (evidence.pmid != Number.DIFFERENT)
        & (evidence.abstract != Abstract.DIFFERENT)
    )
    return free & ~signs.version


def _authors(evidence: Evidence, signs: Signs) -> Finding:
    explained = (
        (signs.identified & signs.placed & (evidence.title <= Title.WITHIN))
        | (signs.identified & signs.near_title)
        | (signs.exact & (evidence.journal == Journal.SAME) & (evidence.title == Title.SAME))
        | signs.version
    )
    found = (evidence.authors == Authors.DIFFERENT) & ~explained
    return found, found & ~signs.placed & ~signs.identified


def _title(evidence: Evidence, signs: Signs) -> Finding:
    title, doi = evidence.title, evidence.doi
    readable = title <= Title.WITHIN
    # A translation keeps the DOI and has whole pages of its own in the same issue.
    printed_twice = (
        (evidence.pages == Pages.DIFFERENT_LONG)
        & (evidence.issue == Number.SAME)
        & signs.same_authors
        & (evidence.year == Year.SAME)
    )
    by_identifier = (
        signs.identified
        & readable
        & (~signs.pages_differ | printed_twice)
        & (evidence.volume != Number.DIFFERENT)
        & signs.journal_fits
        & (evidence.abstract != Abstract.DIFFERENT)
        & (signs.same_first_author | (evidence.authors == Authors.MISSING) | signs.placed)
    )
    by_place = signs.placed & readable & signs.same_first_author & (doi != Number.DIFFERENT)
    by_heading = (
        evidence.headed
        & (evidence.authors == Authors.SAME)
        & (evidence.year == Year.SAME)
        & (evidence.journal == Journal.SAME)
        & (signs.elsewhere == 0)
        & (evidence.issue != Number.DIFFERENT)
        & (doi != Number.DIFFERENT)
        & (evidence.abstract != Abstract.DIFFERENT)
        & ~evidence.kind
        & ~evidence.shared_title
    )
    nameless = (
        signs.exact_article
        & evidence.translated
        & (evidence.authors == Authors.MISSING)
        & (evidence.year == Year.SAME)
        & (doi != Number.DIFFERENT)
    )
    spanning = (
        evidence.spans
        & (evidence.issue == Number.SAME)
        & (evidence.authors == Authors.SAME)
        & ~evidence.kind
    )
    by_article = (
        signs.exact
        & signs.same_authors
        & (evidence.year == Year.SAME)
        & (doi != Number.DIFFERENT)
        & (
            evidence.translated
            | (signs.exact_article & (signs.identified | (evidence.issue == Number.SAME)))
            | spanning
            | ((title == Title.LOOSE) & (evidence.issue != Number.DIFFERENT))
        )
    )
    by_number = (
        (evidence.pages == Pages.SAME_ARTICLE)
        & (evidence.journal == Journal.SAME)
        & signs.identified
        & signs.same_authors
        & (evidence.issue != Number.DIFFERENT)
    )
    # Versions of one work under another title are for a person to see.
    explained = by_identifier | by_place | by_article | by_number | by_heading | nameless
    explained |= signs.one_article
    # A title may change between acceptance and print.
    reworded = (
        (title == Title.LOOSE)
        & evidence.unplaced
        & (evidence.authors == Authors.SAME)
        & (evidence.journal == Journal.SAME)
        & (evidence.year == Year.SAME)
    )
    found = (title >= Title.SIMILAR) & ~explained
    return found, found & (title >= Title.LOOSE) & ~signs.placed & ~signs.identified & ~reworded


def _short_title(evidence: Evidence, signs: Signs) -> Finding:
    same_journal = evidence.journal == Journal.SAME
    same_text = evidence.abstract == Abstract.SAME
    short = (evidence.title == Title.SHORT) & ~signs.identified
    certain = (
        (same_text & same_journal & (evidence.volume != Number.DIFFERENT))
        | (signs.placed & signs.journal_fits & signs.same_authors)
        | (
            ~evidence.shared_title
            & signs.same_authors
            & (evidence.year == Year.SAME)
            & signs.journal_fits
        )
        | signs.version
    )
    alone = (
        signs.placed
        & same_journal
        & signs.same_authors
        & (evidence.doi != Number.DIFFERENT)
        & ~evidence.shared_title
    )
    other_issue = (evidence.issue == Number.DIFFERENT) & ~same_text & ~alone
    return _doubt(short & (~certain | other_issue))


def _meeting(evidence: Evidence, signs: Signs) -> Finding:
    found = (
        evidence.meeting & ~signs.placed & ~signs.identified & (evidence.abstract != Abstract.SAME)
    )
    return _doubt(found)


def _preprint(evidence: Evidence, signs: Signs) -> Finding:
    return _doubt(evidence.preprint & ~signs.identified & ~signs.placed)


def _abstract(evidence: Evidence, signs: Signs) -> Finding:
    explained = signs.placed | signs.version | (signs.identified & signs.same_title)
    return _doubt((evidence.abstract == Abstract.DIFFERENT) & ~explained)


RULES = (
    Rule("a title is missing or damaged", _missing_title),
    Rule("the titles have different numbers", _numbers),
    Rule("one is a reply, comment, correction, retraction or protocol of the other", _kind),
    Rule("they are versions of one work", _versions, "versions"),
    Rule("the PubMed numbers differ", _pubmed),
    Rule("the DOIs differ", _doi),
    Rule("they were printed in different places", _place),
    Rule("the volumes differ", _volume),
    Rule("several records bear this title", _recurring_title),
    Rule("the years differ", _year),
    Rule("the authors differ", _authors),
    Rule("the titles differ", _title),
    Rule("the title is too short to tell", _short_title),
    Rule("one is a meeting abstract", _meeting, "conference_abstracts"),
    Rule("one is a preprint", _preprint, "preprints"),
    Rule("the abstracts differ", _abstract),
)
"""In the order in which a reviewer is told of them."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say of each pair: doubted, ruled out, and the first rule that did (-1: none)."""

    doubted: Mask
    ruled_out: Mask
    rule: NDArray[np.int8]


def judge(evidence: Evidence, signs: Signs, policy: DedupePolicy) -> Judgement:
    """Apply every rule to every pair."""
    doubted = np.zeros(len(evidence), dtype=bool)
    ruled_out = np.zeros(len(evidence), dtype=bool)
    first = np.full(len(evidence), -1, dtype=np.int8)
    for position, rule in enumerate(RULES):
        found, out = rule.check(evidence, signs)
        handling = getattr(policy, rule.handling) if rule.handling else "review"
        if handling == "merge":
            continue
        if handling == "apart":
            out = out | found
        first[(found | out) & (first < 0)] = position
        doubted |= found | out
        ruled_out |= out
    return Judgement(doubted, ruled_out, first)
