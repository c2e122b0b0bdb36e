"""Publications that look alike and are not the same: they must never be merged.

Each function takes one invented publication and gives a different one that a careless rule would take
for its duplicate. Lieberman 2005 and 2006 (real.py) are the near miss that the real literature offers.
"""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.example import synthetic, words
from tests.example.publication import Author, Publication

ROMAN = ("I", "II", "III")


def reply(article: Publication, rng: Random) -> Publication:
    """A comment by other authors, in the next issue, whose title quotes the article's."""
    return replace(
        _later(article, rng, "reply"), title=f"{article.title}", subtitle=f"A reply to {article.authors[0].family}",
        authors=synthetic.authors(rng, 1), abstract="", theme="essay",
    )  # fmt: skip


def comment(article: Publication, rng: Random) -> Publication:
    return replace(
        _later(article, rng, "comment"), title=f'Comment on "{article.full_title}"', subtitle="",
        authors=synthetic.authors(rng, 2), abstract="", theme="essay",
    )  # fmt: skip


def erratum(article: Publication, rng: Random) -> Publication:
    """A correction by the same authors in the same journal and year."""
    return replace(
        _later(article, rng, "erratum"),
        title=f"Erratum to: {article.full_title}",
        subtitle="",
        abstract="",
        theme="service",
    )


def second_part(article: Publication, rng: Random) -> tuple[Publication, Publication]:
    """Two parts printed one after the other in one issue."""
    first = replace(article, id=f"{article.id}-part1", subtitle="Part I. Theory and technique")
    start = int(article.last_page or "100") + 1
    second = replace(
        article, id=f"{article.id}-part2", subtitle="Part II. Outcome and discussion", first_page=str(start),
        last_page=str(start + 14), article_number="", doi=f"{article.doi}.2" if article.doi else "",
        abstract=synthetic.abstract(rng),
    )  # fmt: skip
    return first, second


def conference_abstract(article: Publication, rng: Random) -> Publication:
    """The talk that came before the article: same title, same authors, a supplement's single page."""
    page = str(rng.randrange(40, 400))
    return replace(
        article, id=f"{article.id}-talk", kind="conference", year=article.year - 2, journal=rng.choice(words.JOURNALS[:3]),
        volume=str(int(article.volume or "9") - 2), issue="Suppl. 1", first_page=f"S{page}", last_page="", article_number="",
        doi="", abstract="", popularity=1,
    )  # fmt: skip


def protocol(article: Publication, rng: Random) -> Publication:
    """The plan of a trial, published before its results."""
    return replace(
        article, id=f"{article.id}-protocol", subtitle=f"{article.subtitle.rstrip('.')}: study protocol" if article.subtitle else "Study protocol",
        year=article.year - 3, journal=rng.choice(words.JOURNALS[20:23]), volume=str(max(int(article.volume or "9") - 3, 1)),
        issue="1", first_page="", last_page="", article_number=f"e{rng.randrange(1000, 9999)}",
        doi=f"10.5555/win.{article.year - 3}.{article.id}p", abstract=synthetic.abstract(rng),
    )  # fmt: skip


def thesis(article: Publication, rng: Random) -> Publication:
    """The thesis an article was drawn from, a year before, under the same title."""
    return replace(
        article, id=f"{article.id}-thesis", kind="thesis", year=article.year - 1, journal=None, volume="", issue="",
        first_page="", last_page="", article_number="", doi="", authors=article.authors[:1],
        publisher=rng.choice(words.UNIVERSITIES), abstract=synthetic.abstract(rng), popularity=1,
    )  # fmt: skip


def yearly_reports(first: Publication, years: range) -> list[Publication]:
    """Reports of one service, year by year, under one title."""
    organisation = (Author(first.publisher),)
    return [
        replace(first, id=f"{first.id}-{year}", title="Parent-infant psychotherapy service", authors=organisation, kind="report",
                subtitle=f"Annual report {year}/{(year + 1) % 100:02d}", year=year + 1, journal=None, volume="", issue="", abstract="",
                first_page="", last_page="", doi="")
        for year in years
    ]  # fmt: skip


def editorials(first: Publication, years: range) -> list[Publication]:
    """Editorials of one journal that share everything but the year and the pages."""
    return [
        replace(first, id=f"{first.id}-editorial-{year}", title="Editorial: Psychotherapy with parents and infants", subtitle="", year=year, abstract="",
                volume=str(year - 1990), issue="1", first_page="1", last_page=str(2 + year % 3), article_number="",
                doi=f"10.5555/win.{year}.ed{year % 100:02d}", keywords=())
        for year in years
    ]  # fmt: skip


PAIRED: tuple[tuple[Callable[[Publication, Random], Publication], int], ...] = (
    (reply, 3), (comment, 2), (erratum, 4), (conference_abstract, 4), (protocol, 3), (thesis, 3),
)  # fmt: skip


def look_alikes(
    articles: list[Publication], reports: list[Publication], rng: Random
) -> list[Publication]:
    """Take articles and reports made for the purpose and return them with their look-alikes beside them."""
    rest = iter(articles)
    found: list[Publication] = []
    for make, number in PAIRED:
        for article in (next(rest) for _ in range(number)):
            found += [article, make(article, rng)]
    for article in (next(rest) for _ in range(3)):
        found += second_part(article, rng)
    found += editorials(next(rest), range(2009, 2013))
    found += yearly_reports(reports[0], range(2012, 2016))
    return [replace(publication, dated=True) for publication in found]  # the year tells some apart


def _later(article: Publication, rng: Random, suffix: str) -> Publication:
    page = int(article.last_page or "400") + rng.randrange(90, 200)
    return replace(
        article, id=f"{article.id}-{suffix}", issue=str(int(article.issue or "1") + 1), first_page=str(page),
        last_page=str(page + rng.randrange(0, 3)), article_number="", doi=f"{article.doi}.{suffix[0]}" if article.doi else "",
        popularity=2,
    )  # fmt: skip
