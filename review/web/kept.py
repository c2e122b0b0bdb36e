"""Parts of pages that say the same with one reference after another: rendered once, then kept."""

from collections.abc import Callable, Hashable
from functools import lru_cache


@lru_cache(maxsize=256)
def kept(macro: Callable[..., str], *values: Hashable) -> str:
    """Return what a macro of a template says of some values, by which alone it goes.

    Nothing of who looks may be among them. They are compared, so a part is rendered anew where
    anything in it changes, as with an amendment of the protocol.
    """
    return macro(*values)
