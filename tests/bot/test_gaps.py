"""Who is told that nothing was heard, and what."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SetClock
from bot.gaps import GapTeller, merged
from bot.model import Gap, Outgoing, Role
from shop.groupbuy import GroupBuy, close
from storage.database import Database
from tests.storage.scenery import NOW, OFFER, ROOM, opened

MINUTE = timedelta(minutes=1)
GAP = Gap(channel=ROOM.channel, account=ROOM.account, since=NOW, until=NOW + 4 * MINUTE)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database("sqlite", folder=tmp_path, clock=SetClock(NOW))
    await database.create_all()
    yield database
    await database.dispose()


async def sale(database: Database, offer: GroupBuy = OFFER, *, leader: str = "") -> GroupBuy:
    """A room with a sale, led by the account if one is given."""
    async with database.unit_of_work() as store:
        if leader:
            await store.members.grant(ROOM.channel, ROOM.room, leader, Role.LEADER)
        group_buy, member = await opened(store, offer)
        if leader:
            await store.members.seen(member.room_id, leader, "团长小满")
        await store.commit()
    return group_buy


async def told(database: Database, gap: Gap = GAP) -> list[Outgoing]:
    await GapTeller(units=database.unit_of_work).tell(gap)
    return list(await database.outbox.due(NOW))


async def test_the_leader_is_told_from_when_to_when_in_private(database: Database) -> None:
    await sale(database, leader="wx_boss")
    (notice,) = await told(database)
    assert notice.address == replace(ROOM, room="wx_boss", private=True)
    assert "【周日果蔬】16:30:00 到 16:34:00" in notice.text
    assert notice.urgent


async def test_without_a_known_leader_the_room_is_told(database: Database) -> None:
    await sale(database)
    (notice,) = await told(database)
    assert notice.address == ROOM


async def test_a_gap_is_told_once(database: Database) -> None:
    await sale(database)
    await told(database)
    assert len(await told(database)) == 1


async def test_a_gap_over_midnight_names_the_days(database: Database) -> None:
    await sale(database)
    (notice,) = await told(database, replace(GAP, until=NOW + timedelta(hours=10)))
    assert "03-01 16:30 到 03-02 02:30" in notice.text


@pytest.mark.parametrize(
    "gap",
    [
        replace(GAP, channel="wechaty"),
        replace(GAP, account="other"),
        replace(GAP, since=NOW - 9 * 60 * MINUTE, until=NOW - 61 * MINUTE),  # before the opening
        replace(GAP, since=NOW + 241 * MINUTE, until=NOW + 250 * MINUTE),  # after the cutoff
    ],
)
async def test_who_missed_nothing_is_told_nothing(database: Database, gap: Gap) -> None:
    await sale(database)
    assert not await told(database, gap)


async def test_a_sale_that_ended_within_the_gap_is_told(database: Database) -> None:
    group_buy = await sale(database)
    async with database.unit_of_work() as store:
        await store.group_buys.save(close(group_buy))
        await store.commit()
    assert await told(database, replace(GAP, until=NOW + timedelta(hours=5)))


async def test_a_sale_without_cutoff_is_told_while_it_is_open(database: Database) -> None:
    group_buy = await sale(database, replace(OFFER, cutoff=None))
    assert await told(database)
    async with database.unit_of_work() as store:
        await store.group_buys.save(close(group_buy))
        await store.commit()
    assert len(await told(database, replace(GAP, since=NOW + MINUTE))) == 1


async def test_gaps_that_wait_become_one(database: Database) -> None:
    await sale(database)
    said = asyncio.Event()
    teller = GapTeller(units=database.unit_of_work, said=said.set)

    async def gaps() -> AsyncIterator[Gap]:
        yield replace(GAP, since=NOW + 2 * MINUTE)
        yield replace(GAP, until=NOW + 3 * MINUTE)
        await asyncio.Event().wait()

    running = asyncio.create_task(teller.run(gaps()))
    async with asyncio.timeout(20):
        await said.wait()
    running.cancel()
    await asyncio.wait([running])
    (notice,) = await database.outbox.due(NOW)
    assert "16:30:00 到 16:34:00" in notice.text


def test_gaps_of_several_accounts_stay_apart() -> None:
    other = replace(GAP, account="other")
    later = replace(GAP, since=NOW + 9 * MINUTE, until=NOW + 10 * MINUTE)
    assert merged([GAP, other, later]) == [replace(GAP, until=NOW + 10 * MINUTE), other]
