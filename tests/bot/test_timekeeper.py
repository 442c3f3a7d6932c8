"""Cutoffs pass and come near while a clock that is set by hand goes on."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.clock import SetClock
from bot.ports import UnitOfWork
from bot.timekeeper import Timekeeper
from shop.groupbuy import GroupBuy, Phase, cancel, close, reopen, schedule_cutoff
from storage.database import Database
from tests.storage.scenery import NOW, OFFER, ROOM, draft, opened

CUTOFF = NOW + timedelta(hours=4)
MINUTE = timedelta(minutes=1)


@dataclass
class Day:
    """A room with an offer, and the timekeeper who watches it."""

    database: Database
    clock: SetClock
    nudges: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keeper = self.new_keeper()

    def new_keeper(self) -> Timekeeper:
        return Timekeeper(
            units=self.database.unit_of_work, clock=self.clock, said=lambda: self.nudges.append("said")
        )

    async def at(self, *moments: timedelta) -> list[str]:
        """What is said in the room after a look at each moment, counted from the cutoff."""
        before = len(await self.said())
        for moment in moments:
            self.clock.set(CUTOFF + moment)
            await self.keeper.look()
        return (await self.said())[before:]

    async def said(self) -> list[str]:
        return [one.text for one in await self.database.outbox.due(NOW + timedelta(days=9))]

    async def group_buy(self) -> GroupBuy:
        async with self.database.unit_of_work() as store:
            found = await store.group_buys.current((await store.rooms.seen(ROOM)).id)
        assert found is not None
        return found

    async def save(self, changed: GroupBuy) -> None:
        async with self.database.unit_of_work() as store:
            await store.group_buys.save(changed)
            await store.commit()


@pytest.fixture
async def day() -> AsyncIterator[Day]:
    clock = SetClock(NOW)
    database = Database("memory", clock=clock)
    await database.create_all()
    async with database.unit_of_work() as store:
        group_buy, member = await opened(store)
        await store.ledger.append(group_buy.id, [draft(member, 2)])
        await store.commit()
    yield Day(database, clock)
    await database.dispose()


async def test_nothing_is_said_long_before_the_cutoff(day: Day) -> None:
    assert await day.at(-11 * MINUTE) == []
    assert day.nudges == []


async def test_ten_minutes_before_it_the_room_is_reminded_once(day: Day) -> None:
    (said,) = await day.at(-10 * MINUTE, -9 * MINUTE, -MINUTE)
    assert "10分钟后截单" in said
    assert "苹果大箱" in said
    assert day.nudges == ["said"]


async def test_the_reminder_is_not_repeated_after_a_restart(day: Day) -> None:
    await day.at(-10 * MINUTE)
    day.keeper = day.new_keeper()
    assert await day.at(-9 * MINUTE) == []


async def test_at_the_cutoff_it_is_closed_and_the_sums_are_told_once(day: Day) -> None:
    await day.at(-10 * MINUTE)
    (said,) = await day.at(timedelta(), MINUTE, 60 * MINUTE)
    assert "共1人下单，合计50元" in said
    assert "苹果大箱 ×2" in said
    assert "✓" in said
    assert (await day.group_buy()).phase is Phase.CLOSED


async def test_a_cutoff_that_passed_while_the_bot_was_down_is_told_without_a_reminder(day: Day) -> None:
    (said,) = await day.at(90 * MINUTE)
    assert "截单啦" in said


async def test_no_orders_are_told_as_such(day: Day) -> None:
    async with day.database.unit_of_work() as store:
        room = await store.rooms.seen(replace(ROOM, room="r2"))
        await store.group_buys.add(room.id, replace(OFFER, room="r2"))
        await store.commit()
    said = await day.at(timedelta())
    assert sum("还没有人下单" in text for text in said) == 1


async def test_what_was_closed_or_cancelled_by_hand_is_left_alone(day: Day) -> None:
    await day.save(close(await day.group_buy()))
    assert await day.at(-5 * MINUTE, MINUTE) == []
    await day.save(cancel(await day.group_buy()))
    assert await day.at(2 * MINUTE) == []


async def test_reopened_with_a_new_cutoff_it_reminds_and_closes_again(day: Day) -> None:
    await day.at(-10 * MINUTE, timedelta())
    again = reopen(await day.group_buy(), CUTOFF + MINUTE)
    await day.save(schedule_cutoff(again, CUTOFF + 60 * MINUTE, CUTOFF + MINUTE))
    reminder, closing = await day.at(50 * MINUTE, 60 * MINUTE)
    assert "分钟后截单" in reminder
    assert "截单啦" in closing


async def test_a_sale_of_ten_minutes_is_not_reminded(day: Day) -> None:
    await day.save(replace(await day.group_buy(), opened_at=CUTOFF - 8 * MINUTE))
    assert await day.at(-7 * MINUTE) == []


async def test_one_damaged_group_buy_does_not_hold_up_the_others(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with day.database.unit_of_work() as store:
        room = await store.rooms.seen(replace(ROOM, room="r2"))
        await store.group_buys.add(room.id, replace(OFFER, room="r2"))
        await store.commit()
        damaged = type(store.ledger)
    read = damaged.book

    async def book(ledger: UnitOfWork, group_buy_id: int) -> object:
        if group_buy_id == 1:
            raise ValueError("damaged")
        return await read(ledger, group_buy_id)  # type: ignore[arg-type] # the method of the class, unbound

    monkeypatch.setattr(damaged, "book", book)
    (said,) = await day.at(timedelta())
    assert "还没有人下单" in said
