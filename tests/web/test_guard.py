"""Who may talk to the web server, and what its answers forbid the browser."""

from collections.abc import AsyncIterator, Mapping
from io import BytesIO

import pytest
from aiohttp import ClientSession, WSServerHandshakeError, web

from bot.errors import ConfigError
from bot.web.application import MOST_BYTES, web_app
from bot.web.guard import is_loopback
from bot.web.server import WebServer


async def accept(request: web.Request) -> web.Response:
    return web.Response(text=str(len(await request.read())))


async def socket(request: web.Request) -> web.WebSocketResponse:
    response = web.WebSocketResponse()
    await response.prepare(request)
    await response.close()
    return response


class Health:
    """What /health is told, changed by the tests."""

    def __init__(self) -> None:
        self.why: tuple[str, ...] = ()

    async def __call__(self) -> tuple[str, ...]:
        return self.why


@pytest.fixture
def health() -> Health:
    return Health()


@pytest.fixture
async def server(health: Health) -> AsyncIterator[WebServer]:
    routes = [web.post("/accept", accept), web.get("/socket", socket)]
    made = WebServer(web_app(bot_name="<小团>", ailments=health, routes=routes), "127.0.0.1", 0)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def browser() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


async def test_health_says_why(server: WebServer, health: Health, browser: ClientSession) -> None:
    async with browser.get(server.address + "/health") as answer:
        assert await answer.json() == {"status": "ready", "why": []}
    health.why = ("redis is away",)
    async with browser.get(server.address + "/health") as answer:
        assert await answer.json() == {"status": "degraded", "why": ["redis is away"]}


@pytest.mark.parametrize("path", ["/", "/health", "/static/icon.svg"])
async def test_every_answer_forbids_other_origins(
    server: WebServer, browser: ClientSession, path: str
) -> None:
    async with browser.get(server.address + path) as answer:
        assert answer.status == 200
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_the_name_of_the_bot_is_text_in_the_page(server: WebServer, browser: ClientSession) -> None:
    async with browser.get(server.address + "/") as answer:
        page = await answer.text()
    assert "&lt;小团&gt;" in page
    assert "<小团>" not in page


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost:{port}", 200), ("127.0.0.1", 200), ("[::1]:{port}", 200), ("tuan.example", 421), ("[", 421)],
)
async def test_a_foreign_name_that_leads_here_is_not_served(
    server: WebServer, browser: ClientSession, host: str, status: int
) -> None:
    named = {"Host": host.format(port=server.address.rpartition(":")[2])}
    async with browser.get(server.address + "/health", headers=named) as answer:
        assert answer.status == status


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "null"}, {"Origin": "http://tuan.example"}, {"Origin": "http://127.0.0.1:1"}]
)
async def test_foreign_pages_can_neither_post_nor_listen(
    server: WebServer, browser: ClientSession, headers: Mapping[str, str]
) -> None:
    async with browser.post(server.address + "/accept", data=b"x", headers=headers) as answer:
        assert answer.status == 403
    with pytest.raises(WSServerHandshakeError, match="403"):
        await browser.ws_connect(server.address + "/socket", headers=headers)


async def test_our_own_page_may(server: WebServer, browser: ClientSession) -> None:
    own = {"Origin": server.address}
    async with browser.post(server.address + "/accept", data=b"xyz", headers=own) as answer:
        assert await answer.text() == "3"
    async with browser.ws_connect(server.address + "/socket", headers=own) as page:
        assert (await page.receive()).data == 1000


async def test_a_body_that_is_too_large_is_refused(server: WebServer, browser: ClientSession) -> None:
    own = {"Origin": server.address}
    body = BytesIO(b"x" * (MOST_BYTES + 1))
    async with browser.post(server.address + "/accept", data=body, headers=own) as answer:
        assert answer.status == 413


async def test_a_taken_port_is_a_fault_of_the_configuration(server: WebServer, health: Health) -> None:
    port = int(server.address.rpartition(":")[2])
    second = WebServer(web_app(bot_name="小团", ailments=health), "127.0.0.1", port)
    with pytest.raises(ConfigError, match=str(port)):
        await second.start()


async def test_static_files_do_not_lead_out_of_their_folder(
    server: WebServer, browser: ClientSession
) -> None:
    async with browser.get(server.address + "/static/..%2fguard.py") as answer:
        assert answer.status in (403, 404)


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        *((host, True) for host in ("127.0.0.1", "127.8.8.8", "::1", "localhost", "a.localhost")),
        *((host, False) for host in ("0.0.0.0", "localhost.example", "", "192.168.1.5")),
    ],
)
def test_loopback(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback
