"""The flow of a review in prose. A count that is not known is left out, never written as none."""

from collections.abc import Iterator

from screening.flow.counting import Flow
from synthesis import trace
from synthesis.sentences import (
    DATABASE,
    RECORD,
    REPORT,
    STUDY,
    Noun,
    Piece,
    Sentence,
    counted,
    number,
    phrase,
    phrases,
    say,
    verb,
)

_REMOVED = {
    "duplicates": Noun("duplicate", "duplicates"),
    "automation": Noun(
        "record ruled out by automation tools", "records ruled out by automation tools"
    ),
    "other_removed": Noun("record removed for another reason", "records removed for other reasons"),
}
_OTHER_METHODS = {
    "websites": "on websites",
    "organisations": "through organisations",
    "citations": "by citation searching",
}


def flow_sentences(flow: Flow) -> Iterator[Sentence]:
    """Yield the flow sentence by sentence: identified, screened, sought, assessed, included.

    Databases and registers are passed over where only other methods were used.
    """
    if flow.databases != 0 or flow.registers or not flow.template.other_methods:
        yield from _identified(flow)
        yield from _screened(flow)
        if flow.dbr_sought is not None:
            yield _reports(flow, "dbr", which="")
    yield from _other_methods(flow)
    yield from _included(flow)
    yield from _open(flow)


def _n(flow: Flow, count_id: str, noun: Noun, *, start: bool = False) -> Piece:
    n: int = getattr(flow, count_id)
    return counted(n, noun, source=trace.of_count(count_id), start=start)


def _bare(flow: Flow, count_id: str) -> Piece:
    n: int = getattr(flow, count_id)
    return Piece(number(n) if n else "none", source=trace.of_count(count_id))


def _identified(flow: Flow) -> Iterator[Sentence]:
    if flow.databases is None:
        return
    searched = counted(len(flow.database_specific), DATABASE).text
    among = f" from {searched}" if flow.database_specific else " from databases"
    found = [phrase(_n(flow, "databases", RECORD), among)]
    if flow.registers:
        found.append(phrase(_n(flow, "registers", RECORD), " from registers"))
    yield say("the searches brought ", phrases(found), ".")


def _screened(flow: Flow) -> Iterator[Sentence]:
    removed = [
        phrase(_n(flow, name, noun)) for name, noun in _REMOVED.items() if getattr(flow, name)
    ]
    if removed:
        yield say("before screening, ", phrases(removed), " were taken out.")
    if flow.screened is not None:
        said = phrase(
            "on title and abstract, ",
            _n(flow, "screened", RECORD),
            f" {verb(flow.screened, 'was', 'were')} screened",
        )
        if flow.records_excluded is not None:
            said = phrase(said, ", of which ", _bare(flow, "records_excluded"), " were excluded")
        yield say(said, ".")
    if flow.unscreened:
        left = _n(flow, "unscreened", RECORD)
        yield say("screening stopped early and left ", left, " unscreened.")


def _reports(flow: Flow, lane: str, *, which: str) -> Sentence:
    sought: int = getattr(flow, f"{lane}_sought")
    parts = [
        phrase(
            _n(flow, f"{lane}_sought", REPORT, start=True),
            f"{which} {verb(sought, 'was', 'were')} sought",
        )
    ]
    if getattr(flow, f"{lane}_not_retrieved"):
        parts.append(phrase(_bare(flow, f"{lane}_not_retrieved"), " could not be retrieved"))
    if lane == "dbr" and flow.late_duplicates:
        parts.append(phrase(_bare(flow, "late_duplicates"), " turned out to be duplicates"))
    if (assessed := getattr(flow, f"{lane}_assessed")) is not None:
        was = verb(assessed, "was", "were")
        parts.append(phrase(_bare(flow, f"{lane}_assessed"), f" {was} assessed at full text"))
    if (excluded := getattr(flow, f"{lane}_excluded")) is not None:
        was = verb(excluded, "was", "were")
        said = phrase(_bare(flow, f"{lane}_excluded"), f" {was} excluded")
        parts.append(phrase(said, _reasons(flow, lane)))
    return say(phrases(parts), ".")


def _reasons(flow: Flow, lane: str) -> Sentence:
    name = f"{lane}_excluded_reasons"
    reasons: tuple[tuple[str, int], ...] = getattr(flow, name)
    parts: list[str | Piece] = []
    for label, n in reasons:
        parts += [
            "; " if parts else " (",
            f"{label}: ",
            Piece(f"{n:,}", source=trace.of_count(f"{name}/{label}")),
        ]
    return phrase(*parts, ")") if parts else phrase()


def _other_methods(flow: Flow) -> Iterator[Sentence]:
    found = [
        phrase(_n(flow, name, RECORD), f" {how}")
        for name, how in _OTHER_METHODS.items()
        if getattr(flow, name)
    ]
    for name, n in flow.other_sources.items():
        source = trace.of_count(f"other_sources/{name}")
        found += [phrase(counted(n, RECORD, source=source), f" from {name}")] if n else []
    if found:
        yield say("other methods brought ", phrases(found), ".")
    if found and flow.other_sought is not None:
        yield _reports(flow, "other", which=" found by other methods")


def _included(flow: Flow) -> Iterator[Sentence]:
    pairs = [("reports", "studies", "the review includes ")]
    if flow.template.updated:
        pairs.append(("total_reports", "total_studies", "with its previous version it includes "))
    for reports, studies, words in pairs:
        if getattr(flow, reports) is not None and getattr(flow, studies) is not None:
            yield say(words, _n(flow, reports, REPORT), " of ", _n(flow, studies, STUDY), ".")


def _open(flow: Flow) -> Iterator[Sentence]:
    if flow.awaiting_classification:
        awaits = verb(flow.awaiting_classification, "awaits", "await")
        waiting = _n(flow, "awaiting_classification", REPORT, start=True)
        yield say(waiting, f" {awaits} classification.")
    if flow.ongoing:
        belong = verb(flow.ongoing, "belongs to an ongoing study", "belong to ongoing studies")
        yield say(_n(flow, "ongoing", REPORT, start=True), f" {belong}.")
    if flow.pending.total:
        waiting = counted(
            flow.pending.total,
            Noun("decision is", "decisions are"),
            source=trace.of_count("pending"),
        )
        yield say("these figures are provisional: ", waiting, " still outstanding.")
