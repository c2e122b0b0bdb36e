"""`winnow init`: start a review."""

from pathlib import Path

import click

from review.cli.terminal import say


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option("--example", is_flag=True, help="Start with the worked example and its data.")
@click.option("--title", help="The review's title.")
@click.option("--question", help="The question it asks.")
@click.option("--reviewer", "reviewers", multiple=True, help="Who screens; may be given twice.")
@click.option("--source", "sources", multiple=True, help="A database's name; may be repeated.")
@click.option("--dual", is_flag=True, help="Two reviewers decide on each reference, blind.")
def command(
    folder: Path,
    example: bool,
    title: str | None,
    question: str | None,
    reviewers: tuple[str, ...],
    sources: tuple[str, ...],
    dual: bool,
) -> None:
    r"""Start a review in FOLDER: a review.toml that you can read and change, and its folders.

    What is not given as an option is asked for.

    \b
    Examples:
      winnow init my-review
      winnow init --example tour
    """
    from review.pipeline.start import Answers, StartingSource, start_example, start_review

    if example:
        path = start_example(folder)
        say(f"The worked example is in {folder}. Run it with: winnow run --project {folder}")
        say(f"Or do all of it in the browser: winnow serve --project {folder}")
        return
    names = sources or tuple(
        name.strip()
        for name in click.prompt(
            "Databases searched, with commas between them", default="MEDLINE, PsycINFO"
        ).split(",")
        if name.strip()
    )
    path = start_review(
        folder,
        Answers(
            title=title or click.prompt("Title of the review"),
            question=question or click.prompt("The question it asks"),
            reviewers=reviewers
            or tuple(
                name.strip() for name in click.prompt("Who screens", default="first").split(",")
            ),
            sources=[StartingSource(_identifier(name), name) for name in names],
            dual=dual,
        ),
    )
    say(f"{path} is ready. Put your exports into {folder / 'exports'} and name them in it.")
    say(f"Then: winnow run --project {folder}")
    say(f"Or do all of it in the browser: winnow serve --project {folder}")


def _identifier(name: str) -> str:
    folded = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower())
    return "-".join(part for part in folded.split("-") if part) or "source"
