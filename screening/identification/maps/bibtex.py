"""Plain text and names out of BibTeX values: accents, symbols and protecting braces."""

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å", "AA": "Å",
    "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "textendash": "–", "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“",
    "textquotedblright": "”", "textquotesingle": "'", "textasciitilde": "~", "textunderscore": "_", "textbackslash": "\\",
    "textregistered": "®", "texttrademark": "™", "textcopyright": "©", "textdegree": "°", "textmu": "µ", "textpm": "±",
    "textless": "<", "textgreater": ">", "textbar": "|", "textdollar": "$", "ldots": "…", "dots": "…", "textellipsis": "…", "S": "§",
    "P": "¶", "pounds": "£", "euro": "€", "texteuro": "€", "copyright": "©", "times": "×", "texttimes": "×", "pm": "±",
    "leq": "≤", "geq": "≥", "le": "≤", "ge": "≥", "approx": "≈", "sim": "∼", "cdot": "·", "degree": "°", "circ": "°",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η", "theta": "θ", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω", "Delta": "Δ", "Omega": "Ω", "Sigma": "Σ", "textasciicircum": "^", "guillemotleft": "«",
    "guillemotright": "»", "rightarrow": "→", "leftarrow": "←", "infty": "∞", "textquestiondown": "¿", "textexclamdown": "¡",
}  # fmt: skip
_TOKEN = re.compile(
    r"\\(?:(?P<mark>[`'^~=.\"])\s*|(?P<letter>[uvHcdbkr])(?:\s+|(?=\{)))"
    r"(?:\{\s*(?P<braced>\\?[A-Za-z])\s*\}|(?P<dotless>\\[ij])(?![A-Za-z])(?:\{\})?|(?P<bare>[A-Za-z]))"
    r"|\\(?P<command>[A-Za-z]+)(?:\{\}|[ \t]+|(?![A-Za-z]))"
    r"|\\(?P<sign>[^A-Za-z])|(?P<tie>~)|[{}]|\$(?P<math>[^$\n]{1,80})\$"
)
_DROPPED = frozenset("-/!*()[]")
_SPACES = frozenset(" ,;:\n\t")
_BREAK = re.compile(r"\n[ \t\r]*\n\s*|\\newline\b\s*|\\par\b\s*|\\\\\s*\n\s*")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
# As in "J. C. Allen, W. M. Schaffner, and D. Rosko", where nobody is written family name first.
_NATURAL = re.compile(r"(?:[^\W\d_]\.[ -]?){1,4} ?[^\W\d_a-zß-öø-ÿ][^\s.,{}\\]+(?: [^\s.,{}\\]+)*")
_EDITORS = re.compile(r"\s*\(eds?\.?\)\s*\Z", re.IGNORECASE)
_BRACE = re.compile(r"\\.|[{}]|\s[Aa][Nn][Dd]\s", re.DOTALL)


def text_of(value: str) -> str:
    """Return a BibTeX value as plain text on one line: accents and symbols read, braces taken off."""
    if "\\" in value or "{" in value or "}" in value or "~" in value or "$" in value:
        value = _TOKEN.sub(_plain, value)
    return " ".join(value.split())


def paragraphs_of(value: str) -> str:
    """Return a BibTeX value as plain text with its line breaks (blank line, newline, par) kept."""
    if "\n" not in value and "\\" not in value:
        return text_of(value)
    lines = (text_of(part) for part in _BREAK.split(value))
    return "\n".join(line for line in lines if line)


def notes_of(value: str) -> list[str]:
    """Return the notes of one value, which blank lines part."""
    return [note for part in re.split(r"\n[ \t\r]*\n", value) if (note := paragraphs_of(part))]


def names_of(value: str) -> list[str]:
    """Return the names of an author list, each "Family, Given, Suffix"; a group ends with a comma.

    Names are parted by "and" outside braces, or as SciELO does by a comma and two blanks; a name wholly
    in braces is a group's.
    """
    parts = _parts(value)
    if len(parts) == 1 and ",  " in value:
        by_blanks = value.split(",  ")
        if all("," in part for part in by_blanks):
            parts = by_blanks
    return [name for part in parts for each in _single(part) if (name := _name(each))]


def _single(part: str) -> list[str]:
    """Return the names that commas part where each is written initials first."""
    if part.rstrip().endswith(")"):
        part = _EDITORS.sub("", part)
    if "," not in part or "." not in part:
        return [part]
    names = [name.strip() for name in part.split(",") if name.strip()]
    return names if all(map(_NATURAL.fullmatch, names)) else [part]


def _parts(value: str) -> list[str]:
    found = []
    depth = begin = 0
    for sign in _BRACE.finditer(value):
        mark = sign.group()
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth = max(0, depth - 1)
        elif mark[0] != "\\" and not depth:
            found.append(value[begin : sign.start()])
            begin = sign.end()
    found.append(value[begin:])
    return found


def _name(part: str) -> str:
    part = part.strip()
    if part.startswith("{") and part.endswith("}") and _closes_last(part):
        inner = text_of(part)
        return f"{inner.replace(',', '')}," if inner else ""
    pieces = [text_of(piece) for piece in part.split(",")]
    if len(pieces) == 3:
        family, suffix, given = pieces
        pieces = [family, given, suffix]
    return ", ".join(piece for piece in pieces if piece)


def _closes_last(part: str) -> bool:
    depth = 0
    for sign in _BRACE.finditer(part):
        depth += {"{": 1, "}": -1}.get(sign.group(), 0)
        if not depth and sign.group() == "}":
            return sign.end() == len(part)
    return False


def _plain(found: re.Match[str]) -> str:
    accent = found["mark"] or found["letter"]
    if accent:
        letter = (found["braced"] or found["dotless"] or found["bare"]).removeprefix("\\")
        return unicodedata.normalize("NFC", letter + _ACCENTS[accent])
    if found["command"]:
        return _LETTERS.get(found["command"], "")
    sign = found["sign"]
    if sign:
        return "" if sign in _DROPPED else " " if sign in _SPACES else sign
    if found["tie"]:
        return " "
    math = found["math"]
    if math is None:
        return ""
    return _TOKEN.sub(_plain, math) if set(math) & set("\\^_{") else found.group()
