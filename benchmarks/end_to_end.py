"""Inbox, understanding, commit and outbox of recorded chats, against a loop that does the unavoidable only.

The bare loop asks Redis whether the message is new (SET NX), cuts it with jieba, and inserts and commits
one row. Both handle rooms side by side and the messages of a room in order, after one room that is not
measured: nobody measures how statements are built.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

import jieba
import sqlalchemy as sa
from redis.asyncio import Redis
from redis.exceptions import RedisError
from rich.table import Table

from benchmarks._chats import CHATS, incoming
from benchmarks._figures import Sample, Timing, ms, table, timed
from benchmarks._live import Running, room, running
from benchmarks._stores import KINDS, url_of
from bot import replay
from bot.app import open_shop
from bot.model import Incoming
from bot.shopfile import read
from storage.database import Database

ROOMS = 10
CHAT = CHATS / "a01_fruit_sichuan"
REDIS = "redis://127.0.0.1:6379/0"
MESSAGES = sa.table("messages", sa.column("id"), sa.column("words"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What handling all messages took, and one alone."""

    name: str
    messages: int
    timing: Timing
    alone: Sample

    def row(self, bare: "Result") -> tuple[str, ...]:
        """Its figures, and how many messages it handles for each one of the bare loop."""
        return (
            self.name,
            f"{self.messages / self.timing.wall:.0f}",
            ms(self.timing.cpu / self.messages),
            ms(self.alone.percentile(0.5)),
            ms(self.alone.percentile(0.99)),
            f"{bare.timing.wall / self.timing.wall:.2f}",
            f"{bare.timing.cpu / self.timing.cpu:.2f}",
        )


async def run() -> Table:
    """SQLite and PostgreSQL, each beside the bare loop on the same one."""
    rows = list[tuple[str, ...]]()
    for kind in KINDS:
        bare, whole = await _bare(kind), await _whole(kind)
        rows += [bare.row(bare), whole.row(bare)]
    columns = ("", "messages/s", "CPU a message", "alone p50", "alone p99", "of bare, wall", "of bare, CPU")
    return table(f"End to end ({ROOMS} rooms side by side)", columns, rows)


def _messages(prefix: str) -> Sequence[Incoming]:
    lines = replay.read_chat(CHAT / "chat.jsonl")
    return [
        replace(incoming(line, room(number)), id=f"{prefix}{number}-{line.id}")
        for line in lines
        for number in range(ROOMS)
    ]


async def _whole(kind: str) -> Result:
    async with url_of(kind) as url, running(url) as live:
        shop = read(CHAT / "shop.yaml")
        for number in range(ROOMS + 2):
            await open_shop(live.core.database, shop, room(number), live.core.clock.now())
        messages = _messages("side")
        await _alone(lambda one: _handled(live, one), ROOMS + 1)
        with timed() as timing:
            await live.hear(messages)
            await live.bot.settle()
        alone = await _alone(lambda one: _handled(live, one), ROOMS)
    return Result(name=f"tuanbot, {kind}", messages=len(messages), timing=timing, alone=alone)


async def _handled(live: Running, message: Incoming) -> None:
    """Written down, understood and committed; the outbox sends by itself."""
    await live.core.database.inbox.accept(message)
    await live.core.dispatcher.handle(message)


async def _alone(handle: Callable[[Incoming], Awaitable[None]], number: int) -> Sample:
    """One message after the other, in a room of its own."""
    sample = Sample()
    for line in replay.read_chat(CHAT / "chat.jsonl"):
        message = replace(incoming(line, room(number)), id=f"alone{number}-{line.id}")
        with sample.one():
            await handle(message)
    return sample


async def _bare(kind: str) -> Result:
    async with url_of(kind) as url:
        database, redis = Database(url), Redis.from_url(REDIS)
        try:
            return await _bare_on(kind, database, redis)
        finally:
            await redis.aclose()
            await database.dispose()


async def _bare_on(kind: str, database: Database, redis: Redis) -> Result:
    async with database.session() as session:
        await session.change(sa.text("CREATE TABLE messages (id VARCHAR PRIMARY KEY, words VARCHAR)"))
        await session.commit()
    life = secrets.token_hex(4)

    async def handle(message: Incoming) -> None:
        if not await _new(redis, f"bench:{life}:{message.id}"):
            return
        words = " ".join(jieba.lcut(message.text))
        async with database.session() as session:
            await session.change(sa.insert(MESSAGES).values(id=message.id, words=words))
            await session.commit()

    async def lane(number: int) -> None:
        for one in messages:
            if one.address == room(number):
                await handle(one)

    jieba.initialize()
    messages = _messages("side")
    await _alone(handle, ROOMS + 1)
    with timed() as timing:
        await asyncio.gather(*map(lane, range(ROOMS)))
    alone = await _alone(handle, ROOMS)
    return Result(name=f"bare loop, {kind}", messages=len(messages), timing=timing, alone=alone)


async def _new(redis: Redis, key: str) -> bool:
    """Without a server the loop goes on, and is quicker for it."""
    try:
        return bool(await redis.set(key, 1, nx=True, ex=60))
    except RedisError:
        return True
