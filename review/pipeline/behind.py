"""The references behind each count of the flow, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from review.pipeline.flow import reason_names
from review.pipeline.project import Project
from review.store import queries
from review.store.queries import ReferenceFilter, ReferenceLine
from screening.flow.labels import LABELS
from screening.records import Category, SourceKind

_SETTLED = ("include", "exclude")
_SOUGHT = ("pending", "retrieved", "not_retrieved")
_CATEGORIES = tuple(str(category) for category in Category)
# A final category outranks the verdict: such reports are listed apart.
_BY_VERDICT_ALONE = ("reports", "studies", "dbr_excluded", "other_excluded")
_FILTERS: Mapping[str, ReferenceFilter] = {
    "duplicates": ReferenceFilter(merged=True),
    "late_duplicates": ReferenceFilter(merged=True),
    "automation": ReferenceFilter(removed="automation"),
    "other_removed": ReferenceFilter(removed="other"),
    "screened": ReferenceFilter(lane="dbr", title_abstract=_SETTLED),
    "records_excluded": ReferenceFilter(lane="dbr", title_abstract=("exclude",)),
    "unscreened": ReferenceFilter(lane="dbr", title_abstract=("unscreened",)),
    "dbr_sought": ReferenceFilter(lane="dbr", retrieval=_SOUGHT),
    "dbr_not_retrieved": ReferenceFilter(lane="dbr", retrieval=("not_retrieved",)),
    "dbr_assessed": ReferenceFilter(lane="dbr", full_text=_SETTLED),
    "dbr_excluded": ReferenceFilter(lane="dbr", full_text=("exclude",)),
    "other_sought": ReferenceFilter(lane="other", retrieval=_SOUGHT),
    "other_not_retrieved": ReferenceFilter(lane="other", retrieval=("not_retrieved",)),
    "other_assessed": ReferenceFilter(lane="other", full_text=_SETTLED),
    "other_excluded": ReferenceFilter(lane="other", full_text=("exclude",)),
    "reports": ReferenceFilter(full_text=("include",)),
    "studies": ReferenceFilter(full_text=("include",)),
    "awaiting_classification": ReferenceFilter(category=str(Category.AWAITING)),
    "ongoing": ReferenceFilter(category=str(Category.ONGOING)),
}
_BY_KIND: Mapping[str, SourceKind] = {
    "databases": SourceKind.DATABASE,
    "registers": SourceKind.REGISTER,
    "websites": SourceKind.WEBSITE,
    "organisations": SourceKind.ORGANISATION,
    "citations": SourceKind.CITATION_SEARCHING,
}
_BY_REASON = ("dbr_excluded_reasons", "other_excluded_reasons", "title_abstract_reasons")
_BY_SOURCE = ("database_specific", "register_specific", "other_sources")


@dataclass(frozen=True, slots=True)
class Behind:
    """One page of the references that a count is about, and how many there are in all.

    A count of records has fewer references behind it where records were merged.
    """

    words: str
    unit: str
    references: tuple[ReferenceLine, ...]
    number: int


def has_list(count: str) -> bool:
    """Return whether a count, or a part of one ("whole/label"), is about references."""
    whole, _, part = count.partition("/")
    return whole in (_BY_REASON + _BY_SOURCE if part else (*_FILTERS, *_BY_KIND))


def behind(project: Project, count: str, *, limit: int, offset: int = 0) -> Behind | None:
    """Return a page of the references behind a count, or None where it is about none."""
    if not has_list(count):
        return None
    whole, _, part = count.partition("/")
    wanted = _filters(project, whole, part)
    label = LABELS.get(whole)
    words = part or (label.text if label else whole)
    unit = label.unit if label else "records"
    if whole in _BY_REASON and not whole.startswith("title_abstract"):
        unit = "reports"
    verdict_alone = whole.removesuffix("_reasons") in _BY_VERDICT_ALONE
    with project.ledger.read() as conn:
        if len(wanted) == 1 and not verdict_alone:
            lines = queries.references(conn, wanted[0], limit=limit, offset=offset)
            number = queries.count_references(conn, wanted[0])
        else:
            found = {
                line.key: line
                for each in wanted
                for line in queries.references(conn, each)
                if not (verdict_alone and line.standing.category)
            }
            lines, number = list(found.values())[offset : offset + limit], len(found)
    return Behind(words, unit, tuple(lines), number)


def _filters(project: Project, whole: str, part: str) -> Sequence[ReferenceFilter]:
    if whole in _BY_REASON:
        ids = [name for name, label in reason_names(project).items() if label == part]
        return [_excluded_for(whole, name) for name in ids]
    if whole in _BY_SOURCE:
        return [
            ReferenceFilter(source=source.id)
            for source in project.protocol.sources
            if part in (source.describe(), source.name)
        ]
    if whole in _BY_KIND:
        return [
            ReferenceFilter(source=source.id)
            for source in project.protocol.sources
            if source.kind is _BY_KIND[whole]
        ]
    if whole.endswith("_assessed"):
        lane = _FILTERS[whole].lane
        apart = [
            ReferenceFilter(lane=lane, category=each, retrieval=("retrieved",))
            for each in _CATEGORIES
        ]
        return [_FILTERS[whole], *apart]
    return [_FILTERS[whole]]


def _excluded_for(whole: str, reason: str) -> ReferenceFilter:
    if whole == "title_abstract_reasons":
        return replace(_FILTERS["records_excluded"], title_abstract_reason=reason)
    return replace(_FILTERS[whole.removesuffix("_reasons")], reason=reason)
