"""Open pages of the simulator: their WebSockets, told news side by side."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import WSMsgType, web

SLOWEST = 5.0
"""Seconds that a page may take for one message before it is left behind; it comes back by itself."""
HEARTBEAT = 20.0

Hear = Callable[[str], Awaitable[str | None]]
"""Takes what a page says; what it returns is sent back to this page only."""


class Pages:
    """The pages that are open now."""

    def __init__(self, *, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._open: set[web.WebSocketResponse] = set()

    async def serve(
        self, request: web.Request, greeting: Callable[[], str], hear: Hear
    ) -> web.StreamResponse:
        """One page from its opening to its end; told news from before the greeting on: it misses none."""
        page = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=self._most_bytes)
        await page.prepare(request)
        self._open.add(page)
        try:
            await page.send_str(greeting())
            async for message in page:
                answer = await hear(message.data) if message.type is WSMsgType.TEXT else None
                if answer is not None:
                    await page.send_str(answer)
        except ConnectionError:
            pass
        finally:
            self._open.discard(page)
        return page

    async def tell(self, text: str) -> None:
        """Send to all; one that is gone or stands still is left behind."""
        await asyncio.gather(*(self._push(page, text) for page in list(self._open)))

    async def close(self) -> None:
        """End all of them."""
        await asyncio.gather(*(page.close() for page in list(self._open)))

    async def _push(self, page: web.WebSocketResponse, text: str) -> None:
        try:
            async with asyncio.timeout(SLOWEST):
                await page.send_str(text)
        except (TimeoutError, ConnectionError):
            self._open.discard(page)
