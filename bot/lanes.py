"""Lanes: one queue per conversation, worked off in order; conversations run side by side."""

import asyncio
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

from bot.model import Incoming

Work = Callable[[Incoming], Awaitable[None]]


class Lanes:
    """Hands messages to `work` one after the other within a conversation.

    A full lane makes `put` wait, so that a flood slows its own room's channel and nothing else.
    An idle lane gives its task back. `work` must not raise: what it raises ends the whole program.
    """

    def __init__(self, work: Work, *, capacity: int = 1000, idle_seconds: float = 60) -> None:
        self._work = work
        self._capacity = capacity
        self._idle_seconds = idle_seconds
        self._queues: dict[str, asyncio.Queue[Incoming]] = {}
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
        return len(self._queues)

    async def put(self, incoming: Incoming) -> None:
        """Queue a message; waits while its lane is full."""
        key = str(incoming.address)
        queue = self._queues.get(key)
        if queue is None:
            queue = self._queues[key] = asyncio.Queue(self._capacity)
            self._tasks.create_task(self._run(key, queue))
        await queue.put(incoming)

    async def _run(self, key: str, queue: asyncio.Queue[Incoming]) -> None:
        while True:
            try:
                async with asyncio.timeout(self._idle_seconds):
                    incoming = await queue.get()
            except TimeoutError:
                if queue.empty():
                    del self._queues[key]
                    return
                continue
            await self._work(incoming)
            queue.task_done()

    async def drain(self) -> None:
        """Wait until everything that was put is worked off."""
        for queue in list(self._queues.values()):
            await queue.join()
