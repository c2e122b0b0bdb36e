"""What pydantic found wrong, said in sentences for a person who has never heard of pydantic."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails

_SENTENCES: Mapping[str, Callable[[Any, Mapping[str, Any]], str]] = {
    "missing": lambda _value, _context: "This is needed and was left out.",
    "extra_forbidden": lambda _value, _context: "This name is not known here; check its spelling.",
    "string_type": lambda value, _context: f"{value} is not text.",
    "string_too_short": lambda _value, _context: "This is needed and was left empty.",
    "int_type": lambda value, _context: f"{value} is not a whole number.",
    "int_parsing": lambda value, _context: f"{value} is not a whole number.",
    "int_from_float": lambda value, _context: f"{value} is not a whole number.",
    "float_type": lambda value, _context: f"{value} is not a number.",
    "float_parsing": lambda value, _context: f"{value} is not a number.",
    "finite_number": lambda value, _context: f"{value} is not a finite number.",
    "bool_parsing": lambda value, _context: f"{value} is neither yes nor no.",
    "bool_type": lambda value, _context: f"{value} is neither yes nor no.",
    "greater_than": lambda value, context: (
        f"{value} is too small; it must be above {context['gt']}."
    ),
    "greater_than_equal": lambda value, context: f"{value} is below {context['ge']}.",
    "less_than": lambda value, context: f"{value} is too large; it must be below {context['lt']}.",
    "less_than_equal": lambda value, context: f"{value} is above {context['le']}.",
    "enum": lambda value, context: f"{value} is not one of {context['expected']}.",
    "literal_error": lambda value, context: f"{value} is not one of {context['expected']}.",
    "too_short": lambda _value, context: f"At least {context['min_length']} are needed.",
    "value_error": lambda _value, context: as_sentence(str(context["error"])),
}


def sentence_for(mistake: ErrorDetails) -> str:
    """Return one validation error as a whole sentence."""
    say = _SENTENCES.get(mistake["type"])
    if say is None:
        return as_sentence(mistake["msg"])
    return say(shown(mistake["input"]), mistake.get("ctx", {}))


def named_place(name: str, location: tuple[int | str, ...]) -> str:
    """Return a file and the path of a key in it: "ccat.toml, categories 2, label"."""
    parts = [name]
    for step in location:
        if isinstance(step, int):
            parts[-1] = f"{parts[-1]} {step + 1}"
        else:
            parts.append(step)
    return ", ".join(parts)


def nearest(word: str, known: list[str]) -> str:
    """Return " Did you mean X?" for the closest known word, or nothing where none is close."""
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return f" Did you mean {close[0]}?" if close else ""


def as_sentence(text: str) -> str:
    """Return a text with a capital and a full stop, as an exception's message becomes a sentence."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!")) else f"{text}."


def shown(value: object) -> str:
    """Return a value as a message shows it, shortened where it is long."""
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
