"""The diagram told in sentences, for those who cannot see it."""

from screening.diagram.text import plain
from screening.flow.labels import LABELS
from screening.flow.values import OTHER_SOURCES, Flow, Named


def description(flow: Flow) -> str:
    """Return the whole flow in sentences: the alternative text of the picture."""
    parts = [*_identification(flow), *_screening(flow), *_other_methods(flow), *_included(flow)]
    if flow.provisional:
        still_open = ", ".join(f"{n} {words}" for words, n in flow.still_open().items())
        parts.insert(0, f"Provisional: {still_open} still open.")
    return " ".join(parts)


def _identification(flow: Flow) -> list[str]:
    found = _listed(flow, ("databases", "registers"))
    removed = _listed(flow, ("duplicates", "automation", "other_removed", "unscreened"))
    return [
        *([f"Records identified: {found}."] if found else []),
        *([f"Before screening: {removed}."] if removed else []),
    ]


def _screening(flow: Flow) -> list[str]:
    steps = ("screened", "records_excluded", "dbr_sought", "dbr_not_retrieved", "late_duplicates")
    through = _listed(flow, (*steps, "dbr_assessed", "dbr_excluded"))
    text = [f"Databases and registers: {through}."] if through else []
    if flow.dbr_excluded_reasons:
        text.append(f"Reasons for exclusion: {_reasons(flow.dbr_excluded_reasons)}.")
    return text


def _other_methods(flow: Flow) -> list[str]:
    if not flow.template.other_methods:
        return []
    names = ("other_sought", "other_not_retrieved", "other_assessed", "other_excluded")
    further = "".join(f", {plain(name)} {n}" for name, n in flow.other_sources.items())
    text = [f"Other methods: {_listed(flow, (*OTHER_SOURCES, *names))}{further}."]
    if flow.other_excluded_reasons:
        text.append(f"Reasons for exclusion there: {_reasons(flow.other_excluded_reasons)}.")
    return text


def _included(flow: Flow) -> list[str]:
    names = ("awaiting_classification", "ongoing", "studies", "reports")
    previous = ("previous_studies", "previous_reports", "total_studies", "total_reports")
    included = _listed(flow, names)
    earlier = _listed(flow, previous)
    return [f"{text[0].upper()}{text[1:]}." for text in (included, earlier) if text]


def _listed(flow: Flow, names: tuple[str, ...]) -> str:
    stated = ((LABELS[name].of(flow.template), getattr(flow, name)) for name in names)
    return ", ".join(f"{words.lower()} {n}" for words, n in stated if n is not None)


def _reasons(reasons: Named) -> str:
    return ", ".join(f"{plain(label)} {n}" for label, n in reasons)
