"""Short-lived conversation state: of this process alone, or in Redis."""

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import structlog
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from bot.ports import Clock

log = structlog.get_logger(__name__)
Value = TypeVar("Value")
SWEEP = 1024
"""After so many new keys, those whose time is over are forgotten."""
PREFIX = "tuanbot:"
CONNECTIONS = 32
SECONDS = 1.0
"""How long a conversation may be held up by a Redis that does not answer."""
PAUSE = 1.0
"""After a failure nobody asks again for so long, or every message would wait in vain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A value and the time at which it is forgotten."""

    value: str
    until: datetime


class MemoryState:
    """Implements bot.ports.State by the given clock: for replay, tests and a bot without Redis."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[str, Kept] = {}
        self._until_sweep = SWEEP

    @property
    def healthy(self) -> bool:
        """Always there."""
        return True

    async def get(self, key: str) -> str | None:
        """The value, or None when there is none."""
        kept = self._live(key)
        return None if kept is None else kept.value

    async def get_all(self, keys: Sequence[str]) -> Sequence[str | None]:
        """What `get` gives for each."""
        return [await self.get(key) for key in keys]

    async def put(self, key: str, value: str, seconds: int) -> None:
        """Keep a value for so long."""
        self._keep(key, value, self._clock.now() + timedelta(seconds=seconds))

    async def put_all(self, values: Mapping[str, str], seconds: int) -> None:
        """Keep values by key for so long."""
        for key, value in values.items():
            await self.put(key, value, seconds)

    async def drop(self, key: str) -> None:
        """Forget it."""
        self._kept.pop(key, None)

    async def count(self, key: str, seconds: int) -> int:
        """Add one to a counter that starts anew after so long."""
        kept = self._live(key)
        if kept is None:
            self._keep(key, "1", self._clock.now() + timedelta(seconds=seconds))
            return 1
        counted = int(kept.value) + 1
        self._keep(key, str(counted), kept.until)
        return counted

    async def close(self) -> None:
        """Forget everything."""
        self._kept.clear()

    def _live(self, key: str) -> Kept | None:
        kept = self._kept.get(key)
        return kept if kept is not None and self._clock.now() < kept.until else None

    def _keep(self, key: str, value: str, until: datetime) -> None:
        self._kept[key] = Kept(value=value, until=until)
        self._until_sweep -= 1
        if self._until_sweep <= 0:
            now = self._clock.now()
            self._kept = {one: kept for one, kept in self._kept.items() if now < kept.until}
            self._until_sweep = SWEEP


class RedisState:
    """Implements bot.ports.State. Never raises when Redis is away: it knows nothing then, and counts to 0."""

    def __init__(self, url: str, *, prefix: str = PREFIX, pause: float = PAUSE) -> None:
        self._pool = BlockingConnectionPool.from_url(
            url,
            max_connections=CONNECTIONS,
            timeout=SECONDS,
            socket_timeout=SECONDS,
            socket_connect_timeout=SECONDS,
            decode_responses=True,
            # a connection that broke while it was idle is replaced at once
            retry=Retry(NoBackoff(), 1),
        )
        self._redis = Redis(connection_pool=self._pool)
        self._prefix = prefix
        self._pause = pause
        self._healthy = True
        self._asleep_until = 0.0

    @property
    def healthy(self) -> bool:
        """Whether the last attempt was answered."""
        return self._healthy

    async def get(self, key: str) -> str | None:
        """The value, or None when there is none or Redis is away."""
        (value,) = await self.get_all([key])
        return value

    async def get_all(self, keys: Sequence[str]) -> Sequence[str | None]:
        """What `get` gives for each, asked at once."""
        if not keys:
            return []
        nothing: list[bytes | str | None] = [None] * len(keys)
        values = await self._tried(lambda: self._redis.mget([self._prefix + key for key in keys]), nothing)
        return [value.decode() if isinstance(value, bytes) else value for value in values]

    async def put(self, key: str, value: str, seconds: int) -> None:
        """Keep a value for so long."""
        await self.put_all({key: value}, seconds)

    async def put_all(self, values: Mapping[str, str], seconds: int) -> None:
        """Keep values by key for so long, told at once."""
        await self._tried(lambda: self._put_all(values, seconds), None)

    async def drop(self, key: str) -> None:
        """Forget it."""
        await self._tried(lambda: self._redis.delete(self._prefix + key), 0)

    async def count(self, key: str, seconds: int) -> int:
        """Add one to a counter that starts anew after so long; 0 when Redis is away."""
        return await self._tried(lambda: self._counted(self._prefix + key, seconds), 0)

    async def close(self) -> None:
        """Close all connections."""
        await self._redis.aclose()
        await self._pool.aclose()

    async def _put_all(self, values: Mapping[str, str], seconds: int) -> None:
        async with self._redis.pipeline(transaction=False) as steps:
            for key, value in values.items():
                steps.set(self._prefix + key, value, ex=seconds)
            await steps.execute()

    async def _counted(self, key: str, seconds: int) -> int:
        async with self._redis.pipeline(transaction=True) as steps:
            # the time runs from the first count on: adding one does not renew it
            steps.set(key, 0, ex=seconds, nx=True)
            steps.incr(key)
            return int((await steps.execute())[1])

    async def _tried(self, work: Callable[[], Awaitable[Value]], otherwise: Value) -> Value:
        if time.monotonic() < self._asleep_until:
            return otherwise
        try:
            value = await work()
        except (RedisError, OSError) as error:
            self._failed(error)
            return otherwise
        self._answered()
        return value

    def _failed(self, error: Exception) -> None:
        if self._healthy:
            log.warning("state.away", error=str(error))
        self._healthy = False
        self._asleep_until = time.monotonic() + self._pause

    def _answered(self) -> None:
        if not self._healthy:
            log.info("state.back")
        self._healthy = True
