"""Ranking in a process of its own, so that it takes neither time nor memory from whoever waits."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from review.pipeline.project import Project, open_project
from review.pipeline.rank import rank_queue


def rank_apart(project: Project, reviewer: str) -> int:
    """Order what waits for a reviewer, as `rank_queue` does, and return how many references that is."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(_rank, project.directory, reviewer).result()


def _rank(directory: Path, reviewer: str) -> int:
    with open_project(directory, door="web") as project:
        return len(rank_queue(project, reviewer).order)
