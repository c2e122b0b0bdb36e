"""How suitable the design of each study is to the question, in the authors' own order."""

from collections.abc import Iterable, Mapping

from synthesis.extraction import Extracted
from synthesis.fields import ExtractionSection


def design_suitability(
    section: ExtractionSection, extracted: Iterable[Extracted], studies: Mapping[str, str]
) -> dict[str, int]:
    """Return how suitable each study's design is, the best being the number of choices.

    A study takes its most suitable report's; one whose design is not given is left out.
    """
    if not section.design_field:
        return {}
    field = section.field(section.design_field)
    ranks = {choice.casefold(): n for n, choice in enumerate(reversed(field.choices), start=1)}
    suitable: dict[str, int] = {}
    for row in extracted:
        rank = ranks.get(row.value.casefold())
        if row.field == field.id and row.report in studies and rank is not None:
            study = studies[row.report]
            suitable[study] = max(rank, suitable.get(study, 0))
    return suitable
