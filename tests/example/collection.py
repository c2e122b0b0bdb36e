"""The 1070 publications behind the eight exports, and the three found by citation searching."""

from dataclasses import dataclass, replace
from random import Random

from tests.example import near_misses, real
from tests.example.publication import Author, Publication
from tests.example.synthetic import Press, press_run

IN_DATABASES = 1070

# Why a report was set aside after its full text was read. Illustrative: the published review counts
# these reports (15, the two reports not in English among them) and does not list them.
FULL_TEXT = (
    ("intervention", "Watch and wonder groups for mothers and babies: Outcomes of a mindfulness programme", "Primary focus not psychodynamic: a mindfulness programme."),
    ("intervention", "Coaching sensitive care in the first year: A controlled evaluation of video feedback after parent-infant psychotherapy training", "Primary focus not psychodynamic: video feedback."),
    ("intervention", "Mother-infant interaction therapy for colic: Behavioral outcomes at six months", "Primary focus not psychodynamic: behavioural treatment."),
    ("intervention", "A cognitive group for depressed mothers and their infants: Effects on bonding", "Primary focus not psychodynamic: cognitive behavioural group."),
    ("intervention", "Play, touch and song: Evaluating a parent-child music programme beside psychotherapy", "Primary focus not psychodynamic: music therapy."),
    ("design", "Ten sessions with mothers and their toddlers: A qualitative evaluation of parent-child psychotherapy", "Interviews only; no quantitative outcome."),
    ("design", "What changes in brief parent-infant psychotherapy? A process study of five treatments", "Process study."),
    ("design", "From fear to play: Two treatments in a child-parent psychotherapy service", "Case studies."),
    ("design", "Reading the evidence for child-parent psychotherapy: A critical commentary", "Commentary without data."),
    ("population", "Child-parent psychotherapy with children in foster care: Outcomes for ages 4 to 11", "Mean age above five years."),
    ("population", "Psychodynamic groups for mothers after birth: Effects on depression without the infant present", "Mothers seen alone."),
    ("no-outcomes", "Setting up parent-infant psychotherapy in children's centres: First year of a service", "Describes a service; no outcomes reported."),
)  # fmt: skip
BY_CITATION = (
    "population",
    "Nursery therapy for toddlers of mothers in treatment: Child outcomes after one year",
    "Children seen alone.",
)

# Kind of publication, how many, and the themes it is about.
_ALL = (
    "essay",
    "case",
    "other",
    "older",
    "parents",
    "child",
    "review",
    "measuring",
    "offtopic",
    "service",
)
PLAN = (
    ("article", 748, _ALL),
    ("chapter", 92, ("essay", "case", "service", "older", "review")),
    ("thesis", 68, ("case", "measuring", "other", "essay", "parents")),
    ("book", 26, ("essay", "service", "child", "offtopic")),
    ("report", 24, ("service", "parents", "other")),
)


@dataclass(frozen=True)
class Collection:
    """Everything there is to find. `assessed` holds (reason, note) of reports excluded at full text."""

    in_databases: tuple[Publication, ...]
    by_citation: tuple[Publication, ...]
    assessed: dict[str, tuple[str, str]]

    @property
    def every(self) -> tuple[Publication, ...]:
        return self.in_databases + self.by_citation


def collect(rng: Random) -> Collection:
    titles = [text for _, text, _ in (*FULL_TEXT, BY_CITATION)]
    press = Press(rng, [p.full_title for p in real.INCLUDED + real.NOT_IN_ENGLISH] + titles)
    assessed: dict[str, tuple[str, str]] = {}
    candidates: list[Publication] = []
    for number, (reason, text, note) in enumerate((*FULL_TEXT, BY_CITATION), start=1):
        candidate = _candidate(press, number, text)
        candidates.append(candidate)
        assessed[candidate.id] = (reason, note)
    assessed["bark2018"] = ("language", "In German; the English abstract reports no outcomes.")
    assessed["eckert2020"] = (
        "language",
        "In German; the English abstract says the trial had not ended.",
    )

    cited = [p for p in real.INCLUDED if p.id in real.BY_CITATION_SEARCHING]
    found = [p for p in (*real.INCLUDED, *real.NOT_IN_ENGLISH) if p not in cited]
    alike = near_misses.look_alikes(
        [
            _placed(press.publication(theme, "article"), rng)
            for theme in ("other", "measuring", "parents", "case") * 6
        ],
        [press.publication("service", "report")],
        rng,
    )
    kept = [*found, *candidates[:-1], *alike]
    kept += press_run(rng, press, PLAN)
    kept += press_run(rng, press, [("article", IN_DATABASES - len(kept), _ALL)])
    return Collection(tuple(kept), (*cited, candidates[-1]), assessed)


def _candidate(press: Press, number: int, text: str) -> Publication:
    """An invented report that looks eligible from its title and abstract."""
    made = press.publication("other", "article")
    title, _, subtitle = text.partition(": ")
    if subtitle == "" and "? " in text:
        head, _, subtitle = text.partition("? ")
        title = f"{head}?"
    return replace(
        made, id=f"x{number:02d}", theme="assessed", title=title, subtitle=subtitle, year=max(made.year, 1996),
        authors=_distinct(made.authors, number), popularity=2, dated=True,
    )  # fmt: skip


def _distinct(authors: tuple[Author, ...], number: int) -> tuple[Author, ...]:
    """Give each candidate a first author of its own, so that report keys need no letter."""
    families = ("Ashcombe", "Brandreth", "Colclough", "Dunsany", "Ellerton", "Farthingale", "Gathercole", "Hollister", "Inchbald",
                "Jellicoe", "Kettlewell", "Lovelock", "Merriweather")  # fmt: skip
    return (replace(authors[0], family=families[number - 1]), *authors[1:])


def _placed(article: Publication, rng: Random) -> Publication:
    """Make sure an article that gets a look-alike has volume, pages and a popular place."""
    first = int(article.first_page or rng.randrange(20, 300))
    return replace(
        article, year=max(article.year, 2001), first_page=str(first), last_page=str(first + 15), article_number="", popularity=4,
        doi=article.doi or f"10.5555/win.{max(article.year, 2001)}.{article.id[1:]}",
    )  # fmt: skip
