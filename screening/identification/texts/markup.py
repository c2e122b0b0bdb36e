"""Plain text out of values that carry HTML entities, inline tags or odd white space."""

import html
import re

# Inline elements that platforms leave in titles and abstracts; "p < .05" is not one of them.
_INLINE = re.compile(
    r"</?(?:i|b|u|underline|em|strong|sub|sup|inf|italic|bold|sc|span|p|br|div|sec|title|list|list-item|li|ul|ol"
    r"|h[1-6]|a|font|small|scp|tt|article-title|abstract|[Aa]bstract[Tt]ext|inline-formula|tex-math"
    r"|(?:jats|mml|ce|xref|xml|xhtml|m):[a-z-]{1,24})(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_BLOCK = re.compile(
    r"</?(?:p|br|div|sec|title|li|list-item|h[1-6]|jats:p|jats:sec|jats:title)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
# The engine's search takes three quarters of the time of "in", which guesses wrong at every blank.
_TWO_BLANKS = re.compile("  ")
_ROUNDS = 4
_INVISIBLE: dict[int, str] = dict.fromkeys(
    map(ord, "\u200b\u200c\u2060\ufeff\u00ad\u200e\u200f"), ""
)
# Windows-1252 punctuation that was taken for Latin-1 shows as C1 control characters.
_INVISIBLE |= {
    code: bytes([code]).decode("cp1252", "replace").replace("\ufffd", " ")
    for code in range(0x80, 0xA0)
}


def plain_line(text: str) -> str:
    """Return `text` as one line: entities read, inline tags removed, white space single.

    ASCII control characters other than tabs and line ends are taken off before, in decoding.
    """
    if "&" in text or "<" in text:
        text = _without_markup(text)
    if text.isascii():
        if "  " not in text and "\n" not in text and "\t" not in text and "\r" not in text:
            return text.strip()
    elif not text.isprintable():
        text = text.translate(_INVISIBLE)
    elif "  " not in text:
        return text.strip()
    return " ".join(text.split())


def plain_text(text: str) -> str:
    """Return running text with its line breaks kept, each line tidy and none of them empty.

    Invisible signs are left where they are: in a long text nobody looks for them.
    """
    if "&" in text or "<" in text:
        text = _without_markup(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\n" not in text:
        if "  " not in text and "\t" not in text:
            return text.strip()
        return " ".join(text.split())
    lines = text.strip().split("\n")
    if "  " in text or "\t" in text:
        lines = [" ".join(line.split()) for line in lines]
    return "\n".join([line for line in map(str.strip, lines) if line])


def are_tidy(joined: str) -> bool:
    """Return whether `plain_text` would leave all values as they are that were joined by blanks.

    None is then empty. Blanks that are not ASCII may stand at their ends. An ampersand with a blank behind it,
    as PubMed's headings and Web of Science's categories have them, begins no entity.
    """
    return (
        "<" not in joined
        and "\t" not in joined
        and "\n" not in joined
        and "\r" not in joined
        and ("&" not in joined or not _has_entities(joined))
        and not _TWO_BLANKS.search(f" {joined} ")
    )


def _has_entities(text: str) -> bool:
    # To part it goes from one sign to the next, where a pattern looks at each.
    return any(part[:1] != " " for part in text.split("&")[1:])


def _without_markup(text: str) -> str:
    # Entities are found escaped twice and three times; a fixed number of rounds keeps this linear.
    for _ in range(_ROUNDS):
        if "&" not in text:
            break
        read = html.unescape(text)
        if read == text:
            break
        text = read
    if "<" in text:
        text = _BLOCK.sub(" ", text)
        text = _INLINE.sub("", text)
    return text
