"""The server as an ASGI application, put together from the routes of its modules."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from . import description, pages, protocol, things, workbench
from .http.guard import Guard
from .http.problem import Refusal, of_status
from .http.responses import problem

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response

    from .state import State

MODULES = (protocol, pages, description, workbench, things)
"""Modules with a function ``routes(state)``; the one that is asked most is first."""


def app_of(state: State) -> Guard:
    """Return the server for a state that has been opened.

    Its queries run in processes that are started with the application's lifespan and end with it.
    """

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await state.pool.start()
        try:
            yield
        finally:
            await state.close()

    app = Starlette(
        routes=[route for module in MODULES for route in module.routes(state)],
        exception_handlers={Refusal: _refused, HTTPException: _failed, Exception: _broken},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    return Guard(app, state.config)


async def _refused(_request: Request, error: Exception) -> Response:
    return problem(error if isinstance(error, Refusal) else of_status(500))


async def _failed(_request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        return problem(of_status(500))
    return problem(of_status(error.status_code, error.headers))


async def _broken(_request: Request, _error: Exception) -> Response:
    return problem(of_status(500))
