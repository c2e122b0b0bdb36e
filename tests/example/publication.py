"""What the worked example's generator is about: publications and the journals that print them."""

from dataclasses import dataclass

SYNTHETIC_NOTE = "Synthetic record made for Winnow's worked example"
REAL_NOTE = "Bibliographic facts of a published report; the abstract is our own summary"


@dataclass(frozen=True)
class Journal:
    """A journal, invented unless a real report appeared in it. `covers` names who indexes it."""

    name: str
    abbreviation: str
    issn: str = ""
    covers: frozenset[str] = frozenset()
    month_step: int = 3


@dataclass(frozen=True)
class Author:
    family: str
    given: str = ""

    @property
    def initials(self) -> str:
        """Return "A. K." for "Anna Katharina" and "J.-P." for "Jean-Pierre"."""
        words = [
            "-".join(f"{part[0]}." for part in word.split("-") if part)
            for word in self.given.replace(".", " ").split()
        ]
        return " ".join(words)


@dataclass(frozen=True)
class Publication:
    """One publication as it truly is; databases hold copies of it that differ.

    `popularity` says how readily databases take it up. No copy of a `dated` one has another year: a
    yearly report has no early view, and a report key names the year.
    """

    id: str
    theme: str
    kind: str
    title: str
    authors: tuple[Author, ...]
    year: int
    subtitle: str = ""
    month: int = 0
    journal: Journal | None = None
    volume: str = ""
    issue: str = ""
    first_page: str = ""
    last_page: str = ""
    article_number: str = ""
    doi: str = ""
    pmid: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    language: str = "English"
    title_in_english: str = ""
    original_title: str = ""
    publisher: str = ""
    note: str = SYNTHETIC_NOTE
    popularity: int = 1
    dated: bool = False

    @property
    def full_title(self) -> str:
        return f"{self.title}: {self.subtitle}" if self.subtitle else self.title

    @property
    def synthetic(self) -> bool:
        return self.note == SYNTHETIC_NOTE
