"""The inbox: a message is written down before anything is done with it, once for ever."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.errors import Unavailable
from bot.model import Incoming
from bot.ports import InboxStore

log = structlog.get_logger(__name__)
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 5.0


class Inbox:
    """Takes what channels hear, and gives every message on exactly once per life of the program."""

    def __init__(self, store: InboxStore, on: Callable[[Incoming], Awaitable[None]]) -> None:
        self._store = store
        self._on = on

    async def heard(self, incoming: Incoming) -> None:
        """Write a message down and pass it on; a repeat ends here. Waits while the store is away."""
        if await self._accepted(incoming):
            await self._on(incoming)

    async def recover(self) -> int:
        """Pass on what was accepted but not handled when the program last ended."""
        count = 0
        async for incoming in self._store.unhandled():
            await self._on(incoming)
            count += 1
        return count

    async def _accepted(self, incoming: Incoming) -> bool:
        pause = FIRST_PAUSE
        while True:
            try:
                return await self._store.accept(incoming)
            except Unavailable as error:
                log.warning("inbox.away", message=incoming.id, error=str(error), retry_in=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
