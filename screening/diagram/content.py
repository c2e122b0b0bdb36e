"""What stands in each box of the diagram, row by row: Flow and options in, words and numbers out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from screening.diagram.options import DiagramOptions
from screening.diagram.text import plain
from screening.flow.labels import HEADERS, LABELS
from screening.flow.values import OTHER_SOURCES, Flow, Named
from screening.records import Category

UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a box: its words, and the number behind them by the id of its count.

    The id of a part is that of its whole, a slash and the part's label
    ("dbr_excluded_reasons/Wrong population"). `n` is None where the number is not known.
    """

    words: str
    id: str = ""
    n: int | None = None
    indent: int = 0
    own_line: bool = False
    tail: str = ""

    @property
    def is_part(self) -> bool:
        """Return whether the number is part of one that stands before it."""
        return self.indent > 0 or "_excluded_reasons/" in self.id

    @property
    def number(self) -> str:
        """Return the number as the templates print it, or nothing where none belongs here."""
        return f"(n = {UNKNOWN if self.n is None else self.n}){self.tail}" if self.id else ""


@dataclass(frozen=True, slots=True)
class Content:
    """The content of one box. `look` is "box", "grey", "open" (undecided) or "banner"."""

    id: str
    items: tuple[Item, ...]
    look: str = "box"


@dataclass(frozen=True, slots=True)
class Row:
    """One level of the diagram: the main box of each lane and the boxes beside it."""

    stage: str
    previous: Content | None = None
    main: Content | None = None
    side: tuple[Content, ...] = ()
    other: Content | None = None
    other_side: tuple[Content, ...] = ()


def rows(flow: Flow, options: DiagramOptions) -> list[Row]:
    """Return the levels of the diagram from top to bottom."""
    draw = _Writer(flow, options)
    levels = [
        Row(
            "Identification",
            previous=draw.included("previous") if flow.template.updated else None,
            main=draw.identified(),
            side=draw.removed(),
            other=draw.other_identified(),
            other_side=draw.optional("other_not_sought", look="grey"),
        ),
        Row("Screening", main=draw.single("screened"), side=draw.records_excluded()),
    ]
    if options.retrieval or _lost_at_retrieval(flow):
        levels.append(
            Row(
                "Screening",
                main=draw.single("dbr_sought"),
                side=draw.not_retrieved("dbr"),
                other=draw.other("other_sought"),
                other_side=draw.not_retrieved("other") if flow.template.other_methods else (),
            )
        )
    levels += [
        Row(
            "Screening",
            main=draw.single("dbr_assessed"),
            side=(draw.excluded("dbr"), *draw.open_categories("dbr")),
            other=draw.other("other_assessed"),
            other_side=(draw.excluded("other"), *draw.open_categories("other"))
            if flow.template.other_methods
            else (),
        ),
        Row("Included", main=draw.included("")),
    ]
    if flow.template.updated:
        levels.append(Row("Included", main=draw.included("total")))
    return [*levels, *(Row("Included", main=box) for box in draw.after_inclusion())]


def headers(flow: Flow) -> dict[str, Content]:
    """Return the titles of the lanes that the template shows."""
    shown = {"previous": flow.template.updated, "dbr": True, "other": flow.template.other_methods}
    ids = {"previous": "hdr_prev", "dbr": "hdr_dbr", "other": "hdr_other"}
    return {
        lane: Content(ids[lane], (Item(HEADERS[lane].of(flow.template)),), f"header {lane}")
        for lane, is_shown in shown.items()
        if is_shown
    }


def banner(flow: Flow) -> Content | None:
    """Return the mark of a provisional flow, with what is still open."""
    if not flow.provisional:
        return None
    parts = ", ".join(f"{n} {name}" for name, n in flow.still_open().items())
    return Content("provisional", (Item(f"PROVISIONAL. Still open: {parts}."),), "banner")


def numbers_by_lane(flow: Flow, options: DiagramOptions) -> dict[str, list[Item]]:
    """Return every number of the diagram with its words, from top to bottom, by the title of its lane."""
    levels = rows(flow, options)
    lanes = {
        "previous": [level.previous for level in levels],
        "dbr": [box for level in levels for box in (level.main, *level.side)],
        "other": [box for level in levels for box in (level.other, *level.other_side)],
    }
    return {
        title.items[0].words: [item for box in lanes[lane] if box for item in box.items if item.id]
        for lane, title in headers(flow).items()
    }


def numbers(flow: Flow, options: DiagramOptions) -> list[Item]:
    """Return every number of the diagram with its words, lane after lane."""
    return [item for items in numbers_by_lane(flow, options).values() for item in items]


def footnote(flow: Flow, options: DiagramOptions) -> str:
    """Return what the asterisk of the first box says, or nothing where the box says it all."""
    if not _sources_missing(flow, options):
        return ""
    return "* The number of records from each database or register is not shown."


class _Writer:
    """Words each box of one flow under one set of options."""

    def __init__(self, flow: Flow, options: DiagramOptions) -> None:
        self._flow = flow
        self._options = options

    def item(self, name: str, *, words: str = "", indent: int = 0, own_line: bool = False) -> Item:
        label = self._options.labels.get(name) or words or LABELS[name].of(self._flow.template)
        return Item(plain(label), name, getattr(self._flow, name), indent, own_line)

    def single(self, name: str, look: str = "box") -> Content:
        return Content(name, (self.item(name, own_line=True),), look)

    def other(self, name: str) -> Content | None:
        return self.single(name, "grey") if self._flow.template.other_methods else None

    def optional(self, name: str, look: str = "box") -> tuple[Content, ...]:
        return (self.single(name, look),) if getattr(self._flow, name) else ()

    def identified(self) -> Content:
        flow = self._flow
        star = "*" if _sources_missing(flow, self._options) else ""
        items = [Item(f"Records identified from{star}:")]
        for whole, parts in (
            ("databases", flow.database_specific),
            ("registers", flow.register_specific),
        ):
            if getattr(flow, whole) is not None or (
                whole == "databases" and flow.registers is None
            ):
                items.append(self.item(whole))
                if self._options.sources:
                    items += _parts(f"{whole[:-1]}_specific", parts.items())
        return Content("dbr_identified", tuple(items))

    def other_identified(self) -> Content | None:
        flow = self._flow
        if not flow.template.other_methods:
            return None
        items = [self.item(name) for name in OTHER_SOURCES if getattr(flow, name) is not None]
        items += _parts("other_sources", flow.other_sources.items(), indent=0)
        return Content("other_identified", (Item("Records identified from:"), *items), "grey")

    def removed(self) -> tuple[Content, ...]:
        flow = self._flow
        items = [Item("Records removed before screening:"), self.item("duplicates")]
        items += [
            self.item(name)
            for name in ("automation", "other_removed")
            if getattr(flow, name) is not None
        ]
        return (
            Content("dbr_removed", tuple(items)),
            *self.optional("unscreened"),
            *_waiting("title_abstract", "Records awaiting a decision", flow.pending.title_abstract),
        )

    def records_excluded(self) -> tuple[Content, ...]:
        flow = self._flow
        items = [self.item("records_excluded", own_line=True)]
        if flow.records_excluded_by_automation:
            items += [
                self.item("records_excluded_by_human", words="by a human", indent=1),
                self.item("records_excluded_by_automation", words="by automation tools", indent=1),
            ]
        if self._options.title_abstract_reasons:
            items += _parts("title_abstract_reasons", flow.title_abstract_reasons)
        return (Content("records_excluded", tuple(items)),)

    def not_retrieved(self, lane: str) -> tuple[Content, ...]:
        pending = dict(self._flow.pending)
        look = "grey" if lane == "other" else "box"
        retrieval, full_text = f"{lane}_retrieval", f"{lane}_full_text"
        return (
            self.single(f"{lane}_not_retrieved", look),
            *(self.optional("late_duplicates") if lane == "dbr" else ()),
            *_waiting(retrieval, "Reports still to be retrieved", pending[retrieval]),
            *_waiting(full_text, "Reports awaiting assessment", pending[full_text]),
        )

    def excluded(self, lane: str) -> Content:
        name, look = f"{lane}_excluded", "grey" if lane == "other" else "box"
        reasons: Named = getattr(self._flow, f"{name}_reasons")
        whole = self.item(name)
        if not reasons:
            return Content(name, (Item(whole.words, name, whole.n, own_line=True),), look)
        items = _parts(f"{name}_reasons", reasons, indent=0)
        return Content(name, (Item(whole.words, name, whole.n, tail=":"), *items), look)

    def open_categories(self, lane: str) -> tuple[Content, ...]:
        """Return the boxes of a lane; the first lane shows the wholes where the other has no part."""
        boxes: list[Content] = []
        for category in Category:
            elsewhere = getattr(self._flow, f"other_{category}")
            if lane == "other":
                boxes += self.optional(f"other_{category}", look="grey")
            else:
                boxes += self.optional(f"dbr_{category}" if elsewhere else str(category))
        return tuple(boxes)

    def included(self, prefix: str) -> Content:
        name = f"{prefix}_" if prefix else ""
        items = [self.item(f"{name}studies", own_line=True)]
        if self._options.reports_line:
            items.append(self.item(f"{name}reports", own_line=True))
        return Content(prefix or "included", tuple(items), "grey" if name == "previous_" else "box")

    def after_inclusion(self) -> Iterator[Content]:
        options, flow = self._options, self._flow
        if options.appraisal:
            yield self.single("appraised")
        if options.synthesis:
            yield self.single("synthesised")
        if flow.total_studies_ma is not None:
            items = [self.item("total_studies_ma", own_line=True)]
            if flow.total_reports_ma is not None and options.reports_line:
                items.append(self.item("total_reports_ma", own_line=True))
            yield Content("total_ma", tuple(items))


def _parts(whole: str, parts: Iterable[tuple[str, int]], indent: int = 1) -> list[Item]:
    return [Item(plain(label), f"{whole}/{plain(label)}", n, indent) for label, n in parts]


def _waiting(name: str, words: str, n: int) -> tuple[Content, ...]:
    item = Item(words, f"pending/{name}", n, own_line=True)
    return (Content(f"pending_{name}", (item,), "open"),) if n else ()


def _lost_at_retrieval(flow: Flow) -> bool:
    pending: Mapping[str, int] = dict(flow.pending)
    return any(
        (
            flow.dbr_not_retrieved,
            flow.other_not_retrieved,
            flow.late_duplicates,
            *(n for name, n in pending.items() if name.endswith(("retrieval", "full_text"))),
        )
    )


def _sources_missing(flow: Flow, options: DiagramOptions) -> bool:
    broken_down = flow.database_specific or flow.register_specific
    return not (options.sources and broken_down)
