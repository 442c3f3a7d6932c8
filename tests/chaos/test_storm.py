"""Nothing is lost and nothing is done twice, whatever happens. `make chaos` runs the long version."""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from storage.database import Database
from storage.embedded_redis import EmbeddedRedis
from storage.payloads import OUTGOING
from storage.tables import inbox, order_events, outbox
from tests.chaos.storm import Storm, address, endured, lines, orders
from tests.e2e.nursery import born, ended

KILLS = int(os.environ.get("TUANBOT_TEST_KILLS", "5"))
ROOMS = 20
MESSAGES = 4 * KILLS
LONGEST_LIFE = 0.4


@pytest.fixture
async def storm(url: str, tmp_path: Path) -> AsyncIterator[Storm]:
    yield Storm(folder=tmp_path, database=url, rooms=ROOMS, messages=MESSAGES, seed=0)
    # a bot that was killed leaves its Redis behind: the next one on the folder ends it
    async with EmbeddedRedis(tmp_path / "redis"):
        pass


async def life(storm: Storm) -> int:
    return await asyncio.to_thread(ended, born(endured, storm))


@pytest.mark.timeout(60 + 20 * KILLS)
async def test_killed_again_and_again_it_books_every_order_once(storm: Storm) -> None:
    rng, ends = Random(KILLS), []
    for seed in range(1, KILLS + 1):
        doomed = replace(
            storm,
            seed=seed,
            death=rng.uniform(0, LONGEST_LIFE),
            redis_dies=rng.random() < 0.5,
            cut="postgresql" in storm.database and rng.random() < 0.5,
        )
        ends.append(await life(doomed))
    assert set(ends) <= {-signal.SIGKILL, 0}
    assert -signal.SIGKILL in ends
    assert await life(replace(storm, seed=KILLS + 1)) == 0
    await check(storm)


@pytest.mark.timeout(60 + 20 * KILLS)
async def test_frozen_and_cut_off_it_goes_on(storm: Storm) -> None:
    process = born(endured, replace(storm, redis_dies=True, cut="postgresql" in storm.database))
    await asyncio.sleep(1)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGSTOP)
    await asyncio.sleep(0.5 if KILLS < 100 else 10)
    os.kill(process.pid, signal.SIGCONT)
    assert await asyncio.to_thread(ended, process) == 0
    await check(storm)


async def check(storm: Storm) -> None:
    """The store holds what was said, exactly once, and everybody was answered or is flagged."""
    database = Database(storm.database, folder=storm.folder)
    said = {order.id: order for order in orders(storm)}
    try:
        await check_inbox(database, set(said))
        await check_answers(database, storm, set(said))
        for room in range(storm.rooms):
            await check_room(database, storm, room)
    finally:
        await database.dispose()


async def check_inbox(database: Database, said: set[str]) -> None:
    async with database.session() as session:
        rows = await session.rows(sa.select(inbox.c.message_id, inbox.c.handled_at, inbox.c.route))
    assert Counter(row.message_id for row in rows) == Counter(said)
    assert {row.route for row in rows if row.handled_at} == {"ordering.order"}
    assert all(row.handled_at for row in rows)


async def check_answers(database: Database, storm: Storm, said: set[str]) -> None:
    async with database.session() as session:
        rows = await session.rows(sa.select(outbox.c.state, outbox.c.payload))
        kept = [(row.state.value, OUTGOING.open(row.payload, session.secrets).answers) for row in rows]
    assert "waiting" not in {state for state, _ in kept}
    flagged = {answer for state, answers in kept if state != "sent" for answer in answers}
    assert set(lines(storm, "said.txt")) | flagged == said
    assert Counter(answer for _, answers in kept for answer in answers) == Counter(said)


async def check_room(database: Database, storm: Storm, room: int) -> None:
    expected: Counter[str] = Counter()
    for order in orders(storm):
        if order.room == room:
            expected[f"住户{order.member}"] += order.units
    async with database.unit_of_work() as store:
        seen = await store.rooms.seen(address(room))
        group_buy = await store.group_buys.current(seen.id)
        assert group_buy is not None
        book = await store.ledger.book(group_buy.id)
        people = await store.members.of_room(seen.id)
    assert Counter({one.name: book.quantity(one.id, "A") for one in people}) == expected
    async with database.session() as session:
        query = sa.select(order_events.c.message_id).where(order_events.c.group_buy_id == group_buy.id)
        messages = Counter(row.message_id for row in await session.rows(query))
    assert set(messages.values()) == {1}
