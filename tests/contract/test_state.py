"""State, in memory and in Redis."""

import os
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as Away

from bot.clock import SetClock
from bot.ports import State
from storage.state import MemoryState, RedisState
from tests.storage.conftest import MUST
from tests.storage.scenery import NOW

REDIS = os.environ.get("TUANBOT_TEST_REDIS", "redis://127.0.0.1:6379/0")


@dataclass(frozen=True, kw_only=True)
class Timed:
    """A state, and a way to let time pass without waiting."""

    state: State
    wait: Callable[[float], Awaitable[None]]


@pytest.fixture(params=["memory", "redis"])
async def timed(request: pytest.FixtureRequest) -> AsyncIterator[Timed]:
    if request.param == "memory":
        clock = SetClock(NOW)

        async def move(seconds: float) -> None:
            clock.set(clock.now() + timedelta(seconds=seconds))

        yield Timed(state=MemoryState(clock), wait=move)
        return
    async with Redis.from_url(REDIS) as server:
        try:
            await server.ping()
        except Away as error:
            if MUST:
                raise
            pytest.skip(f"no Redis: {error}")
        prefix = f"test:{secrets.token_hex(6)}:"
        state = RedisState(REDIS, prefix=prefix)
        yield Timed(state=state, wait=lambda seconds: _shorten(server, prefix, seconds))
        await state.close()
        async for key in server.scan_iter(f"{prefix}*"):
            await server.delete(key)


async def _shorten(server: Redis, prefix: str, seconds: float) -> None:
    """Takes the seconds off the life of every key."""
    async for key in server.scan_iter(f"{prefix}*"):
        left = await server.pttl(key) - round(seconds * 1000)
        await (server.pexpire(key, left) if left > 0 else server.delete(key))


async def test_a_value_is_there_until_its_time_is_over(timed: Timed) -> None:
    assert await timed.state.get("k") is None
    await timed.state.put("k", "第二个", 600)
    await timed.wait(590)
    assert await timed.state.get("k") == "第二个"
    await timed.wait(10)
    assert await timed.state.get("k") is None


async def test_a_new_value_takes_the_place_of_the_old_one_with_its_own_time(timed: Timed) -> None:
    await timed.state.put("k", "1", 10)
    await timed.state.put("k", "2", 600)
    await timed.wait(10)
    assert await timed.state.get("k") == "2"


async def test_what_is_dropped_is_gone(timed: Timed) -> None:
    await timed.state.put("k", "1", 10)
    await timed.state.put("other", "2", 10)
    await timed.state.drop("k")
    await timed.state.drop("never there")
    assert await timed.state.get("k") is None
    assert await timed.state.get("other") == "2"


async def test_a_counter_counts_from_one_and_starts_anew_after_its_time(timed: Timed) -> None:
    assert [await timed.state.count("c", 60) for _ in range(3)] == [1, 2, 3]
    assert await timed.state.count("other", 60) == 1
    await timed.wait(59)
    assert await timed.state.count("c", 60) == 4
    await timed.wait(1)
    assert await timed.state.count("c", 60) == 1


async def test_many_are_kept_and_read_at_once(timed: Timed) -> None:
    await timed.state.put_all({"a": "1", "b": "二"}, 60)
    assert list(await timed.state.get_all(["b", "nowhere", "a"])) == ["二", None, "1"]
    assert list(await timed.state.get_all([])) == []
    await timed.wait(61)
    assert list(await timed.state.get_all(["a", "b"])) == [None, None]
