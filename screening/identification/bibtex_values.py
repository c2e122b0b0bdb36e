"""Plain text out of BibTeX values: accents, symbols and protecting braces."""

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
    "textless": "<", "textgreater": ">", "textbar": "|", "ldots": "…", "dots": "…", "textellipsis": "…", "S": "§",
    "P": "¶", "pounds": "£", "euro": "€", "texteuro": "€", "copyright": "©", "times": "×", "texttimes": "×", "pm": "±",
    "leq": "≤", "geq": "≥", "le": "≤", "ge": "≥", "approx": "≈", "sim": "∼", "cdot": "·", "degree": "°", "circ": "°",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η", "theta": "θ", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω", "Delta": "Δ", "Omega": "Ω", "Sigma": "Σ", "textasciicircum": "^", "guillemotleft": "«",
    "guillemotright": "»", "rightarrow": "→", "leftarrow": "←", "infty": "∞", "textquestiondown": "¿", "textexclamdown": "¡",
}  # fmt: skip
_ACCENT = re.compile(
    r"\\(?:([`'^~=.\"])\s*|([uvHcdbkr])(?:\s+|(?=\{)))(?:\{\s*(\\?[A-Za-z])\s*\}|(\\[ij])(?![A-Za-z])\s*|([A-Za-z]))"
)
_COMMAND = re.compile(r"\\([A-Za-z]+)(?:\{\}|\s+|(?=[^A-Za-z])|$)")
_ESCAPED = re.compile(r"\\([&%$#_{} ,;:!/@*|-])")
_OPEN, _CLOSE = "\ue000", "\ue001"


def text_of(value: str) -> str:
    """Return a BibTeX value as plain text on one line, paragraphs included."""
    if "\\" in value:
        value = _ACCENT.sub(_accented, value)
        value = _COMMAND.sub(_symbol, value)
        value = _ESCAPED.sub(_sign, value)
    if "{" in value or "}" in value:
        value = value.replace("{", "").replace("}", "")
    value = value.replace(_OPEN, "{").replace(_CLOSE, "}")
    return " ".join(value.split())


def _accented(found: re.Match[str]) -> str:
    accent = _ACCENTS[found.group(1) or found.group(2)]
    letter = (found.group(3) or found.group(4) or found.group(5)).removeprefix("\\")
    return unicodedata.normalize("NFC", letter + accent)


def _symbol(found: re.Match[str]) -> str:
    return _LETTERS.get(found.group(1), "")


def _sign(found: re.Match[str]) -> str:
    return {
        "{": _OPEN,
        "}": _CLOSE,
        "-": "",
        "/": "",
        "!": "",
        "*": "",
        ",": " ",
        ";": " ",
        ":": " ",
    }.get(found.group(1), found.group(1))
