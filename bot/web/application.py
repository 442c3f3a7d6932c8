"""The aiohttp application: pages, static files, /health, and the routes that channels bring along."""

import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from aiohttp import web

from bot.web.guard import add_headers, guard
from bot.web.pages import Pages

HERE = Path(__file__).parent
MOST_BYTES = 10 * 1024 * 1024
"""Of one request: a picture as phones make them."""

Ailments = Callable[[], Awaitable[Sequence[str]]]
"""What is wrong now, one line each; empty when all is well."""


def web_app(
    *,
    bot_name: str,
    host: str = "127.0.0.1",
    ailments: Ailments,
    routes: Iterable[web.AbstractRouteDef] = (),
    simulator: bool = True,
) -> web.Application:
    """The application for a server on `host`; `routes` are those of the channels and of the console.

    Without the simulator, / leads to the console.
    """
    app = web.Application(middlewares=[guard(host)], client_max_size=MOST_BYTES)
    app.on_response_prepare.append(add_headers)
    app.router.add_static("/static", HERE / "static")
    app.router.add_get("/health", health(ailments))
    app.add_routes(routes)
    app.router.add_get("/", _front(Pages(bot_name=bot_name, simulator=simulator), simulator=simulator))
    return app


def _front(pages: Pages, *, simulator: bool) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def show(_request: web.Request) -> web.Response:
        if not simulator:
            raise web.HTTPFound("/console")
        return pages.show("simulator.html")

    return show


_readable = partial(json.dumps, ensure_ascii=False)


def health(ailments: Ailments) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The handler of /health: `ready`, or `degraded` and why. Both are 200, for the bot goes on."""

    async def show(_request: web.Request) -> web.Response:
        why = list(await ailments())
        return web.json_response({"status": "degraded" if why else "ready", "why": why}, dumps=_readable)

    return show
