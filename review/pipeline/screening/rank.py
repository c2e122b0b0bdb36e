"""The order of screening, learnt from what one reviewer may see, and kept as it was shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from review.pipeline.identification.known import known_references
from review.pipeline.project import Project
from review.store import queries
from review.store.events import Ranked
from review.store.queries.ranking import StageLine, stage_lines
from screening.criteria import Criterion
from screening.decisions import State
from screening.records import Stage, Verdict

if TYPE_CHECKING:
    from screening.ranking.learning import Ranking
    from screening.ranking.vectorising import Features

STAGE = Stage.TITLE_ABSTRACT
"""Ranking is for titles and abstracts: at full text there is little to save and no text to learn from."""

_FEWEST_PLACES = 1_000
_STEPS_AHEAD = 4
_ALL = 2**31 - 1
_AT_ONCE = 2_000


def rank_queue(project: Project, reviewer: str) -> Ranked:
    """Order everything that waits for a reviewer, append the order as an event, and return it."""
    return Ranker(project).rank(reviewer, whole=True)


def order_statement(project: Project) -> str:
    """Return how titles and abstracts were ordered as a sentence for the methods, or nothing.

    It speaks of orders that were made while the review ran, whatever the protocol says today.
    """
    with project.ledger.read() as conn:
        made = [each.event for each in queries.events_since(conn, kinds=["ranked"])]
    orders = [event for event in made if isinstance(event, Ranked) and event.stage == STAGE]
    if not orders:
        return ""
    models = " and ".join(sorted({event.model for event in orders}))
    seeds = ", ".join(str(seed) for seed in sorted({event.seed for event in orders}))
    share = project.protocol.ranking.random_share
    chance = f" {share:.0%} of the places went to references drawn at random." if share else ""
    return (
        "References could be screened by likely relevance, learnt from the decisions that the reviewer "
        f"could see and learnt anew as these grew ({models}, seed {seeds}).{chance}"
    )


@dataclass(frozen=True, slots=True)
class _Texts:
    """What the references looked like when they were last vectorised: parallel to the rows."""

    places: dict[str, int]
    features: "Features"


class Ranker:
    """Learns the orders of one review and keeps the vectors of its texts between two of them.

    An order learns from the reviewer's own votes and from settled verdicts only, so that none can
    tell of another reviewer's open vote; nor can the moment at which it is learnt anew.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._texts: _Texts | None = None
        self._learnt: dict[str, int] = {}

    def is_due(self, reviewer: str) -> bool:
        """Return whether a reviewer's order is to be learnt anew.

        It is when there is none of this sitting yet, when references have come in, and when the
        decisions the reviewer may see have grown by the share `[ranking] retrain_after`.
        """
        with self._project.ledger.read() as conn:
            lines = list(stage_lines(conn, STAGE))
        if reviewer not in self._learnt or not self._holds(lines):
            return True
        before = self._learnt[reviewer]
        return _visible(lines, reviewer) - before >= self._step(before)

    def rank(self, reviewer: str, *, whole: bool = False) -> Ranked:
        """Learn a reviewer's order, append it as an event where it is a new one, and return it.

        Only the places that can be reached before the order is learnt anew are kept, four times over,
        unless the `whole` of it is asked for.
        """
        from screening.ranking.learning import rank

        section = self._project.protocol.ranking
        with self._project.ledger.read() as conn:
            lines = list(stage_lines(conn, STAGE))
            texts = self._vectorised(conn, lines)
            waiting = set(queries.queue(conn, STAGE, reviewer, limit=_ALL))
            labels = visible_labels(conn, lines, reviewer)
            known = [key for key in known_references(conn, self._project.protocol).values() if key]
            before = queries.ranked_order(conn, STAGE, reviewer)
        taught = dict.fromkeys(known, True) | labels
        ranking = rank(
            texts.features,
            {texts.places[key]: label for key, label in taught.items() if key in texts.places},
            seed=section.seed,
            random_share=section.random_share,
        )
        self._learnt[reviewer] = _visible(lines, reviewer)
        order = _order(ranking, texts, waiting, known)
        kept = len(order) if whole else max(_FEWEST_PLACES, _STEPS_AHEAD * self._step(len(labels)))
        event = Ranked(
            stage=STAGE,
            reviewer=reviewer,
            model=ranking.model,
            seed=section.seed,
            labels=ranking.labelled,
            order=order[:kept],
        )
        if event != before:
            with self._project.write(reviewer) as writer:
                writer.append(event)
        return event

    def _step(self, labels: int) -> int:
        return max(1, int(self._project.protocol.ranking.retrain_after * labels))

    def _holds(self, lines: Sequence[StageLine]) -> bool:
        texts = self._texts
        return texts is not None and all(line.key in texts.places for line in lines)

    def _vectorised(self, conn: Connection, lines: Sequence[StageLine]) -> _Texts:
        """Return the vectors of all references, made again only where references have come in."""
        from screening.ranking.vectorising import vectorise

        if self._texts is None or not self._holds(lines):
            self._texts = None  # two sets of vectors at once would take twice the memory
            keys = [line.key for line in lines]
            start = starting_texts(self._project.protocol.criteria)
            self._texts = _Texts(
                {key: place for place, key in enumerate(keys)},
                vectorise(list(_texts_of(conn, keys)), start),
            )
        return self._texts


def visible_labels(conn: Connection, lines: Sequence[StageLine], reviewer: str) -> dict[str, bool]:
    """Return what a reviewer may know of each reference: settled verdicts, else their own vote."""
    labels = {line.key: line.state == State.INCLUDE for line in lines if line.state in _SETTLED}
    voted = [line.key for line in lines if line.key not in labels and line.voted(reviewer)]
    for vote in queries.own_votes(conn, STAGE, reviewer, references=voted):
        labels[vote.reference] = vote.verdict != Verdict.EXCLUDE
    return labels


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


_SETTLED = (State.INCLUDE, State.EXCLUDE)


def _visible(lines: Sequence[StageLine], reviewer: str) -> int:
    """Return how many references are settled or have the reviewer's own vote."""
    return sum(line.state in _SETTLED or line.voted(reviewer) for line in lines)


def _order(
    ranking: "Ranking", texts: _Texts, waiting: set[str], known: Sequence[str]
) -> tuple[str, ...]:
    """Return the references that wait: those known to be relevant, then the others as ranked."""
    keys = list(texts.places)
    first = dict.fromkeys(key for key in known if key in waiting)
    ranked = (keys[place] for place in ranking.order)
    return (*first, *(key for key in ranked if key in waiting and key not in first))


def _texts_of(conn: Connection, keys: Sequence[str]) -> Iterator[str]:
    from screening.ranking.vectorising import text_of

    for start in range(0, len(keys), _AT_ONCE):
        for line in queries.references_by_key(conn, keys[start : start + _AT_ONCE]):
            yield text_of(line.reference.fields)
