"""`winnow rank`: the order of screening."""

from pathlib import Path

import click

from review.cli.terminal import (
    finish,
    json_option,
    print_json,
    project_option,
    reviewer_option,
    say,
)


@click.command("rank")
@click.option("--simulate", type=click.Path(path_type=Path), metavar="CSV",
              help="Screen a labelled set in simulation; no review needed.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True,
              help="For --simulate.")  # fmt: skip
@click.option("--order", type=click.Path(path_type=Path), help="Where --simulate writes the order.")
@project_option
@reviewer_option
@json_option
def command(
    simulate: Path | None,
    seed: int,
    order: Path | None,
    directory: Path,
    person: str | None,
    as_json: bool,
) -> None:
    r"""Order what waits for you by likely relevance, learnt from what you may see.

    The order is kept in the ledger as it was shown. Screen in it with: winnow screen --order ranked.

    \b
    Examples:
      winnow rank
      winnow rank --simulate labelled.csv --seed 3 --json
    """
    if simulate is not None:
        from review.cli.rank_files import simulate as simulate_file

        simulate_file(simulate, seed=seed, as_json=as_json, order=order)
        return
    from review.pipeline.adopt import adopt_protocol
    from review.pipeline.identification.known import unknown_starts
    from review.pipeline.project import open_project, speaker
    from review.pipeline.screening.rank import rank_queue

    with open_project(directory) as project:
        actor = speaker(project, person)
        adopt_protocol(project, actor)
        event = rank_queue(project, actor)
        with project.ledger.read() as conn:
            problems = unknown_starts(conn, project.protocol)
        if as_json:
            print_json(event.model_dump(mode="json"))
        else:
            say(
                f"{len(event.order):,} references are ordered for {actor}, learnt from "
                f"{event.labels:,} decisions ({event.model})."
            )
        finish(problems, as_json=as_json)
