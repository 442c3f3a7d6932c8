"""What every request must pass, and what every answer carries: Host, Origin, security headers."""

import ipaddress
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Middleware

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def guard(host: str) -> Middleware:
    """The middleware for a server that listens on `host`.

    On a loopback address only loopback names are served, else a foreign page could reach us by a name of
    its own that leads here. WebSockets and whatever changes something must come from our own pages.
    """
    loopback_only = is_loopback(host)

    @web.middleware
    async def checked(request: web.Request, handler: Handler) -> web.StreamResponse:
        if loopback_only and not is_loopback(_name(request.host)):
            raise web.HTTPMisdirectedRequest(text="unknown host")
        if _changes_something(request) and not _is_own(request):
            raise web.HTTPForbidden(text="foreign origin")
        return await handler(request)

    return checked


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:  # noqa: ARG001 - a signal
    """Put the security headers on an answer; a signal handler for `on_response_prepare`."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-cache")


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine only."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _changes_something(request: web.Request) -> bool:
    return request.method not in SAFE_METHODS or request.headers.get("Upgrade", "").lower() == "websocket"


def _is_own(request: web.Request) -> bool:
    """Browsers always name the origin of such requests, so one without it is not trusted either."""
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host
