"""`winnow convert`: any export into any other format, no project needed."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO

import click

from review.cli.terminal import json_option, print_json, print_problems, say

TARGETS = ("jsonl", "ris", "csv", "bib", "csl", "xlsx")


@click.command("convert")
@click.argument("inputs", nargs=-1, required=True, metavar="IN...")
@click.option(
    "--to",
    "target",
    type=click.Choice(TARGETS),
    help="The format to write. Default: as the ending of --out says, else jsonl.",
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write here, not to the screen."
)
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    inputs: tuple[str, ...],
    target: str | None,
    out: Path | None,
    as_json: bool,
) -> None:
    r"""Turn exports of any platform into one file in another format.

    IN is a file, a folder, a pattern in quotes, a zip or gzip archive, or - for standard input. The
    format is told by content: RIS, PubMed nbib and XML, Web of Science, Ovid, Cochrane, EndNote, RefWorks, EBSCO
    XML, BibTeX, JSON, CSV, TSV, Excel, Zotero RDF.

    Leaves with status 0 when all was read, 1 when something was skipped or is doubtful (each is named),
    2 when nothing could be read.

    \b
    Examples:
      winnow convert exports/ --to ris --out all.ris
      winnow convert scopus.csv pubmed.nbib --to jsonl > records.jsonl
    """
    from review.cli.convert_files import convert, exit_status, inputs_from, inputs_from_stream

    names = [name for name in inputs if name != "-"]
    piped = inputs_from_stream(sys.stdin.buffer) if "-" in inputs else ()
    found = list(chain(inputs_from(names), piped))
    with _output(out) as stream:
        accounts = convert(found, target or _target_of(out), stream)
    print_problems([each for account in accounts for each in account.problems], as_json=as_json)
    if out and as_json:
        print_json({"files": [account.as_json() for account in accounts], "out": str(out)})
    elif out:
        total = sum(account.records for account in accounts)
        say(f"{total:,} records from {len(accounts):,} files written to {out}.")
    ctx.exit(exit_status(accounts))


def _target_of(out: Path | None) -> str:
    from screening.identification.writers import SUFFIXES

    endings = {suffix: target for target, suffix in SUFFIXES.items()}
    return endings.get(out.suffix.lower(), "jsonl") if out else "jsonl"


@contextmanager
def _output(out: Path | None) -> Iterator[IO[bytes]]:
    """Give standard output, or a file that takes its name only once it is whole."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        dir=out.parent, prefix=f".{out.name}.", delete=False
    ) as stream:
        unfinished = Path(stream.name)
        try:
            yield stream
        except BaseException:
            unfinished.unlink()
            raise
    mask = os.umask(0)
    os.umask(mask)
    unfinished.chmod(0o666 & ~mask)
    unfinished.replace(out)
