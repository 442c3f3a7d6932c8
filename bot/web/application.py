"""The aiohttp application: pages, static files, /health, and the routes that channels bring along."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path

import jinja2
from aiohttp import web

from bot.web.guard import add_headers, guard

HERE = Path(__file__).parent
MOST_BYTES = 10 * 1024 * 1024
"""Of one request: a picture as phones make them."""

Ailments = Callable[[], Awaitable[Sequence[str]]]
"""What is wrong now, one line each, in English; empty when all is well."""


def web_app(
    *,
    bot_name: str,
    host: str = "127.0.0.1",
    ailments: Ailments,
    routes: Iterable[web.AbstractRouteDef] = (),
    simulator: bool = True,
) -> web.Application:
    """The application for a server on `host`; `routes` are those of the channels."""
    app = web.Application(middlewares=[guard(host)], client_max_size=MOST_BYTES)
    app.on_response_prepare.append(add_headers)
    app.router.add_static("/static", HERE / "static")
    app.router.add_get("/health", health(ailments))
    app.add_routes(routes)
    if simulator:
        app.router.add_get("/", page("simulator.html", bot_name=bot_name))
    return app


def templates() -> jinja2.Environment:
    """The templates of all pages; what is filled in is escaped."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True, undefined=jinja2.StrictUndefined
    )


def page(template: str, **values: object) -> Callable[[web.Request], Awaitable[web.Response]]:
    """A handler that shows one template with fixed values."""
    text = templates().get_template(template).render(values)

    async def show(_request: web.Request) -> web.Response:
        return web.Response(text=text, content_type="text/html")

    return show


def health(ailments: Ailments) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The handler of /health: `ready`, or `degraded` and why. Both are 200, for the bot goes on."""

    async def show(_request: web.Request) -> web.Response:
        why = list(await ailments())
        return web.json_response({"status": "degraded" if why else "ready", "why": why})

    return show
