"""What is kept for a time only: questions to the FAQ, of which the law and docs/faq.md bound how long."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import structlog

from bot.errors import Unavailable
from bot.ports import Clock, UnitOfWork

log = structlog.get_logger(__name__)
QUESTIONS = timedelta(days=180)
LOOK_SECONDS = 6 * 3600.0


class Retention:
    """Deletes what is older than may be kept, at the start and some times a day."""

    def __init__(self, *, units: Callable[[], UnitOfWork], clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def run(self) -> None:
        """Look until cancelled; where the store is away, at the next time."""
        while True:
            try:
                await self.look()
            except Unavailable as error:
                log.warning("retention.away", error=str(error))
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Delete what has become too old."""
        async with self._units() as store:
            deleted = await store.inquiries.prune(self._clock.now() - QUESTIONS)
            await store.commit()
        if deleted:
            log.info("retention.deleted", questions=deleted)
