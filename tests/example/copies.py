"""How a database's copy of a publication differs from the publication itself.

The differences are those that real exports show: title case, closing periods, dashes, dropped subtitles,
spelling, stripped accents, shortened lists of authors, journal names with "and" for "&", last pages cut
short, missing DOIs and issues, pages counted from 1 in place of an article number, a year off by one where the
database took the early view.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from tests.example.publication import Author, Journal, Publication


@dataclass(frozen=True)
class Habits:
    """How often (0 to 1) a database does what, and whether it always does it."""

    title_case: float = 0.0
    period: bool = False
    en_dash: float = 0.0
    no_hyphen: float = 0.0
    spaced_dash: float = 0.0
    no_subtitle: float = 0.0
    british: bool = False
    american: bool = False
    slip: float = 0.0
    plain_letters: float = 0.0
    initials_only: float = 0.0
    authors_cut: float = 0.0
    year_off: float = 0.0
    no_doi: float = 0.0
    no_pages: float = 0.0
    no_issue: float = 0.0
    no_abstract: float = 0.0
    and_for_ampersand: float = 0.0
    pages_from_one: float = 0.0


HABITS = {
    "psycinfo": Habits(no_doi=0.12, year_off=0.02, initials_only=0.05, no_abstract=0.03, american=True, no_subtitle=0.02, slip=0.01),
    "psycarticles": Habits(en_dash=0.3, no_doi=0.05, title_case=0.3),
    "cinahl": Habits(title_case=0.6, period=True, no_doi=0.55, initials_only=0.15, and_for_ampersand=0.5, no_abstract=0.3,
                     no_subtitle=0.06, pages_from_one=0.5, year_off=0.02),
    "erc": Habits(title_case=0.9, period=True, no_doi=0.5, plain_letters=0.7, no_issue=0.05, no_abstract=0.1, slip=0.03,
                  no_subtitle=0.04, pages_from_one=0.5),
    "medline": Habits(period=True, no_doi=0.1, year_off=0.06, american=True, no_abstract=0.05),
    "scopus": Habits(title_case=0.3, en_dash=0.4, no_doi=0.08, year_off=0.08, no_pages=0.05, initials_only=1.0, no_subtitle=0.03),
    "sco": Habits(british=True, spaced_dash=0.4, no_hyphen=0.25, no_subtitle=0.12, plain_letters=0.6, authors_cut=0.6, no_doi=0.9,
                  no_pages=0.15, no_issue=0.15, and_for_ampersand=0.9, no_abstract=0.1, slip=0.03),
    "ethos": Habits(title_case=0.2, spaced_dash=0.1, slip=0.02, british=True),
    "citation_searching": Habits(),
}  # fmt: skip

_SMALL = {"a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "with"}  # fmt: skip
_BRITISH = (
    ("behavior", "behaviour"),
    ("randomized", "randomised"),
    ("pediatric", "paediatric"),
    ("mentalization", "mentalisation"),
    ("program", "programme"),
)


def copy_in(
    database: str, publication: Publication, rng: Random, *, ahead_of_print: bool = False
) -> Publication:
    """Return the publication as the database has it, the whole title in `title`.

    `ahead_of_print` is the other copy of a publication that a database holds twice. A published report
    is only ever written differently; its facts stay as they are.
    """
    habits = HABITS[database]
    if not publication.synthetic:
        habits = replace(habits, **_KEEP_FACTS)
    if publication.dated:
        habits = replace(habits, year_off=0.0)
    changed = replace(
        publication,
        title=_title(publication, habits, rng),
        subtitle="",
        authors=_authors(publication.authors, habits, rng),
        doi="" if rng.random() < habits.no_doi else publication.doi,
        abstract="" if rng.random() < habits.no_abstract else publication.abstract,
    )
    if database == "medline" and publication.title_in_english:
        translated = f"[{publication.title_in_english}]."
        changed = replace(changed, title=translated, original_title=changed.title)
    if publication.journal is not None:
        changed = replace(changed, **_imprint(changed, publication.journal, habits, rng))
    if ahead_of_print:
        early = dict.fromkeys(("volume", "issue", "first_page", "last_page"), "")
        changed = replace(changed, **early, month=0, doi=publication.doi)
    return changed


_KEEP_FACTS = {
    "title_case": 0.0, "no_subtitle": 0.0, "british": False, "slip": 0.0, "year_off": 0.0, "no_pages": 0.0, "no_issue": 0.0,
}  # fmt: skip


def _authors(authors: tuple[Author, ...], habits: Habits, rng: Random) -> tuple[Author, ...]:
    if rng.random() < habits.plain_letters:
        authors = tuple(Author(_plain(a.family), _plain(a.given)) for a in authors)
    if rng.random() < habits.initials_only:
        authors = tuple(Author(a.family, a.initials) for a in authors)
    if rng.random() < habits.authors_cut:
        authors = authors[:3]
    return authors


def _imprint(entry: Publication, journal: Journal, habits: Habits, rng: Random) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if rng.random() < habits.and_for_ampersand:
        changes["journal"] = replace(journal, name=journal.name.replace("&", "and"))
    if rng.random() < habits.no_issue:
        changes["issue"] = ""
    if rng.random() < habits.year_off:
        changes["year"] = entry.year - 1
    if rng.random() < habits.no_pages:
        changes |= {"first_page": "", "last_page": ""}
    if entry.article_number and entry.synthetic and rng.random() < habits.pages_from_one:
        last = 8 + sum(entry.article_number.encode()) % 12
        changes |= {"article_number": "", "first_page": "1", "last_page": str(last)}
    return changes


def _title(publication: Publication, habits: Habits, rng: Random) -> str:
    title, subtitle = publication.title, publication.subtitle
    if subtitle and rng.random() >= habits.no_subtitle:
        join = " - " if rng.random() < habits.spaced_dash else " " if title.endswith("?") else ": "
        title = f"{title}{join}{subtitle}"
    if rng.random() < habits.slip:
        title = _slip(title, rng)
    if habits.british:
        for american, british in _BRITISH:
            title = re.sub(rf"{american}(?!me)", british, title)
            title = title.replace(american.capitalize(), british.capitalize())
    if rng.random() < habits.title_case:
        title = _title_case(title)
    if rng.random() < habits.en_dash:
        title = re.sub(r"(?<=[a-z])-(?=[a-zA-Z])", "\u2013", title)
    elif rng.random() < habits.no_hyphen:
        title = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", title)
    if habits.period and not title.endswith(("?", "!")):
        title += "."
    return title


def _title_case(title: str) -> str:
    words = title.split(" ")
    return " ".join(
        word
        if index and word in _SMALL
        else "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
        for index, word in enumerate(words)
    )


def _slip(title: str, rng: Random) -> str:
    """Swap two neighbouring letters inside a long word, as hurried typing does."""
    words = title.split(" ")
    long = [index for index, word in enumerate(words) if len(word) > 6 and word.isalpha()]
    if long:
        index = rng.choice(long)
        word = words[index]
        at = rng.randrange(2, len(word) - 2)
        words[index] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)


def _plain(text: str) -> str:
    letters = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "æ": "ae"})
    return unicodedata.normalize("NFKD", text.translate(letters)).encode("ascii", "ignore").decode()


def shortened(first: str, last: str) -> str:
    """Write a range of pages as MEDLINE does: 245-58 for 245-258."""
    if len(first) != len(last) or not first.isdigit():
        return f"{first}-{last}" if last else first
    same = next((i for i, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), len(first))
    return f"{first}-{last[same:]}" if same < len(first) else first
