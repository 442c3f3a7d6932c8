"""The route /metrics."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST


def metrics_routes(text: Callable[[], Awaitable[bytes]]) -> list[web.RouteDef]:
    """The route for a source of figures in Prometheus' text format."""

    async def show(_request: web.Request) -> web.Response:
        return web.Response(body=await text(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [web.get("/metrics", show)]
