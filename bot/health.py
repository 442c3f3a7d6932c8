"""What is wrong with a running bot: the dependencies that are away, and replies that do not get out."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

from bot.errors import Unavailable
from bot.model import Backlog
from bot.ports import Clock, OutboxStore, State, UnitOfWork

SECONDS = 2.0
"""How long whoever asks for the health may be kept waiting by one dependency."""
STUCK = timedelta(minutes=2)
NO_STORE = "数据库用不了：消息先留在渠道和收件箱里，恢复后接着处理。看数据库服务和磁盘"
NO_STATE = "Redis 连不上：下单照常，问到一半的话要重问。看 Redis 服务"
WAITING = "有 {number} 条回复发不出去，最早的一条是 {since:%H:%M:%S}（UTC）的。看渠道"


class Health:
    """Asks the store, the state and the outbox how they are; says what is wrong."""

    def __init__(
        self, *, units: Callable[[], UnitOfWork], state: State, outbox: OutboxStore, clock: Clock
    ) -> None:
        self._units = units
        self._state = state
        self._outbox = outbox
        self._clock = clock

    async def ailments(self) -> tuple[str, ...]:
        """One line each; none when all is well. The bot goes on in any case."""
        return tuple([line async for line in self._lines()])

    async def backlog(self) -> Backlog | None:
        """What waits in the outbox; None while the store is away."""
        try:
            async with asyncio.timeout(SECONDS):
                return await self._outbox.backlog()
        except (Unavailable, TimeoutError):
            return None

    async def state_answers(self) -> bool:
        """Whether Redis, or what stands in for it, is there."""
        return await self._state.count("health", 60) > 0

    async def _lines(self) -> AsyncIterator[str]:
        if not await self._store_answers():
            yield NO_STORE
        if not await self.state_answers():
            yield NO_STATE
        backlog = await self.backlog()
        if backlog is not None and backlog.oldest and self._clock.now() - backlog.oldest > STUCK:
            yield WAITING.format(number=backlog.waiting, since=backlog.oldest)

    async def _store_answers(self) -> bool:
        try:
            async with asyncio.timeout(SECONDS), self._units() as store:
                await store.group_buys.due(datetime.now(UTC))
        except (Unavailable, TimeoutError):
            return False
        return True
