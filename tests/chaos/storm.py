"""A bot, the world against it: messages twice, in any order; Redis dies, links break, it is killed."""

import asyncio
import importlib
import os
import signal
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa
from pydantic import SecretStr
from redis import Redis

from bot.app import live
from bot.config import Admission, Outbox, Settings
from bot.model import Address, Incoming, Outgoing
from storage.embedded_redis import EmbeddedRedis

SHOP = "title: 测试团\nskus: [{code: A, name: 青提, unit: 盒, price: 20}]\nleader: {id: wx_leader}\n"
FEEDERS = 4
MEMBERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Storm:
    """What one life of the bot meets. `death` in seconds from its first message on, None: it may live."""

    folder: Path
    database: str
    rooms: int
    messages: int
    seed: int
    death: float | None = None
    cut: bool = False
    redis_dies: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One message: a member of a room adds units."""

    id: str
    room: int
    member: str
    units: int


def orders(storm: Storm) -> Iterator[Order]:
    """Everything that is said in all lives."""
    rng = Random(0)
    for number in range(storm.rooms * storm.messages):
        room, member = number % storm.rooms, f"m{rng.randrange(MEMBERS)}"
        yield Order(id=f"o{number}", room=room, member=member, units=rng.randint(1, 9))


def address(room: int) -> Address:
    return Address(channel="storm", account="bot", room=f"r{room}")


def lines(storm: Storm, name: str) -> list[str]:
    """What all lives so far wrote to a file."""
    path = storm.folder / name
    return path.read_text(encoding="utf-8").split() if path.exists() else []


class Network:
    """A channel that forgets what it was not told, and brings everything twice and in any order."""

    name = "storm"

    def __init__(self, storm: Storm) -> None:
        self._storm = storm
        self._rng = Random(storm.seed)
        self.spoken = asyncio.Event()

    async def run(self, heard: Callable[[Incoming], Awaitable[None]]) -> None:
        """Bring what nobody has taken yet, and some of the rest again."""
        taken = set(lines(self._storm, "taken.txt"))
        everything = list(orders(self._storm))
        coming = [order for order in everything if order.id not in taken] * 2
        coming += self._rng.sample(everything, len(everything) // 10)
        self._rng.shuffle(coming)
        disasters(self._storm)
        async with asyncio.TaskGroup() as tasks:
            for feeder in range(FEEDERS):
                tasks.create_task(self._feed(coming[feeder::FEEDERS], heard))
        self.spoken.set()
        await asyncio.Event().wait()

    async def _feed(self, coming: list[Order], heard: Callable[[Incoming], Awaitable[None]]) -> None:
        for order in coming:
            await heard(_incoming(order))
            self._write("taken.txt", order.id)

    async def send(self, outgoing: Outgoing) -> None:
        """What the process wrote survives its death."""
        self._write("said.txt", *outgoing.answers)

    def _write(self, name: str, *words: str) -> None:
        with (self._storm.folder / name).open("a", encoding="utf-8") as file:
            file.write("\n".join(words) + "\n")


def _incoming(order: Order) -> Incoming:
    return Incoming(
        id=order.id,
        address=address(order.room),
        sender_id=order.member,
        sender_name=f"住户{order.member}",
        text=f"青提来{order.units}盒",
        time=datetime.now(UTC),
    )


def disasters(storm: Storm) -> None:
    """Set the alarms of this life."""
    if storm.redis_dies:
        _after(0.02, _kill_redis, storm)
    if storm.cut:
        for moment in (0.05, 0.1, 0.2):
            _after(moment, _cut_connections, storm)
    if storm.death is not None:
        _after(storm.death, os.kill, os.getpid(), signal.SIGKILL)


def _after(seconds: float, act: Callable[..., object], *given: object) -> None:
    timer = threading.Timer(seconds, act, given)
    timer.daemon = True
    timer.start()


def _kill_redis(storm: Storm) -> None:
    url = EmbeddedRedis(storm.folder / "redis").url.removeprefix("unix://")
    with Redis(unix_socket_path=url) as client:
        os.kill(client.info("server")["process_id"], signal.SIGKILL)


_SERVER_PIDS: list[int] = []


def _remember(connection: Any, _record: object) -> None:
    driver = connection.driver_connection
    if hasattr(driver, "get_server_pid"):
        _SERVER_PIDS.append(driver.get_server_pid())


def _cut_connections(storm: Storm) -> None:
    """Ours only: other tests use the same server."""
    asyncio.run(_cut(storm.database.partition("?")[0], tuple(_SERVER_PIDS)))


async def _cut(url: str, pids: tuple[int, ...]) -> None:
    hand = await importlib.import_module("asyncpg").connect(url)
    try:
        for pid in pids:
            await hand.execute("SELECT pg_terminate_backend($1)", pid)
    finally:
        await hand.close()


def endured(storm: Storm) -> None:
    """One life, to its end or to its death."""
    if storm.cut:
        sa.event.listen(sa.Pool, "connect", _remember)
    asyncio.run(_endured(storm))


async def _endured(storm: Storm) -> None:
    shop = storm.folder / "shop.yaml"
    shop.write_text(SHOP, encoding="utf-8")
    settings = Settings(
        data=storm.folder,
        database=SecretStr(storm.database),
        shops=(shop,),
        faq=(),
        admission=Admission(messages_per_minute=1_000_000),
        outbox=Outbox(merge_seconds=0),
    )
    network = Network(storm)
    async with live(settings, (network,), [address(room) for room in range(storm.rooms)]) as bot:
        await network.spoken.wait()
        await bot.settle()
