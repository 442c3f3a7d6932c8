"""Ledger."""

import pytest
from sqlalchemy.exc import IntegrityError

from bot.model import Member
from bot.understanding import Booked
from shop.book import Book, DraftEvent, OrderEvent
from shop.groupbuy import GroupBuy
from storage.database import Database
from tests.storage.scenery import draft, opened, undo


async def prepared(database: Database) -> tuple[GroupBuy, Member]:
    async with database.unit_of_work() as store:
        result = await opened(store)
        await store.commit()
    return result


async def append(database: Database, group_buy: GroupBuy, *drafts: DraftEvent) -> tuple[OrderEvent, ...]:
    async with database.unit_of_work() as store:
        events = await store.ledger.append(group_buy.id, drafts)
        await store.commit()
    return events


async def test_events_are_numbered_and_come_back_as_they_were(database: Database, url: str) -> None:
    group_buy, member = await prepared(database)
    first = await append(database, group_buy, draft(member, 2), draft(member, 1, sku="b"))
    second = await append(database, group_buy, draft(member, -1, 2))
    assert [event.seq for event in first + second] == [1, 2, 3]
    fresh = Database(url)
    for store_of in (database, fresh):
        async with store_of.unit_of_work() as store:
            assert await store.ledger.events(group_buy.id) == first + second
            assert await store.ledger.book(group_buy.id) == Book.of(first + second)
    await fresh.dispose()


async def test_an_empty_ledger_is_an_empty_book(database: Database) -> None:
    group_buy, _ = await prepared(database)
    async with database.unit_of_work() as store:
        assert await store.ledger.book(group_buy.id) == Book()
        assert await store.ledger.append(group_buy.id, ()) == ()
        assert await store.ledger.recent(group_buy.id, 5) == ()


async def test_a_unit_sees_its_own_events_and_others_only_committed_ones(database: Database) -> None:
    group_buy, member = await prepared(database)
    await append(database, group_buy, draft(member, 2))
    async with database.unit_of_work() as store:
        await store.ledger.append(group_buy.id, [draft(member, 3, 2)])
        assert (await store.ledger.book(group_buy.id)).sold("A1") == 5
    async with database.unit_of_work() as store:
        assert (await store.ledger.book(group_buy.id)).sold("A1") == 2
    (event,) = await append(database, group_buy, draft(member, 4, 3))
    assert event.seq == 2


async def test_events_of_another_process_are_read(database: Database, url: str) -> None:
    group_buy, member = await prepared(database)
    await append(database, group_buy, draft(member, 2))
    other = Database(url)
    await append(other, group_buy, draft(member, 5, 2))
    await other.dispose()
    async with database.unit_of_work() as store:
        assert (await store.ledger.book(group_buy.id)).sold("A1") == 7


async def test_a_quantity_below_zero_is_never_written(database: Database) -> None:
    group_buy, member = await prepared(database)
    with pytest.raises(ValueError, match="leaves -1"):
        await append(database, group_buy, draft(member, -1))


async def test_goods_that_are_not_on_offer_cannot_be_booked(database: Database) -> None:
    group_buy, member = await prepared(database)
    with pytest.raises(IntegrityError):
        await append(database, group_buy, draft(member, sku="nowhere"))


async def test_recent_bookings_are_net_and_latest_first(database: Database) -> None:
    group_buy, member = await prepared(database)
    await append(database, group_buy, draft(member, 2), draft(member, 1, sku="b"))
    await append(database, group_buy, draft(member, -1, 2))
    await append(database, group_buy, draft(member, 3, 3))
    async with database.unit_of_work() as store:
        recent = await store.ledger.recent(group_buy.id, 5)
        assert await store.ledger.recent(group_buy.id, 1) == recent[:1]
    assert recent == (
        Booked(message_id="m3", member=member.id, lines={"A1": 3}),
        Booked(message_id="m1", member=member.id, lines={"A1": 2, "b": 1}),
    )
    assert list(recent[1].lines) == ["A1", "b"]


async def test_what_was_undone_was_not_booked(database: Database) -> None:
    group_buy, member = await prepared(database)
    first, second = draft(member, 2), draft(member, 1, 2)
    await append(database, group_buy, first)
    await append(database, group_buy, second)
    await append(database, group_buy, undo(second, 2, 3))
    async with database.unit_of_work() as store:
        recent = await store.ledger.recent(group_buy.id, 5)
    assert [booked.message_id for booked in recent] == ["m1"]


async def test_a_message_that_ordered_for_two_is_two_bookings(database: Database) -> None:
    group_buy, member = await prepared(database)
    async with database.unit_of_work() as store:
        neighbour = await store.members.named(member.room_id, "老张")
        await store.ledger.append(group_buy.id, [draft(member, 1), draft(neighbour, 4)])
        await store.commit()
        recent = await store.ledger.recent(group_buy.id, 5)
    assert {booked.member: dict(booked.lines) for booked in recent} == {
        member.id: {"A1": 1},
        neighbour.id: {"A1": 4},
    }


async def test_events_are_found_by_their_message(database: Database) -> None:
    group_buy, member = await prepared(database)
    events = await append(database, group_buy, draft(member, 2), draft(member, 1, sku="b"))
    await append(database, group_buy, draft(member, 3, 2))
    async with database.unit_of_work() as store:
        assert await store.ledger.by_message(member.room_id, "m1") == events
        assert await store.ledger.by_message(member.room_id + 1, "m1") == ()
        assert await store.ledger.by_message(member.room_id, "m9") == ()


async def test_history_is_of_earlier_group_buys_latest_first(database: Database) -> None:
    days = []
    for units in (1, 2, 3):
        group_buy, member = await prepared(database)
        await append(database, group_buy, draft(member, units))
        days.append(group_buy)
    async with database.unit_of_work() as store:
        history = await store.ledger.history(member.room_id, before=days[2].id)
    assert [book.sold("A1") for book in history] == [2, 1]
