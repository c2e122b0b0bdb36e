"""The order of screening, learnt from what one reviewer may see, and kept as it was shown."""

from collections.abc import Sequence

from review.pipeline.naming import reference_named
from review.pipeline.project import Project
from review.store import queries
from review.store.events import Ranked
from screening.criteria import Criterion
from screening.decisions import State
from screening.records import Stage, Verdict

_UNDECIDED = (State.PENDING, State.AWAITING_SECOND, State.CONFLICT)


def rank_queue(project: Project, reviewer: str) -> Ranked:
    """Order the references that wait, append the order as an event, and return it.

    It learns from the reviewer's own votes and from settled verdicts only, so that no order can tell
    of another reviewer's open vote. Raises nothing where nothing is decided yet: the protocol's
    criteria and known reports are what it starts from.
    """
    from screening.ranking import rank
    from screening.vectorising import text_of, vectorise

    section = project.protocol.ranking
    with project.ledger.read() as conn:
        lines = queries.references(conn, queries.ReferenceFilter(removed=""))
        own = {
            vote.reference: vote.verdict
            for vote in queries.own_votes(conn, Stage.TITLE_ABSTRACT, reviewer)
        }
        named = [reference_named(conn, name) for name in section.start]
    labels: dict[int, bool] = {}
    waiting = set()
    known = {key for key in named if key is not None}
    for place, line in enumerate(lines):
        state = line.standing.title_abstract
        if line.key in own:
            labels[place] = own[line.key] != Verdict.EXCLUDE
        elif state in (State.INCLUDE, State.EXCLUDE):
            labels[place] = state == State.INCLUDE
        elif line.key in known:
            labels[place] = True
        if state in _UNDECIDED and line.key not in own:
            waiting.add(place)
    features = vectorise(
        [text_of(line.reference.fields) for line in lines],
        starting_texts(project.protocol.criteria),
    )
    ranking = rank(features, labels, seed=section.seed, random_share=section.random_share)
    event = Ranked(
        stage=Stage.TITLE_ABSTRACT,
        reviewer=reviewer,
        model=ranking.model,
        seed=section.seed,
        labels=ranking.labelled,
        order=tuple(lines[place].key for place in ranking.order if place in waiting),
    )
    with project.write(reviewer) as writer:
        writer.append(event)
    return event


def starting_texts(criteria: Sequence[Criterion]) -> list[str]:
    """Return what the protocol says a relevant reference looks like, a text per criterion."""
    texts = []
    for criterion in criteria:
        words = (
            *criterion.include,
            *criterion.all_of,
            *criterion.at_least_one_of,
            *criterion.highlight.include,
        )
        if words:
            texts.append("\n".join(words))
    return texts
