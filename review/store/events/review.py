"""The rules the review runs by and the people who take part in it."""

from typing import Any, ClassVar, Literal

from pydantic import Field

from review.store.events.base import Event, Name


class ProtocolAdopted(Event):
    """A version of review.toml comes into force; later events carry its id.

    `reason` says why it was amended once screening has begun. `screening` is the JSON form of the
    `ScreeningSection` read from the text: what verdicts settle is computed under it.
    """

    kind: Literal["protocol_adopted"] = "protocol_adopted"
    text: str
    sha256: Name
    reason: str = ""
    screening: dict[str, Any] = Field(default_factory=dict)

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return the protocol's place."""
        return (("protocol",),)


class _Person(Event):
    name: Name
    roles: tuple[Name, ...]
    password_hash: str = ""

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return the person's place."""
        return (("person", self.name),)

    def subjects(self) -> tuple[str, ...]:
        """Return the person's name."""
        return (self.name,)


class PersonAdded(_Person):
    """Someone joins the review with these roles."""

    kind: Literal["person_added"] = "person_added"

    not_over: ClassVar[frozenset[str]] = frozenset({"person_added", "person_changed"})


class PersonChanged(_Person):
    """A person as they are from now on; one who is no longer active keeps every decision."""

    kind: Literal["person_changed"] = "person_changed"
    active: bool = True
