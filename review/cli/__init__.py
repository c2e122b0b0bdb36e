"""The command line: `winnow VERB`. One file per verb, imported only when that verb is called."""

import gc
import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from screening.problems import WinnowError

VERBS = {
    "init": "start a new review, from questions or as the worked example",
    "run": "do everything that needs no person, then say what waits for whom",
    "load": "read database exports into the ledger",
    "dedupe": "merge duplicate records, and settle the uncertain ones",
    "screen": "decide on references, in the terminal or by spreadsheet",
    "retrieve": "attach full texts, or say why a report could not be had",
    "add": "add one record by hand",
    "link": "say which reports belong to one study",
    "flow": "show the PRISMA counts, or draw the diagram",
    "appraise": "enter, import and export appraisal scores",
    "extract": "enter, import and export extraction, measures and findings",
    "tables": "write the tables",
    "report": "write the whole results package as Word and HTML",
    "check": "test every identity and completeness rule",
    "rank": "order references by likely relevance",
    "stop": "show when screening may stop, and record that it did",
    "agreement": "show agreement between reviewers or raters",
    "trace": "go from a number or a key to the ledger rows behind it",
    "convert": "turn any export into any other format",
    "export": "write references, decisions or the whole review to files",
    "serve": "open the pages in a browser, alone or for a team",
    "status": "show where the review stands and what waits for whom",
}


class Verbs(click.Group):
    """A click group that imports a verb's file only when that verb is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the verbs in the order of the work."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return one verb's command, or explain what the nearest verb is."""
        if name not in VERBS:
            import difflib

            near = difflib.get_close_matches(name, VERBS, n=1)
            meant = f' Did you mean "winnow {near[0]}"?' if near else ""
            ctx.fail(f'"{name}" is not a verb.{meant} "winnow --help" lists them.')
        command: click.Command = import_module(f"review.cli.{name}").command
        command.help = _marked(command.help)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the verbs with one line each, without importing any of them."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="winnow-review", prog_name="winnow")
def winnow() -> None:
    r"""Take database exports to a PRISMA diagram, appraisal and outcome tables.

    Everything is kept in an append-only ledger beside review.toml, on this machine.

    \b
    Example:
      winnow init my-review
      cd my-review
      winnow run
    """


def _marked(text: str | None) -> str | None:
    r"""Turn the \b of a raw docstring into the mark by which click leaves lines as they are."""
    return text and text.replace("\\b\n", "\b\n")


winnow.help = _marked(winnow.help)


def main() -> NoReturn:
    """Run the command line and leave with 0 success, 1 problems found or 2 misuse.

    No traceback reaches the user: what is foreseen is told as sentences, what is not is written to a
    file that can be sent to the maintainers.
    """
    from review.cli import terminal

    # Verbs make many values and hardly any cycles: looking for these as often as Python does by itself
    # takes a tenth of the time.
    gc.set_threshold(50_000, 20, 10)
    # We use no plugins of pydantic: looking for them reads the metadata of every installed package.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    as_json = "--json" in sys.argv
    try:
        status = winnow.main(standalone_mode=False)
    except WinnowError as mistake:
        terminal.print_problems(mistake.problems, as_json=as_json)
        status = mistake.exit_status
    except click.exceptions.Abort:
        terminal.complain(
            "Stopped. What was recorded so far is kept; run the command again to go on."
        )
        status = 2
    except click.ClickException as mistake:
        mistake.show()
        status = 2
    except BrokenPipeError:
        terminal.leave_quietly()
    except Exception as fault:  # noqa: BLE001 - the last line of defence against tracebacks
        terminal.report_fault(fault)
        status = 2
    # Python looks for cycles once more when it ends, in all that was ever imported.
    gc.freeze()
    sys.exit(status if isinstance(status, int) else 0)
