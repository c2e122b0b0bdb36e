r"""Tables as LaTeX: booktabs rules on a longtable, everything escaped, ready for pdflatex and later.

The document needs booktabs, longtable, array, and pdflscape where a table is wide, and the command
\anysign; `write` gives a whole document that has them.
"""

from collections.abc import Sequence
from dataclasses import replace

from synthesis.tables.fitting import Panel, panels
from synthesis.tables.table import PROVISIONAL, Cell, Column, Kind, Row, Table

_PREAMBLE = r"""\documentclass[11pt,a4paper]{article}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[T1]{fontenc}
  \usepackage[utf8]{inputenc}
  \usepackage{textcomp}
\else
  \usepackage{fontspec}
\fi
\usepackage[margin=25mm]{geometry}
\usepackage{amssymb,array,booktabs,longtable,pdflscape}
\setlength{\LTcapwidth}{\linewidth}
% A sign by its number and itself: pdfTeX, which may not have the letter, prints the number.
\DeclareRobustCommand{\anysign}[2]{\ifPDFTeX U+#1\else #2\fi}
\begin{document}
"""

_WIDER = 1.2  # bold Computer Modern beside bold Times
_NOT_IN_T1 = "ĦħĸĿŀŉŦŧĈĉĊċĒēĔĕĖėĜĝĠġĤĥĨĩĪīĬĭĴĵĻļŅņŌōŎŏŖŗŜŝŨũŪūŬŭŴŵŶŷ"
_ESCAPES = {
    "\t": " ",
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "'": r"\textquotesingle{}",
    "`": r"\textasciigrave{}",
    "-": "-{}",
    "[": "{[}",
    "]": "{]}",
    "*": "{*}",
    "\N{NO-BREAK SPACE}": "~",
    "\N{EM SPACE}": r"\quad{}",
    "\N{EN DASH}": r"\textendash{}",
    "\N{EM DASH}": r"\textemdash{}",
    "\N{MINUS SIGN}": r"\ensuremath{-}",
    "\N{HORIZONTAL ELLIPSIS}": r"\ldots{}",
    "\N{LEFT SINGLE QUOTATION MARK}": r"\textquoteleft{}",
    "\N{RIGHT SINGLE QUOTATION MARK}": r"\textquoteright{}",
    "\N{LEFT DOUBLE QUOTATION MARK}": r"\textquotedblleft{}",
    "\N{RIGHT DOUBLE QUOTATION MARK}": r"\textquotedblright{}",
    "\N{MULTIPLICATION SIGN}": r"\ensuremath{\times}",
    "\N{PLUS-MINUS SIGN}": r"\ensuremath{\pm}",
    "\N{LESS-THAN OR EQUAL TO}": r"\ensuremath{\leq}",
    "\N{GREATER-THAN OR EQUAL TO}": r"\ensuremath{\geq}",
    "\N{NOT EQUAL TO}": r"\ensuremath{\neq}",
    "\N{ALMOST EQUAL TO}": r"\ensuremath{\approx}",
    "\N{RIGHTWARDS ARROW}": r"\ensuremath{\rightarrow}",
    "\N{UPWARDS ARROW}": r"\ensuremath{\uparrow}",
    "\N{DOWNWARDS ARROW}": r"\ensuremath{\downarrow}",
    "\N{BLACK UP-POINTING TRIANGLE}": r"\ensuremath{\blacktriangle}",
    "\N{BLACK DOWN-POINTING TRIANGLE}": r"\ensuremath{\blacktriangledown}",
    "\N{GREEK CAPITAL LETTER DELTA}": r"\ensuremath{\Delta}",
    "\N{SUPERSCRIPT TWO}": r"\ensuremath{^{2}}",
} | {
    letter: rf"\ensuremath{{\{name}}}"
    for letter, name in {
        "α": "alpha",
        "β": "beta",
        "γ": "gamma",
        "δ": "delta",
        "ε": "varepsilon",
        "η": "eta",
        "κ": "kappa",
        "λ": "lambda",
        "μ": "mu",
        "ρ": "rho",
        "σ": "sigma",
        "τ": "tau",
        "φ": "phi",
        "χ": "chi",
        "ω": "omega",
    }.items()
}


def write(tables: Sequence[Table]) -> bytes:
    """Return a whole document with all the tables, numbered by LaTeX from 1."""
    parts = "\n".join(fragment(table) for table in tables)
    return f"{_PREAMBLE}\n{parts}\n\\end{{document}}\n".encode()


def fragment(table: Table) -> str:
    """Return one table as a longtable to stand in a document, labelled "tab:" and its id."""
    marks = table.marks()
    made = panels(table, letters=_WIDER)
    if len(made) > 1 and len(panels(table)) == 1:  # what is whole in Word lies across here
        table = replace(table, landscape=True)
        made = panels(table, letters=_WIDER)
    parts = [_panel(table, panel, marks, first=not n) for n, panel in enumerate(made)]
    notes = "".join(f"\n\n\\noindent {line}" for line in _notes(table))
    text = (
        "\\begingroup\\footnotesize\n\\setlength{\\tabcolsep}{1mm}\n"
        f"{''.join(parts)}{notes}\n\\par\\endgroup\n"
    )
    return f"\\begin{{landscape}}\n{text}\\end{{landscape}}\n" if table.landscape else text


def _panel(table: Table, panel: Panel, marks: dict[str, str], *, first: bool) -> str:
    """Return one panel; only the first has the caption and takes a number of the counter."""
    head = "".join(_heading_rows(panel.table))
    body = "".join(_body(panel.table, marks))
    span = len(panel.table.columns)
    again = f"\\multicolumn{{{span}}}{{@{{}}l}}{{\\textit{{Table \\thetable{{}} continued}}}}\\\\\n"
    name = f"\\caption{{{escape(table.title)}}}\\label{{tab:{_label(table.id)}}}\\\\\n"
    start = "" if first else "\\addtocounter{table}{-1}\n"
    return (
        f"{start}\\begin{{longtable}}{{@{{}}{''.join(_specification(panel))}@{{}}}}\n"
        f"{name if first else again}"
        f"\\toprule\n{head}\\midrule\n\\endfirsthead\n"
        f"{again}\\toprule\n{head}\\midrule\n\\endhead\n\\bottomrule\n\\endfoot\n"
        f"{body}\\end{{longtable}}\n"
    )


def escape(text: str) -> str:
    r"""Return the text with every sign that LaTeX would act on made plain.

    A sign that pdflatex has no letter for goes through \anysign, which prints its number there and the
    sign itself in LuaLaTeX and XeLaTeX: nothing is dropped.
    """
    return "".join(_plain(sign) for sign in text if sign >= " ")


def _plain(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    known = sign < "\x7f" or ("\xa0" <= sign <= "\u017e" and sign not in _NOT_IN_T1)
    return sign if known else rf"\anysign{{{ord(sign):04X}}}{{{sign}}}"


def _specification(panel: Panel) -> list[str]:
    """Return the columns; what a column is wide includes the 1 mm that LaTeX adds on either side."""
    return [
        f">{{\\{_side(column)}\\arraybackslash}}p{{{width - 2:.2f}mm}}"
        for column, width in zip(panel.table.columns, panel.widths, strict=True)
    ]


def _side(column: Column) -> str:
    return "raggedleft" if column.kind is Kind.NUMBER else "raggedright"


def _heading_rows(table: Table) -> list[str]:
    rows = []
    if groups := table.groups():
        cells, rules, start = [], [], 1
        for group, span in groups:
            cells.append(f"\\multicolumn{{{span}}}{{c}}{{{escape(group)}}}")
            if group:
                rules.append(f"\\cmidrule(lr){{{start}-{start + span - 1}}}")
            start += span
        rows.append(f"{' & '.join(cells)}\\\\\n{''.join(rules)}\n")
    labels = (f"\\textbf{{{escape(column.label)}}}" for column in table.columns)
    return [*rows, f"{' & '.join(labels)}\\\\\n"]


def _body(table: Table, marks: dict[str, str]) -> list[str]:
    return [f"{_row(table, row, marks)}\\\\\n" for row in table.rows]


def _row(table: Table, row: Row, marks: dict[str, str]) -> str:
    if row.heading:
        text = _content(row.cells[0], marks)
        return f"\\multicolumn{{{len(table.columns)}}}{{@{{}}l}}{{\\textbf{{{text}}}}}"
    return " & ".join(_content(cell, marks) for cell in row.cells)


def _content(cell: Cell, marks: dict[str, str]) -> str:
    text = "".join(
        f"\\textit{{{_lines(piece)}}}" if italic else _lines(piece) for piece, italic in cell.runs()
    )
    letters = ", ".join(marks[note] for note in cell.note_ids)
    return f"{text}\\textsuperscript{{{letters}}}" if letters else text


def _lines(text: str) -> str:
    return "\\newline{}".join(escape(line) for line in text.split("\n"))


def _notes(table: Table) -> list[str]:
    lines = [f"\\textit{{Note.}} {escape(text)}"] if (text := table.general_note()) else []
    for letter, note in table.marked_notes():
        mark = f"\\textsuperscript{{{letter}}} " if letter else ""
        lines.append(f"{mark}{_lines(note)}")
    return [*lines, f"\\textbf{{{escape(PROVISIONAL)}}}"] if table.provisional else lines


def _label(table_id: str) -> str:
    return "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in table_id)
