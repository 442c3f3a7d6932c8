"""The inbox: a message is written down before anything is done with it, once for ever."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import structlog

from bot.errors import Unavailable
from bot.model import Address, Incoming
from bot.ports import InboxStore

log = structlog.get_logger(__name__)
MOST = 500
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 2.0


@dataclass(frozen=True, slots=True)
class Heard:
    """A message on its way in, and whoever waits until it is safe with us."""

    incoming: Incoming
    taken: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Inbox:
    """Takes what channels hear, and gives every message on exactly once per life of the program.

    What comes while others are being written down is written down with one commit. A conversation's messages
    are given on in the order in which they were heard.
    """

    def __init__(self, store: InboxStore, on: Callable[[Incoming], Awaitable[None]]) -> None:
        self._store = store
        self._on = on
        self._waiting: list[Heard] = []
        self._writing: asyncio.Task[None] | None = None
        self._passing: dict[Address, deque[Heard]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def heard(self, incoming: Incoming) -> None:
        """Write a message down and pass it on; a repeat ends here. Waits while the store is away.

        Who is cancelled while waiting has handed it over all the same.
        """
        one = Heard(incoming)
        self._waiting.append(one)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        await one.taken

    async def recover(self) -> int:
        """Pass on what was accepted but not handled when the program last ended."""
        count = 0
        async for incoming in self._store.unhandled():
            await self._on(incoming)
            count += 1
        return count

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            for one, new in zip(batch, await self._accepted(batch), strict=True):
                if new:
                    self._start_passing(one)
                else:
                    _tell(one)

    def _start_passing(self, one: Heard) -> None:
        """A conversation that is full must not hold up the others."""
        address = one.incoming.address
        if address in self._passing:
            self._passing[address].append(one)
            return
        self._passing[address] = deque([one])
        task = asyncio.create_task(self._pass_on(address))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _pass_on(self, address: Address) -> None:
        """All of a conversation that comes until it is through, one after the other."""
        line = self._passing[address]
        try:
            while line:
                await self._on(line[0].incoming)
                _tell(line.popleft())
        finally:
            del self._passing[address]

    async def _accepted(self, batch: Sequence[Heard]) -> Sequence[bool]:
        """Which are new; after a failure all of them may be, since nobody knows what was written.

        Who is passed on for the second time is found to be handled, or being handled, by its mark.
        """
        messages = [one.incoming for one in batch]
        pause, sure = FIRST_PAUSE, True
        while True:
            try:
                new = await self._store.accept_all(messages)
            except Unavailable as error:
                log.warning("inbox.away", messages=len(messages), error=str(error), retry_in=pause)
                await asyncio.sleep(pause)
                pause, sure = min(pause * 2, LONGEST_PAUSE), False
            else:
                return new if sure else [True] * len(messages)


def _tell(one: Heard) -> None:
    if not one.taken.done():
        one.taken.set_result(None)
