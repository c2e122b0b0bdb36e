"""The pages, one file each: its routes and its context class. This is the one list of them."""

from fastapi import APIRouter

from review.web.pages import (
    appraise,
    assets,
    conflicts,
    consensus,
    duplicates,
    flow,
    home,
    load,
    log,
    people,
    protocol,
    report,
    retrieval,
    screen,
    sign_in,
    tables,
    trace,
)

ROUTERS: tuple[APIRouter, ...] = (
    sign_in.router,
    home.router,
    screen.router,
    retrieval.router,
    conflicts.router,
    load.router,
    protocol.router,
    people.router,
    log.router,
    duplicates.router,
    appraise.router,
    consensus.router,
    assets.router,
    flow.router,
    tables.router,
    report.router,
    trace.router,
)
