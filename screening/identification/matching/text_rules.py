"""Rules about what each says and who says it: titles, authors, abstracts."""

import numpy as np

from screening.identification.matching.evidence import (
    Abstract,
    Authors,
    Evidence,
    Journal,
    Number,
    Pages,
    Title,
    Year,
)
from screening.identification.matching.finding import Finding, doubt
from screening.identification.matching.signs import Signs


def missing_title(evidence: Evidence, _: Signs) -> Finding:
    """Doubt pairs of which a title is missing or damaged."""
    return doubt(evidence.title == Title.MISSING)


def differing_numbers(evidence: Evidence, signs: Signs) -> Finding:
    """Doubt titles with different numbers, as of parts I and II."""
    # Within one spelling ("miR-132-3p", "miR1323p") and at one place they are slips of the keyboard.
    found = evidence.numbers & (evidence.title != Title.SAME) & ~(signs.identified & signs.placed)
    return found, found & ~signs.identified & ~signs.placed


def recurring_title(evidence: Evidence, signs: Signs) -> Finding:
    """Doubt a title that several records bear."""
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
    return doubt(found)


def differing_authors(evidence: Evidence, signs: Signs) -> Finding:
    """Doubt different authors."""
    explained = (
        (signs.identified & signs.placed & (evidence.title <= Title.WITHIN))
        | (signs.identified & signs.near_title)
        | (signs.exact & (evidence.journal == Journal.SAME) & (evidence.title == Title.SAME))
        | signs.version
    )
    found = (evidence.authors == Authors.DIFFERENT) & ~explained
    return found, found & ~signs.placed & ~signs.identified


def differing_title(evidence: Evidence, signs: Signs) -> Finding:
    """Doubt titles that differ in more than spelling."""
    title, doi = evidence.title, evidence.doi
    readable = title <= Title.WITHIN
    # A translation keeps the DOI and has whole pages of its own in the same issue.
    printed_twice = (
        (evidence.pages == Pages.DIFFERENT_LONG)
        & (evidence.issue == Number.SAME)
        & signs.same_authors
        & (evidence.year == Year.SAME)
    )
    # Within whole pages a word in place of another is a correction; else it is another publication's,
    # as of two abstracts that share a page, or the DOI of their supplement.
    told = ~evidence.substituted
    by_identifier = (
        signs.identified
        & told
        & readable
        & (~signs.pages_differ | printed_twice)
        & (evidence.volume != Number.DIFFERENT)
        & signs.journal_fits
        & (evidence.abstract != Abstract.DIFFERENT)
        & (signs.same_first_author | (evidence.authors == Authors.MISSING) | signs.placed)
    )
    by_place = signs.placed & told & readable & signs.same_first_author & (doi != Number.DIFFERENT)
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
    # Titles in two languages cannot be compared: the pages or the text must speak for them.
    translated = (
        evidence.translated
        & (evidence.issue != Number.DIFFERENT)
        & (signs.exact_article | np.isin(evidence.abstract, (Abstract.SAME, Abstract.SIMILAR)))
    )
    by_article = (
        signs.exact
        & signs.same_authors
        & (evidence.year == Year.SAME)
        & (doi != Number.DIFFERENT)
        & (
            translated
            | (signs.exact_article & (signs.identified | (evidence.issue == Number.SAME)))
            | spanning
            | ((title == Title.LOOSE) & told & (evidence.issue != Number.DIFFERENT))
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


def short_title(evidence: Evidence, signs: Signs) -> Finding:
    """Doubt one title of few words, as columns and editorials have."""
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
        | (
            # The name of the journal is all that is missing.
            (evidence.pages == Pages.SAME_LONG)
            & (evidence.volume == Number.SAME)
            & (evidence.journal == Journal.MISSING)
            & signs.same_authors
        )
    )
    alone = (
        signs.placed
        & same_journal
        & signs.same_authors
        & (evidence.doi != Number.DIFFERENT)
        & ~evidence.shared_title
    )
    other_issue = (evidence.issue == Number.DIFFERENT) & ~same_text & ~alone
    return doubt(short & (~certain | other_issue))


def differing_abstract(evidence: Evidence, signs: Signs) -> Finding:
    """Doubt different abstracts."""
    explained = signs.placed | signs.version | (signs.identified & signs.same_title)
    return doubt((evidence.abstract == Abstract.DIFFERENT) & ~explained)
