"""Lanes: one queue per conversation, worked off in order; conversations run side by side."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from types import TracebackType
from typing import Self

from bot.model import Incoming

Work = Callable[[Sequence[Incoming]], Awaitable[None]]
MOST = 100
"""Messages that are handed over at once."""


class Lane:
    """What waits in one conversation; whoever finds it full waits in line."""

    def __init__(self, capacity: int) -> None:
        self._queue: asyncio.Queue[Incoming] = asyncio.Queue(capacity)
        self._line = asyncio.Lock()

    async def put(self, incoming: Incoming) -> None:
        """Queue a message behind all that came before it."""
        async with self._line:
            await self._queue.put(incoming)

    async def take(self) -> list[Incoming]:
        """What waits, at most MOST; waits for the first."""
        taken = [await self._queue.get()]
        while len(taken) < MOST and not self._queue.empty():
            taken.append(self._queue.get_nowait())
        return taken

    def done(self, count: int) -> None:
        """So many of those that were taken are worked off."""
        for _ in range(count):
            self._queue.task_done()

    @property
    def idle(self) -> bool:
        """Whether nobody is in it or about to be."""
        return self._queue.empty() and not self._line.locked()

    async def drained(self) -> None:
        """Wait until all is worked off."""
        await self._queue.join()


class Lanes:
    """Hands messages to `work` in order within a conversation, several at once when several wait.

    A full lane makes `put` wait, so that a flood slows its own room's channel and nothing else.
    An idle lane gives its task back. `work` must not raise: what it raises ends the whole program.
    """

    def __init__(self, work: Work, *, capacity: int = 1000, idle_seconds: float = 60) -> None:
        self._work = work
        self._capacity = capacity
        self._idle_seconds = idle_seconds
        self._lanes: dict[str, Lane] = {}
        self._tasks = asyncio.TaskGroup()

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._tasks.__aexit__(kind, error, trace)

    def __len__(self) -> int:
        return len(self._lanes)

    async def put(self, incoming: Incoming) -> None:
        """Queue a message; waits while its lane is full."""
        key = str(incoming.address)
        lane = self._lanes.get(key)
        if lane is None:
            lane = self._lanes[key] = Lane(self._capacity)
            self._tasks.create_task(self._run(key, lane))
        await lane.put(incoming)

    async def _run(self, key: str, lane: Lane) -> None:
        while True:
            try:
                async with asyncio.timeout(self._idle_seconds):
                    messages = await lane.take()
            except TimeoutError:
                if lane.idle:
                    del self._lanes[key]
                    return
                continue
            await self._work(messages)
            lane.done(len(messages))

    async def drain(self) -> None:
        """Wait until everything that was put is worked off."""
        for lane in list(self._lanes.values()):
            await lane.drained()
