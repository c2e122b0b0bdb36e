"""The worksheets an author filled in, as they stand: narrative synthesis, GRADE, missing results."""

from collections.abc import Mapping, Sequence

from synthesis import trace
from synthesis.row import Row as Entered
from synthesis.section import Domain
from synthesis.tables.table import Cell, Column, Kind, Row, Table
from synthesis.worksheets import GradeJudgement, MissingResults, PopayElement, PopayNote


def popay_table(notes: Sequence[PopayNote], domains: Mapping[str, Domain]) -> Table:
    """Return the answers to the questions of a narrative synthesis (Popay et al. 2006), by element."""
    rows = [
        _row(each, (_capital(element), each.question, _name(each.domain, domains), each.answer))
        for element in PopayElement
        for each in notes
        if each.element is element
    ]
    return Table(
        id="popay",
        title="Elements of the narrative synthesis",
        columns=(
            Column("element", "Element", width=1.2),
            Column("question", "Question", width=2.2),
            Column("domain", "Domain", width=1.2, optional=True),
            Column("answer", "Answer", width=3.5),
        ),
        rows=tuple(rows),
        unit="question",
    )


def grade_table(judgements: Sequence[GradeJudgement], domains: Mapping[str, Domain]) -> Table:
    """Return each judgement of certainty with the levels behind it (GRADE; Guyatt et al. 2011).

    The certainty is the author's choice; where the levels add up to another one, both are shown.
    """
    rows = []
    for each in judgements:
        certainty = str(each.certainty)
        if each.certainty is not each.counted:
            certainty += f" (levels: {each.counted})"
        levels = [-getattr(each, name) for name in _DOWN] + [getattr(each, name) for name in _UP]
        texts = (
            _name(each.domain, domains),
            each.outcome,
            each.start,
            *(f"{level:+d}".replace("-", "\N{MINUS SIGN}") if level else "" for level in levels),
            certainty,
            each.explanation,
        )
        rows.append(_row(each, texts, key=each.domain))
    return Table(
        id="grade",
        title="Certainty of the evidence and the levels behind it (GRADE)",
        columns=(
            Column("domain", "Domain", width=1.6),
            Column("outcome", "Outcome", width=1.3, optional=True),
            Column("start", "Start", width=0.7),
            *(
                Column(name, label, Kind.NUMBER, optional=True)
                for name, label in (_DOWN | _UP).items()
            ),
            Column("certainty", "Certainty", width=1.1),
            Column("explanation", "Why", width=2.2, optional=True),
        ),
        rows=tuple(rows),
        landscape=True,
        unit="domain",
    )


def missing_results_table(
    judgements: Sequence[MissingResults], domains: Mapping[str, Domain]
) -> Table:
    """Return what is known and suspected of results that are missing because of what they were."""
    rows = [
        _row(
            each,
            (
                _name(each.domain, domains),
                each.outcome,
                each.known,
                each.suspected,
                each.judgement,
                each.explanation,
            ),
            key=each.domain,
        )
        for each in judgements
    ]
    return Table(
        id="missing_results",
        title="Risk of bias from missing results",
        columns=(
            Column("domain", "Domain", width=1.5),
            Column("outcome", "Outcome", width=1.3, optional=True),
            Column("known", "Known to be missing", width=1.8, optional=True),
            Column("suspected", "Suspected", width=1.8, optional=True),
            Column("judgement", "Judgement"),
            Column("explanation", "Why", width=2, optional=True),
        ),
        rows=tuple(rows),
        landscape=True,
        unit="domain",
    )


_DOWN = {
    "risk_of_bias": "Risk of bias",
    "inconsistency": "Inconsistency",
    "indirectness": "Indirectness",
    "imprecision": "Imprecision",
    "publication_bias": "Publication bias",
}
_UP = {
    "large_effect": "Large effect",
    "dose_response": "Dose response",
    "confounding": "Opposing confounding",
}


def _row(entered: Entered, texts: Sequence[str], *, key: str = "") -> Row:
    source = trace.of_entry(entered.sheet, entered.key)
    return Row(tuple(Cell(text, source=source) for text in texts), key=key or entered.key)


def _name(domain: str, domains: Mapping[str, Domain]) -> str:
    return domains[domain].label if domain in domains else domain


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
