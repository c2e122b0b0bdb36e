"""The results package: methods, results, tables and checklists composed from what the ledger knows."""

from pydantic import BaseModel, ConfigDict


class ReportSection(BaseModel):
    """The [report] section of review.toml.

    `style` is that of citations and tables. `title` stands on the first page in place of the
    review's. `leave_out` names the places for the authors' own text that they do not want.
    `text_file` is the file beside review.toml in which that text lives.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    style: str = "apa"
    title: str = ""
    text_file: str = "report-text.md"
    leave_out: tuple[str, ...] = ()
