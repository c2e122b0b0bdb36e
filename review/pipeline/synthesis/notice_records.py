"""Records of their own that look like notices on included reports."""

from dataclasses import dataclass
from itertools import product

from review.pipeline.project import Project
from review.store import queries
from screening.notices import BEGINNINGS, NoticeStatus, notice_on


@dataclass(frozen=True, slots=True)
class MayBeNotice:
    """A record of its own that may be a notice on an included report."""

    report: str
    record: str
    title: str
    source: str
    status: NoticeStatus

    @property
    def words(self) -> str:
        """Return how a person finds it: its key, title and source."""
        return f"{self.record}: {self.title} ({self.source})"


def suggested_notices(project: Project) -> list[MayBeNotice]:
    """Return the records that look like notices on included reports, for a person to read.

    Nothing follows from them by itself: a title can be repeated by what is no notice.
    """
    names = {source.id: source.describe() for source in project.protocol.sources}
    found = []
    with project.ledger.read() as conn:
        reports = queries.included_reports(conn)
        keys = queries.titles_beginning(conn, BEGINNINGS) if reports else []
        for key in keys:
            others = [line for line in reports if line.key != key]
            for each, line in product(queries.verbatim_records(conn, key), others):
                status = notice_on(each.record, line.reference.fields)
                if status is not None:
                    report = line.standing.report_key or line.key
                    title = each.record.fields.title or ""
                    source = names.get(each.source, each.source)
                    found.append(MayBeNotice(report, each.key, title, source, status))
    return found


def suggested_by_report(project: Project) -> dict[str, str]:
    """Return in words what may be a notice on each included report, by report key."""
    found: dict[str, list[str]] = {}
    for each in suggested_notices(project):
        found.setdefault(each.report, []).append(each.words)
    return {report: "\n".join(words) for report, words in found.items()}
