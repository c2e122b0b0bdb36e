"""Rules about where and when each was printed: identifiers, place, volume, year."""

import numpy as np

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
from screening.identification.matching.finding import Finding, doubt
from screening.identification.matching.signs import Signs


def differing_pubmed(evidence: Evidence, signs: Signs) -> Finding:
    """Doubt different PubMed numbers."""
    found = (evidence.pmid == Number.DIFFERENT) & (evidence.doi != Number.SAME)
    return found, found & ~signs.placed


def differing_doi(evidence: Evidence, signs: Signs) -> Finding:
    """Doubt different DOIs."""
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


def differing_place(evidence: Evidence, signs: Signs) -> Finding:
    """Doubt other journals, volumes and pages, taken together."""
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


def differing_volume(evidence: Evidence, signs: Signs) -> Finding:
    """Doubt different volumes."""
    explained = signs.placed & (evidence.journal == Journal.SAME)
    same_pages = np.isin(evidence.pages, (Pages.SAME, Pages.SAME_LONG, Pages.SAME_EDGE))
    explained |= same_pages & (evidence.journal == Journal.SAME)
    found = (evidence.volume == Number.DIFFERENT) & ~signs.identified & ~signs.version & ~explained
    return doubt(found)


def differing_issue(evidence: Evidence, signs: Signs) -> Finding:
    """Doubt different issues of one volume where no pages tell, as of a column's next piece."""
    return doubt(
        (evidence.issue == Number.DIFFERENT)
        & (evidence.pages == Pages.MISSING)
        & ~signs.identified
        & ~signs.version
        & (evidence.abstract != Abstract.SAME)
    )


def differing_year(evidence: Evidence, signs: Signs) -> Finding:
    """Doubt different years."""
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
    same_text = (
        (evidence.journal == Journal.SAME)
        & (evidence.volume == Number.SAME)
        & (evidence.issue != Number.DIFFERENT)
        & (evidence.title == Title.SAME)
        & (evidence.abstract == Abstract.SAME)
        & signs.same_authors
        & ~signs.pages_differ
    )
    one_apart = (evidence.year == Year.ONE_APART) & ~settled & ~signs.placed
    one_apart &= ~same_issue & ~same_text
    one_apart &= ~_ahead_of_print(evidence, signs) & ~_of_one_volume(evidence, signs)
    series = signs.near_title & (evidence.journal == Journal.SAME)
    return apart | one_apart, apart & ~series


def _ahead_of_print(evidence: Evidence, signs: Signs) -> Mask:
    """Return whether nothing but the place is missing, as where one was listed before it was printed."""
    ahead: Mask = evidence.unplaced & (evidence.authors == Authors.SAME)
    return ahead & _alone(evidence, signs)


def _of_one_volume(evidence: Evidence, signs: Signs) -> Mask:
    """Return whether both are of one volume, which some date by its first issue and some by its last."""
    together: Mask = (
        (evidence.volume == Number.SAME)
        & (evidence.issue != Number.DIFFERENT)
        & ~signs.pages_differ
        & signs.same_authors
    )
    return together & _alone(evidence, signs)


def _alone(evidence: Evidence, signs: Signs) -> Mask:
    """Return whether nothing parts the two records of one title in one journal, and there are no more."""
    alone: Mask = (
        (evidence.title == Title.SAME)
        & (evidence.journal == Journal.SAME)
        & ~evidence.shared_title
        & (evidence.doi != Number.DIFFERENT)
        & (evidence.pmid != Number.DIFFERENT)
        & (evidence.abstract != Abstract.DIFFERENT)
        & ~signs.version
    )
    return alone
