"""The reports known to be relevant before screening, as references of this review."""

from collections.abc import Iterator

from sqlalchemy import Connection

from review.pipeline.naming import reference_named
from review.protocol import Protocol
from review.store import queries
from screening.identification.texts.dois import bare_doi
from screening.problems import Problem, warning
from screening.records import Fields

_AT_ONCE = 5_000


def known_references(conn: Connection, protocol: Protocol) -> dict[str, str | None]:
    """Return the reference of each report that `[ranking] start` and `[known]` name.

    A report is named by its report key, its record's key, its DOI, its PMID or its title; None stands
    for what the review does not hold.
    """
    names = dict.fromkeys((*protocol.ranking.start, *protocol.known.reports))
    return {name: reference_named(conn, name) or _identified(conn, name) for name in names}


def unknown_starts(conn: Connection, protocol: Protocol) -> list[Problem]:
    """Return a warning for each report that ranking is to start from and that is not in the review."""
    here = known_references(conn, protocol)
    return [
        warning(
            "review.toml",
            f'ranking is to start from "{name}", which this review does not hold. Name a report by its '
            "DOI, PMID, title or key, or take it out of start.",
            "ranking.start",
        )
        for name in protocol.ranking.start
        if here[name] is None
    ]


def _identified(conn: Connection, name: str) -> str | None:
    doi = bare_doi(name)
    searched = "" if name.isdecimal() else doi or name
    return next(
        (line.key for line in _lines(conn, searched) if _is(line.reference.fields, name, doi)), None
    )


def _is(fields: Fields, name: str, doi: str | None) -> bool:
    if name.isdecimal():
        return fields.pmid == name
    if doi:
        return fields.doi == doi
    return (fields.title or "").casefold().rstrip(".") == name.casefold().rstrip(".")


def _lines(conn: Connection, text: str) -> Iterator[queries.ReferenceLine]:
    wanted = queries.ReferenceFilter(text=text)
    start = 0
    while lines := queries.references(conn, wanted, limit=_AT_ONCE, offset=start):
        yield from lines
        start += _AT_ONCE
