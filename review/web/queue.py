"""Which part of a queue a reviewer wants to see, and in what order."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import Depends, Form

from review.store.queries import Order

Wanted = Order | Literal["pilot"]
"""An order of the queue, or the references of the pilot round that is open, as they were drawn."""

PILOT: Literal["pilot"] = "pilot"
ORDER_WORDS: dict[Order, str] = {
    "random": "At random",
    "ranked": "Likely ones first",
    "year": "Newest first",
    "title": "By title",
    "source": "By source",
}


@dataclass(frozen=True, slots=True)
class Sought:
    """What part of the queue is wanted: its order, and words that references must hold."""

    order: Wanted
    words: str


async def sought_in_address(order: str = "random", q: str = "") -> Sought:
    """Read the order and the words looked for from an address."""
    return sought(order, q)


async def sought_in_form(
    order: Annotated[str, Form()] = "random", q: Annotated[str, Form()] = ""
) -> Sought:
    """Read the order and the words looked for from a form."""
    return sought(order, q)


def sought(order: str, q: str) -> Sought:
    """Return what part of a queue some words ask for; an order that is not known is at random."""
    known: Order = next((each for each in ORDER_WORDS if each == order), "random")
    return Sought(PILOT if order == PILOT else known, " ".join(q.split())[:200])


AddressSought = Annotated[Sought, Depends(sought_in_address)]
FormSought = Annotated[Sought, Depends(sought_in_form)]


def orders_to_choose(wanted: Wanted) -> dict[Wanted, str]:
    """Return the orders that a reviewer may choose; a pilot round is offered to whoever is in it."""
    own: dict[Wanted, str] = {PILOT: "Pilot round"} if wanted == PILOT else {}
    return own | {order: words for order, words in ORDER_WORDS.items()}  # noqa: C416 - widens the type


def query(order: Wanted, words: str) -> str:
    """Return the part of an address that asks for this order and these words, or nothing."""
    wanted = {"order": order if order != "random" else "", "q": words}
    text = urlencode({name: value for name, value in wanted.items() if value})
    return f"?{text}" if text else ""


def start(name: str) -> int:
    """Return where in the random order a reviewer begins, so that not all look at the same one."""
    return int.from_bytes(sha256(name.encode()).digest()[:4]) >> 1
