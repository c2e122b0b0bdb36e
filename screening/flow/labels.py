"""The official wording and unit of every count of the PRISMA 2020 templates, as data.

Wording as in the templates (Page et al. 2021, doi:10.1136/bmj.n71); counts the templates have no box
for (late duplicates, references left unscreened, open categories) are worded in the same manner.
"""

from dataclasses import dataclass

from screening.flow.values import Template


@dataclass(frozen=True, slots=True)
class Label:
    """How a count is worded, and what it is a number of: "records", "reports" or "studies"."""

    text: str
    unit: str
    updated: str = ""

    def of(self, template: Template) -> str:
        """Return the wording for a new or an updated review."""
        return self.updated if template.updated and self.updated else self.text


LABELS: dict[str, Label] = {
    "previous_studies": Label("Studies included in previous version of review", "studies"),
    "previous_reports": Label(
        "Reports of studies included in previous version of review", "reports"
    ),
    "databases": Label("Databases", "records"),
    "registers": Label("Registers", "records"),
    "duplicates": Label("Duplicate records removed", "records"),
    "automation": Label("Records marked as ineligible by automation tools", "records"),
    "other_removed": Label("Records removed for other reasons", "records"),
    "unscreened": Label("Records not screened: screening stopped early", "records"),
    "screened": Label("Records screened", "records"),
    "records_excluded": Label("Records excluded", "records"),
    "records_excluded_by_human": Label("Records excluded by a human", "records"),
    "records_excluded_by_automation": Label("Records excluded by automation tools", "records"),
    "dbr_sought": Label("Reports sought for retrieval", "reports"),
    "dbr_not_retrieved": Label("Reports not retrieved", "reports"),
    "late_duplicates": Label("Duplicate reports found after retrieval was sought", "reports"),
    "dbr_assessed": Label("Reports assessed for eligibility", "reports"),
    "dbr_excluded": Label("Reports excluded", "reports"),
    "websites": Label("Websites", "records"),
    "organisations": Label("Organisations", "records"),
    "citations": Label("Citation searching", "records"),
    "other_not_sought": Label("Duplicate records and records set aside", "records"),
    "other_sought": Label("Reports sought for retrieval", "reports"),
    "other_not_retrieved": Label("Reports not retrieved", "reports"),
    "other_assessed": Label("Reports assessed for eligibility", "reports"),
    "other_excluded": Label("Reports excluded", "reports"),
    "awaiting_classification": Label("Reports awaiting classification", "reports"),
    "ongoing": Label("Reports of ongoing studies", "reports"),
    "dbr_awaiting_classification": Label("Reports awaiting classification", "reports"),
    "dbr_ongoing": Label("Reports of ongoing studies", "reports"),
    "other_awaiting_classification": Label("Reports awaiting classification", "reports"),
    "other_ongoing": Label("Reports of ongoing studies", "reports"),
    "studies": Label("Studies included in review", "studies", "New studies included in review"),
    "reports": Label("Reports of included studies", "reports", "Reports of new included studies"),
    "total_studies": Label("Total studies included in review", "studies"),
    "total_reports": Label("Reports of total included studies", "reports"),
    "total_studies_ma": Label("Total studies included in meta-analysis", "studies"),
    "total_reports_ma": Label("Reports of total included studies in meta-analysis", "reports"),
    "appraised": Label("Reports appraised", "reports"),
    "synthesised": Label("Studies included in narrative synthesis", "studies"),
}

HEADERS: dict[str, Label] = {
    "previous": Label("Previous studies", ""),
    "dbr": Label(
        "Identification of studies via databases and registers",
        "",
        "Identification of new studies via databases and registers",
    ),
    "other": Label(
        "Identification of studies via other methods",
        "",
        "Identification of new studies via other methods",
    ),
}
