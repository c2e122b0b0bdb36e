"""`winnow flow --from FILE`: audit and draw a flow from counts alone, with no project."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from review.cli.terminal import columns, complain, print_json, print_problems, say
from screening.problems import Problem, Severity, WinnowError, error

if TYPE_CHECKING:
    from screening.diagram.options import DiagramOptions
    from screening.flow.counting import Finding, Flow


def flow_from_file(
    path: Path,
    *,
    as_json: bool = False,
    out: Path | None = None,
    options: "DiagramOptions | None" = None,
) -> int:
    """Audit the counts of a TOML file, draw them where `out` is given, and return the exit status.

    Counts that cannot all be read are reported, not derived from and not drawn. Otherwise as
    `show_flow`. Raises WinnowError where the file cannot be opened.
    """
    from screening.flow.counting import Finding, Flow, check, derive
    from screening.flow.counts_file import read_counts

    read = read_counts(_bytes(path), path.name)
    if not read.problems:
        flow = derive(read.counts)
        return show_flow(flow, check(flow), path.name, as_json=as_json, out=out, options=options)
    findings = [
        Finding("I0", problem.severity, f"{problem.where}: {problem.message}")
        for problem in read.problems
    ]
    if out:
        complain(f"{out} is not drawn until every line of {path.name} can be read.")
    # Anything derived might lean on what could not be read.
    return show_flow(Flow(**dict(read.counts)), findings, path.name, as_json=as_json)


def show_flow(
    flow: "Flow",
    findings: "Sequence[Finding]",
    name: str,
    *,
    as_json: bool = False,
    out: Path | None = None,
    options: "DiagramOptions | None" = None,
) -> int:
    """Print a flow with its findings, draw it where `out` is given, and return the exit status.

    With `as_json` the boxes and problems are printed as one JSON object; otherwise the counts go to
    standard output and the problems, as sentences that begin with `name`, to standard error. The
    status is 1 where any finding is an error. Raises WinnowError where `out` cannot be written or is of
    no format that we draw.
    """
    findings = [*findings, *(_draw(flow, out, options) if out else ())]
    if as_json:
        print_json({"boxes": flow.boxes(), "problems": [finding.as_json() for finding in findings]})
    else:
        _tell(flow, findings, name)
        if out:
            say(f"The diagram is in {out}.")
    return 1 if any(finding.severity is Severity.ERROR for finding in findings) else 0


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise WinnowError(
            error(str(path), f"This file cannot be read: {fault.strerror}. Check its name.")
        ) from None


def _draw(flow: "Flow", out: Path, options: "DiagramOptions | None") -> "list[Finding]":
    from review.diagrams import diagram, format_of, problems
    from screening.flow.counting import Finding

    drawn = diagram(flow, format_of(str(out)), options)
    try:
        out.write_bytes(drawn)
    except OSError as fault:
        raise WinnowError(
            error(
                str(out),
                f"The diagram cannot be written here: {fault.strerror}. Name another file.",
            )
        ) from None
    return [
        Finding("drawing", problem.severity, problem.message) for problem in problems(flow, options)
    ]


def _tell(flow: "Flow", findings: "Sequence[Finding]", name: str) -> None:
    from screening.diagram.content import numbers
    from screening.diagram.options import DiagramOptions

    rows: list[list[Any]] = [
        [
            "" if "/" in item.id else item.id,
            f"  {item.words}" if item.is_part else item.words,
            "not known" if item.n is None else item.n,
            "derived" if item.id in flow.derived else "",
        ]
        for item in numbers(flow, DiagramOptions(title_abstract_reasons=True))
    ]
    columns(rows)
    for finding in findings:
        where = "" if finding.rule == "I0" else f"{name} ({finding.rule})"
        print_problems([Problem(finding.severity, where, finding.message, finding.rule)])
        for reading in finding.readings:
            complain(f"  perhaps: {reading}")
