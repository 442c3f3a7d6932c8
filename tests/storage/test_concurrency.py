"""Many members at once, and processes that end in the middle."""

import asyncio
from dataclasses import replace

import pytest

from bot.errors import AlreadyHandled, Conflict
from bot.model import Reply
from shop.catalogue import Catalogue
from shop.changes import Change, ChangeKind
from shop.ordering import decide
from storage.database import Database
from tests.storage.scenery import APPLES, NOW, OFFER, ROOM, draft, message, opened

HUNDRED = replace(OFFER, catalogue=Catalogue(skus=(replace(APPLES, stock=100, limit=None),)))


async def order(database: Database, number: int) -> bool:
    """One message through a real unit of work; tells whether it was booked."""
    incoming = message(number, f"u{number}")
    await database.inbox.accept(incoming)
    while True:
        try:
            return await _order(database, number)
        except Conflict:
            continue


async def _order(database: Database, number: int) -> bool:
    incoming = message(number, f"u{number}")
    change = Change(kind=ChangeKind.ADD, sku="A1", quantity=1, spans=((0, 4),))
    async with database.unit_of_work() as store:
        room = await store.rooms.seen(ROOM)
        member = await store.members.seen(room.id, incoming.sender_id, incoming.sender_name)
        group_buy = await store.group_buys.current(room.id)
        assert group_buy is not None
        book = await store.ledger.book(group_buy.id)
        decision = decide(
            book,
            group_buy,
            member.id,
            [change],
            now=NOW,
            actor=member.id,
            message_id=incoming.id,
            batch=incoming.id,
        )
        await store.ledger.append(group_buy.id, decision.events)
        await store.replies.put(incoming, [Reply(text="好的")])
        await store.marks.handled(incoming, None, "ordering")
        await store.commit()
    return bool(decision.events)


async def open_hundred(database: Database) -> int:
    async with database.unit_of_work() as store:
        group_buy, _ = await opened(store, HUNDRED)
        await store.commit()
    return group_buy.id


async def test_of_two_hundred_orders_exactly_a_hundred_are_booked(database: Database, url: str) -> None:
    group_buy_id = await open_hundred(database)
    second_process = Database(url)
    stores = (database, second_process) if url.startswith("postgresql") else (database,)
    booked = await asyncio.gather(*(order(stores[number % len(stores)], number) for number in range(200)))
    assert sum(booked) == 100
    fresh = Database(url)
    async with fresh.unit_of_work() as store:
        events = await store.ledger.events(group_buy_id)
        book = await store.ledger.book(group_buy_id)
        people = await store.members.of_room((await store.rooms.seen(ROOM)).id)
    assert book.sold("A1") == 100
    assert {event.message_id for event in events} == {f"m{n}" for n, got in enumerate(booked) if got}
    assert [event.seq for event in events] == list(range(1, 101))
    assert len({member.account_id for member in people}) == len(people) == 200
    assert [incoming async for incoming in database.inbox.unhandled()] == []
    await fresh.dispose()
    await second_process.dispose()


async def test_a_message_handled_at_the_same_time_twice_is_booked_once(database: Database) -> None:
    group_buy_id = await open_hundred(database)
    results = await asyncio.gather(*(order(database, 7) for _ in range(10)), return_exceptions=True)
    assert results.count(True) == 1
    assert [type(result) for result in results if result is not True] == [AlreadyHandled] * 9
    async with database.unit_of_work() as store:
        assert (await store.ledger.book(group_buy_id)).sold("A1") == 1


async def test_an_error_between_statements_leaves_nothing(database: Database) -> None:
    group_buy_id = await open_hundred(database)
    await database.inbox.accept(message(1))
    with pytest.raises(RuntimeError, match="cable"):
        await _order_with_accident(database, group_buy_id)
    async with database.unit_of_work() as store:
        room = await store.rooms.seen(ROOM)
        assert await store.ledger.events(group_buy_id) == ()
        assert (await store.members.seen(room.id, "u1", "")).name == "小李"
    assert await database.outbox.due(NOW) == []
    assert [incoming.id async for incoming in database.inbox.unhandled()] == ["m1"]


async def _order_with_accident(database: Database, group_buy_id: int) -> None:
    async with database.unit_of_work() as store:
        room = await store.rooms.seen(ROOM)
        member = await store.members.seen(room.id, "u1", "新名字")
        await store.ledger.append(group_buy_id, [draft(member)])
        await store.replies.put(message(1), [Reply(text="好的")])
        await store.marks.handled(message(1), None, "ordering")
        raise RuntimeError("somebody pulled the cable")


async def test_a_cancelled_unit_leaves_nothing_and_blocks_nobody(database: Database) -> None:
    group_buy_id = await open_hundred(database)
    inside = asyncio.Event()

    async def stuck() -> None:
        async with database.unit_of_work() as store:
            room = await store.rooms.seen(ROOM)
            member = await store.members.seen(room.id, "u1", "")
            await store.ledger.append(group_buy_id, [draft(member)])
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(stuck())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await order(database, 2)
    async with database.unit_of_work() as store:
        assert [event.message_id for event in await store.ledger.events(group_buy_id)] == ["m2"]


async def test_units_cancelled_anywhere_leave_whole_orders_only(database: Database) -> None:
    group_buy_id = await open_hundred(database)
    tasks = [asyncio.create_task(order(database, number)) for number in range(60)]
    for steps, task in enumerate(tasks[::3]):
        for _ in range(steps * 3):
            await asyncio.sleep(0)
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    async with database.unit_of_work() as store:
        events = await store.ledger.events(group_buy_id)
    replied = {answer for one in await database.outbox.due(NOW) for answer in one.answers}
    assert {event.message_id for event in events} == replied
    assert len(replied) >= 40
    assert await order(database, 99)
