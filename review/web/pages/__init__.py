"""The pages, one file each: its routes and its context class. This is the one list of them."""

from fastapi import APIRouter

from review.web.pages import home, sign_in

ROUTERS: tuple[APIRouter, ...] = (
    sign_in.router,
    home.router,
)
