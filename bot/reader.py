"""The reader: understanding in a thread of its own, a message at a time, each with a deadline of its own."""

import asyncio
from typing import Self

import structlog

from bot.ports import Understander
from bot.understanding import Situation, Understanding
from bot.worker import Worker

log = structlog.get_logger(__name__)
NAME = "understanding"


class Reader:
    """Runs the understander. A message that takes too long costs its own deadline, not that of the next one.

    The time starts when a message's turn comes, so that a burst in other rooms does not use it up.
    """

    def __init__(self, understander: Understander, deadline: float) -> None:
        self._understander = understander
        self._deadline = deadline
        self._turn = asyncio.Lock()
        self._worker = Worker(NAME)

    async def read(self, text: str, situation: Situation) -> Understanding | None:
        """The meaning, or None when it could not be had within the deadline."""
        async with self._turn:
            try:
                async with asyncio.timeout(self._deadline):
                    return await self._worker.submit(lambda: self._understander.understand(text, situation))
            except TimeoutError:
                log.warning("reader.deadline", characters=len(text))
                self._worker.leave()
                self._worker = Worker(NAME)
                return None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Give the thread back."""
        self._worker.leave()
