"""What the evidence adds up to: the few facts about a pair that the rules speak of."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from screening.identification.matching.evidence import (
    Authors,
    Evidence,
    Journal,
    Mask,
    Number,
    Pages,
    Title,
    Year,
)


@dataclass(frozen=True, slots=True)
class Signs:
    """Facts about each pair, true or false.

    `identified`: same DOI, PubMed number or trial. `placed`: same start or end page in the same volume, or in
    the same journal where a volume is missing. `exact`: same pages in the same volume of (about) the
    same journal; `exact_article`: so for three pages or more, which two publications cannot share
    within one issue; `one_article`: so by the same authors in the same issue, with alike titles. `elsewhere` counts what of journal, volume and pages differs. `version`: two
    versions of one work, by DOI or by the article number that a later year repeats.
    """

    identified: Mask
    placed: Mask
    exact: Mask
    exact_article: Mask
    one_article: Mask
    same_title: Mask
    near_title: Mask
    same_authors: Mask
    same_first_author: Mask
    journal_fits: Mask
    pages_differ: Mask
    elsewhere: NDArray[np.int8]
    version: Mask


def signs(evidence: Evidence) -> Signs:
    """Return the signs of each pair."""
    journal, volume, pages = evidence.journal, evidence.volume, evidence.pages
    identified = (evidence.doi == Number.SAME) | (evidence.pmid == Number.SAME) | evidence.entry
    journal_fits = (journal == Journal.SAME) | (journal == Journal.ALIKE)
    pages_agree = np.isin(pages, (Pages.SAME, Pages.SAME_LONG, Pages.SAME_EDGE, Pages.SAME_ARTICLE))
    pages_differ = np.isin(pages, (Pages.DIFFERENT, Pages.DIFFERENT_LONG, Pages.DIFFERENT_SHORT))
    same_volume = volume == Number.SAME
    whole = np.isin(pages, (Pages.SAME, Pages.SAME_LONG, Pages.SAME_ARTICLE))
    one_word = np.isin(evidence.title, (Title.SAME, Title.SHORT))
    same_authors = np.isin(evidence.authors, (Authors.SAME, Authors.SIMILAR))
    exact_article = (pages == Pages.SAME_LONG) & same_volume & journal_fits
    in_one_issue = (
        same_volume
        & (evidence.issue == Number.SAME)
        & ~pages_differ
        & (evidence.title == Title.SAME)
        & (evidence.authors == Authors.SAME)
        & (evidence.year == Year.SAME)
    )
    # A translated or renamed journal keeps its volumes and pages.
    # Nor do two journals print one title on the same pages in the middle of a volume.
    unnumbered = (
        (volume == Number.MISSING)
        & (pages == Pages.SAME_LONG)
        & evidence.spans
        & (evidence.issue != Number.DIFFERENT)
        & (evidence.title == Title.SAME)
        & (evidence.authors == Authors.SAME)
        & (evidence.year == Year.SAME)
    )
    renamed = (journal == Journal.DIFFERENT) & (
        (same_volume & pages_agree) | in_one_issue | unnumbered
    )
    elsewhere = (
        pages_differ.astype(np.int8)
        + ((volume == Number.DIFFERENT) & ~pages_agree)
        + ((journal == Journal.DIFFERENT) & ~renamed)
    )
    return Signs(
        identified=identified,
        placed=pages_agree & (same_volume | ((volume == Number.MISSING) & journal_fits)),
        exact=whole & same_volume & journal_fits,
        exact_article=exact_article,
        one_article=exact_article
        & same_authors
        & (evidence.issue == Number.SAME)
        & (evidence.title <= Title.WITHIN)
        & (evidence.title != Title.MISSING),
        same_title=one_word,
        near_title=one_word | (evidence.title == Title.MISSPELT),
        same_authors=same_authors,
        same_first_author=same_authors | (evidence.authors == Authors.FIRST),
        journal_fits=journal_fits,
        pages_differ=pages_differ,
        elsewhere=elsewhere,
        version=evidence.version
        | (
            (pages == Pages.SAME_ARTICLE)
            & journal_fits
            & np.isin(evidence.year, (Year.ONE_APART, Year.APART))
            & (evidence.doi != Number.SAME)
            & (volume != Number.SAME)
        ),
    )
