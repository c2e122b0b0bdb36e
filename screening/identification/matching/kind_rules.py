"""Rules about what kind of document each is: reply, correction, version, meeting abstract, preprint, registry entry."""

from screening.identification.matching.evidence import Abstract, Evidence
from screening.identification.matching.finding import Finding, doubt
from screening.identification.matching.signs import Signs


def reply_or_correction(evidence: Evidence, signs: Signs) -> Finding:
    """Doubt a reply, comment, correction or protocol beside what it is about."""
    # A note about an article never fills its pages.
    found = evidence.kind & ~(signs.identified & signs.placed) & ~signs.exact_article
    return found, found & ~signs.placed


def versions(_: Evidence, signs: Signs) -> Finding:
    """Doubt two versions of one work, as of a Cochrane review."""
    return doubt(signs.version)


def meeting_abstract(evidence: Evidence, signs: Signs) -> Finding:
    """Doubt pairs of which one is a meeting abstract."""
    found = (
        evidence.meeting & ~signs.placed & ~signs.identified & (evidence.abstract != Abstract.SAME)
    )
    return doubt(found)


def registry_entry(evidence: Evidence, signs: Signs) -> Finding:
    """Doubt the entry of a trial registry beside an article, and entries of different trials."""
    return doubt(evidence.registry & ~signs.identified & ~signs.placed)


def preprint(evidence: Evidence, signs: Signs) -> Finding:
    """Doubt pairs of which one is a preprint."""
    return doubt(evidence.preprint & ~signs.identified & ~signs.placed)


def other_sort(evidence: Evidence, signs: Signs) -> Finding:
    """Doubt a thesis or deposited data beside what is printed of it."""
    return doubt(evidence.sort & ~signs.identified)
