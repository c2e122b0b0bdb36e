"""`winnow screen`: decide on references, in the terminal or by spreadsheet."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.cli.terminal import (
    json_option,
    print_json,
    project_option,
    reviewer_option,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from review.pipeline.project import Project
    from review.store.events.base import DecisionStage
    from review.store.queries import Order

_STAGES = click.Choice(["title_abstract", "full_text"])


@click.command("screen")
@click.option("--stage", type=_STAGES, default="title_abstract", show_default=True)
@click.option("--order", type=click.Choice(["random", "ranked", "date", "source", "title"]),
              help="The order of the queue. Default: as [ranking] in review.toml says.")  # fmt: skip
@click.option("--search", default="", help="Only references that contain these words.")
@click.option("--export", "sheet", type=click.Path(path_type=Path),
              help="Write what waits for you as a sheet (xlsx or csv) to fill in.")  # fmt: skip
@click.option("--import", "filled", type=click.Path(path_type=Path), multiple=True,
              help="Take in filled sheets.")  # fmt: skip
@click.option("--carried", is_flag=False, flag_value="", metavar="[NAME]",
              help="With --import: the files are exports of Rayyan, Covidence or ASReview; take the decisions "
              "they carry as yours, of those that name reviewers the ones of NAME (default: your name).")  # fmt: skip
@click.option("--pilot", is_flag=False, flag_value=0, type=click.IntRange(0), metavar="[N]",
              help="Screen the pilot round that is open, or draw the next one, of N references.")  # fmt: skip
@click.option("--assign", "shares", multiple=True, metavar="NAME=WEIGHT",
              help="Share what needs votes out among reviewers, by weight.")  # fmt: skip
@click.option("--core", metavar="NAME", help="With --assign: who votes on every reference.")
@click.option("--unassign", is_flag=True, help="Give everyone the whole queue again.")
@click.option("--conflicts", is_flag=True, help="Settle the references on which reviewers differ.")
@click.option("--reference", help="Decide on this one only, with --verdict.")
@click.option("--verdict", type=click.Choice(["include", "exclude", "unsure"]))
@click.option(
    "--reason", "reasons", multiple=True, help="The id of a reason; the first is primary."
)
@click.option("--note", default="")
@click.option("--classify", type=click.Choice(["awaiting_classification", "ongoing", "none"]),
              help="Set --reference apart, as neither included nor excluded.")  # fmt: skip
@project_option
@reviewer_option
@json_option
def command(
    stage: str,
    order: str | None,
    search: str,
    sheet: Path | None,
    filled: tuple[Path, ...],
    carried: str | None,
    pilot: int | None,
    shares: tuple[str, ...],
    core: str | None,
    unassign: bool,
    conflicts: bool,
    reference: str | None,
    verdict: str | None,
    reasons: tuple[str, ...],
    note: str,
    classify: str | None,
    directory: Path,
    person: str | None,
    as_json: bool,
) -> None:
    r"""Decide on references: one after the other here, or on a spreadsheet.

    \b
    Examples:
      winnow screen
      winnow screen --stage full_text --as anna
      winnow screen --export to_screen.xlsx
      winnow screen --import to_screen.xlsx
      winnow screen --import rayyan.ris --carried "Anna B" --as anna
      winnow screen --pilot 30
      winnow screen --assign anna=60 --assign ben=40
      winnow screen --reference r12 --verdict exclude --reason population --stage full_text
    """
    from review.pipeline.adopt import adopt_protocol
    from review.pipeline.project import open_project, speaker
    from review.pipeline.screening import screen
    from review.pipeline.spreadsheets import write_grid
    from screening.records import Category, Stage, Verdict

    at: DecisionStage = Stage.FULL_TEXT if stage == "full_text" else Stage.TITLE_ABSTRACT
    with open_project(directory) as project:
        actor = speaker(project, person)
        adopt_protocol(project, actor)
        if shares or unassign:
            _share_out(project, actor, at, shares, core, as_json=as_json)
        elif filled:
            _take_in(project, actor, at, filled, carried, as_json=as_json)
        elif sheet:
            grid = screen.decision_sheet(project, actor, at, order=_order(project, at, order))
            write_grid(sheet, grid)
            say(f"{len(grid.rows) - 1:,} references wait for {actor}; {sheet} is ready to fill in.")
        elif reference and classify:
            category = None if classify == "none" else Category(classify)
            screen.classify(project, actor, _key(project, reference), category, note)
            say(f"{reference}: {classify.replace('_', ' ')}.")
        elif reference and verdict:
            ruling = screen.Ruling(at, Verdict(verdict), reasons, note)
            settle = screen.adjudicate if conflicts else screen.decide
            settle(project, actor, _key(project, reference), ruling)
            say(f"{reference}: {verdict}.")
        elif reference or verdict:
            raise click.UsageError("--reference goes with --verdict, or with --classify.")
        elif pilot is not None:
            _sit_pilot(project, actor, at, pilot)
        elif conflicts:
            _sit_conflicts(project, actor, at)
        else:
            _sit_queue(project, actor, at, _order(project, at, order), search)


def _take_in(
    project: "Project",
    actor: str,
    stage: "DecisionStage",
    filled: tuple[Path, ...],
    carried: str | None,
    *,
    as_json: bool,
) -> None:
    from review.pipeline.run import stage_of
    from review.pipeline.screening.carried import carried_grid
    from review.pipeline.screening.screen import import_decisions
    from review.pipeline.spreadsheets import grids_in

    if carried is None:
        sheets = [(grid, stage_of(path) or stage) for path in filled for grid in grids_in(path)]
    else:
        sheets = [(carried_grid(project, path, carried or actor, stage), stage) for path in filled]
    new = sum(import_decisions(project, grid, actor, at) for grid, at in sheets)
    print_json({"new": new}) if as_json else say(f"{new:,} new decisions.")


def _key(project: "Project", name: str) -> str:
    from review.pipeline.naming import resolve
    from screening.problems import Problem, WinnowError

    problems: list[Problem] = []
    with project.ledger.read() as conn:
        key = resolve(conn, name, "", problems)
    if key is None:
        raise WinnowError(problems, exit_status=1)
    return key


def _order(project: "Project", stage: "DecisionStage", said: str | None) -> "Order":
    """Return the order asked for, else the protocol's; only titles and abstracts are ranked."""
    from screening.records import Stage

    named = said or (project.protocol.ranking.order if stage is Stage.TITLE_ABSTRACT else "random")
    orders: dict[str, Order] = {
        "random": "random",
        "ranked": "ranked",
        "date": "year",
        "source": "source",
        "title": "title",
    }
    return orders[named]


def _sit_queue(
    project: "Project", actor: str, stage: "DecisionStage", order: "Order", search: str
) -> None:
    from review.cli.sitting import Sitting
    from review.pipeline.screening.ranking_process import RankingDesk
    from review.store import queries
    from screening.records import Stage

    def offer(skipped: "Sequence[str]") -> list[str]:
        with project.ledger.read() as conn:
            return queries.queue(conn, stage, actor, order=order, text=search, skip=skipped)

    if order != "ranked" or stage is not Stage.TITLE_ABSTRACT:
        Sitting(project, actor, stage, offer).sit()
        return
    with RankingDesk(project) as desk:
        desk.note_decision(actor)
        Sitting(project, actor, stage, offer, settled=lambda: desk.note_decision(actor)).sit()


def _sit_conflicts(project: "Project", actor: str, stage: "DecisionStage") -> None:
    from review.cli.sitting import Sitting
    from review.store import queries

    def offer(skipped: "Sequence[str]") -> list[str]:
        with project.ledger.read() as conn:
            return [key for key in queries.conflicts(conn, stage) if key not in skipped]

    Sitting(project, actor, stage, offer, conflicts=True).sit()


def _sit_pilot(project: "Project", actor: str, stage: "DecisionStage", size: int) -> None:
    from review.cli.sitting import Sitting
    from review.pipeline.screening.pilot import draw, waiting_in

    opened = draw(project, actor, stage, size)
    say(f"Pilot round {opened.number}: {len(opened.references):,} references for everyone.")

    def offer(skipped: "Sequence[str]") -> list[str]:
        return [key for key in waiting_in(project, opened, actor) if key not in skipped]

    Sitting(project, actor, stage, offer).sit()
    say("How far all agree is told when everyone has voted: winnow agreement --pilot")


def _share_out(
    project: "Project",
    actor: str,
    stage: "DecisionStage",
    shares: tuple[str, ...],
    core: str | None,
    *,
    as_json: bool,
) -> None:
    from review.cli.status import print_workload
    from review.pipeline.screening.workload import assign, lift_shares, workload

    if shares:
        assign(project, actor, stage, dict(map(_weight, shares)), core=core)
    else:
        lift_shares(project, actor, stage)
    work = workload(project, stage)
    print_json(work.as_json()) if as_json else print_workload(work)


def _weight(share: str) -> tuple[str, float]:
    name, _, weight = share.rpartition("=")
    try:
        return name.strip(), float(weight)
    except ValueError:
        raise click.UsageError(
            f'"{share}" is no share. Write a name and a weight: anna=60'
        ) from None
