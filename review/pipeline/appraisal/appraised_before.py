"""What a file of appraisals says that was said before, for files that are read at every run."""

from collections.abc import Sequence

from appraisal.scores import Appraisal, Consensus
from appraisal.sheet import CONSENSUS
from appraisal.sheet_reading import read_appraisals
from review.pipeline.appraisal.appraise import import_appraisals, known_raters
from review.pipeline.appraisal.units import instrument_of, units
from review.pipeline.project import Project
from review.store import queries
from review.store.events import Appraised, ConsensusReached
from screening.grid import Grid
from screening.problems import Problem, warning


def import_new_appraisals(
    project: Project, grids: Sequence[Grid], actor: str
) -> tuple[int, list[Problem]]:
    """Take in what nobody ever said before, and return how much that was.

    An appraisal that was opened again, or scores that were agreed on anew, since the file was read stay
    so, and a warning names them. Raises WinnowError as `import_appraisals` does.
    """
    instrument = instrument_of(project)
    with project.ledger.read() as conn:
        history = queries.ever_appraised(conn)
    read = read_appraisals(
        grids, instrument, units(project), rater=actor, raters=known_raters(project)
    )
    known: set[tuple[str, str]] = set()
    problems: list[Problem] = []
    for row in read.rows:
        who = CONSENSUS if isinstance(row, Consensus) else row.rater
        said = [
            each
            for name, each in history
            if (each.unit, each.instrument) == (row.unit, instrument.id)
            and (CONSENSUS if isinstance(each, ConsensusReached) else name) == who
        ]
        if not any(_says_no_more(row, each) for each in said):
            continue
        known.add((row.unit, who))
        if not _says_no_more(row, said[-1]):
            problems.append(
                warning(
                    f"appraisal of {row.unit} by {who}",
                    "It was changed since it was read from a file of [inputs]; the change stands. "
                    "Correct the file, or take it in with winnow appraise --import.",
                    row.unit,
                )
            )
    return import_appraisals(project, grids, actor, known=known), problems


def _says_no_more(row: Appraisal | Consensus, said: Appraised | ConsensusReached) -> bool:
    """Return whether a row of a file holds nothing that was not said: it may lack notes and marks."""
    if dict(row.scores) != dict(said.scores) or not row.notes.items() <= said.notes.items():
        return False
    if isinstance(row, Consensus) or isinstance(said, ConsensusReached):
        return True
    marks = {point: str(mark) for point, mark in row.marks.items()}
    return (
        row.complete == said.complete
        and row.pages.items() <= said.pages.items()
        and marks.items() <= {point: str(mark) for point, mark in said.marks.items()}.items()
    )
