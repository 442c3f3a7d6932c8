"""What befalls a bot from within its own process, at set moments of its life."""

import asyncio
import importlib
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from redis import Redis

from bot.clock import SystemClock
from storage.embedded_redis import EmbeddedRedis

CUTS = (0.05, 0.1, 0.2)
JUMPS = ((0.05, timedelta(hours=5)), (0.1, timedelta(days=-2)), (0.2, timedelta(minutes=-10)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarms:
    """Counted from the first message on. `death` in seconds, None: it may live."""

    death: float | None = None
    redis_dies: bool = False
    links_break: bool = False
    clock_jumps: bool = False


def set_off(alarms: Alarms, data: Path, database: str) -> None:
    """Start counting."""
    if alarms.redis_dies:
        _after(0.02, _kill_redis, data)
    if alarms.links_break:
        for moment in CUTS:
            _after(moment, _cut_links, database)
    if alarms.clock_jumps:
        for moment, jump in JUMPS:
            _after(moment, _jump, jump)
    if alarms.death is not None:
        _after(alarms.death, os.kill, os.getpid(), signal.SIGKILL)


def listen(alarms: Alarms) -> None:
    """Before the life begins: take note of the connections that are to be broken."""
    if alarms.links_break:
        sa.event.listen(sa.Pool, "connect", _remember)


def redis_of(data: Path) -> Redis:
    """A client of the bot's own Redis."""
    return Redis(unix_socket_path=EmbeddedRedis(data / "redis").url.removeprefix("unix://"))


def _after(seconds: float, act: Callable[..., object], *given: object) -> None:
    timer = threading.Timer(seconds, act, given)
    timer.daemon = True
    timer.start()


def _kill_redis(data: Path) -> None:
    with redis_of(data) as client:
        os.kill(client.info("server")["process_id"], signal.SIGKILL)


def _jump(by: timedelta) -> None:
    """Nothing in the program learns the time elsewhere."""

    def now(_self: SystemClock) -> datetime:
        return datetime.now(UTC) + by

    SystemClock.now = now  # type: ignore[method-assign, assignment]


_SERVER_PIDS: list[int] = []


def _remember(connection: Any, _record: object) -> None:
    driver = connection.driver_connection
    if hasattr(driver, "get_server_pid"):
        _SERVER_PIDS.append(driver.get_server_pid())


def _cut_links(database: str) -> None:
    """Ours only: other tests use the same server."""
    asyncio.run(_cut(database.partition("?")[0], tuple(_SERVER_PIDS)))


async def _cut(url: str, pids: tuple[int, ...]) -> None:
    hand = await importlib.import_module("asyncpg").connect(url)
    try:
        for pid in pids:
            await hand.execute("SELECT pg_terminate_backend($1)", pid)
    finally:
        await hand.close()
