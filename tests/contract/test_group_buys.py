"""GroupBuys."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from shop import groupbuy
from shop.groupbuy import GroupBuy, Phase
from shop.money import Fen
from storage.database import Database
from tests.storage.scenery import APPLES, EGGS, NOW, OFFER, ROOM, opened


async def current(database: Database) -> GroupBuy | None:
    async with database.unit_of_work() as store:
        return await store.group_buys.current((await store.rooms.seen(ROOM)).id)


async def add(database: Database, offer: GroupBuy = OFFER) -> GroupBuy:
    async with database.unit_of_work() as store:
        added, _ = await opened(store, offer)
        await store.commit()
    return added


async def save(database: Database, changed: GroupBuy) -> None:
    async with database.unit_of_work() as store:
        await store.group_buys.save(changed)
        await store.commit()


async def test_a_group_buy_comes_back_as_it_was_kept(database: Database, url: str) -> None:
    added = await add(database)
    assert added == replace(OFFER, id=added.id, number=1)
    assert await current(database) == added
    fresh = Database(url)
    assert await current(fresh) == added
    await fresh.dispose()


async def test_numbers_count_from_one_in_each_room(database: Database) -> None:
    first, second = await add(database), await add(database)
    assert [first.number, second.number] == [1, 2]
    async with database.unit_of_work() as store:
        other = await store.rooms.seen(replace(ROOM, room="别的群"))
        assert (await store.group_buys.add(other.id, OFFER)).number == 1


async def test_current_is_the_latest_that_was_not_cancelled(database: Database) -> None:
    assert await current(database) is None
    first, second = await add(database), await add(database)
    assert await current(database) == second
    await save(database, groupbuy.cancel(second))
    assert await current(database) == first
    await save(database, groupbuy.close(first))
    assert await current(database) == replace(first, phase=Phase.CLOSED)


async def test_earlier_ones_were_not_cancelled_and_come_latest_first(database: Database) -> None:
    first, second, cancelled, last = [await add(database) for _ in range(4)]
    await save(database, groupbuy.cancel(cancelled))
    async with database.unit_of_work() as store:
        room = await store.rooms.seen(ROOM)
        assert list(await store.group_buys.earlier(room.id, before=last.id, limit=9)) == [second, first]
        assert list(await store.group_buys.earlier(room.id, before=last.id, limit=1)) == [second]
        assert list(await store.group_buys.earlier(room.id + 1, before=last.id, limit=9)) == []


async def test_changes_of_goods_are_kept(database: Database, url: str) -> None:
    added = await add(database)
    changed = groupbuy.reprice(added, "A1", Fen(2790))
    changed = groupbuy.set_stock(changed, "b", 7)
    changed = groupbuy.add_item(changed, replace(EGGS, code="C", weight_jin=Decimal("0.05")))
    changed = replace(changed, pickup_points=("门卫",), note="")
    await save(database, changed)
    assert await current(database) == changed
    fresh = Database(url)
    assert await current(fresh) == changed
    await fresh.dispose()


async def test_rows_of_a_catalogue_can_change_places_and_go(database: Database) -> None:
    added = await add(database)
    swapped = replace(added, catalogue=replace(added.catalogue, skus=(EGGS, replace(APPLES, tiers=()))))
    await save(database, swapped)
    fewer = replace(swapped, catalogue=replace(added.catalogue, skus=(EGGS,)))
    await save(database, fewer)
    assert await current(database) == fewer


async def test_what_was_not_committed_is_not_seen(database: Database) -> None:
    added = await add(database)
    async with database.unit_of_work() as store:
        await store.group_buys.save(groupbuy.close(added))
    assert await current(database) == added


async def test_a_change_made_meanwhile_elsewhere_is_a_conflict_or_seen(database: Database, url: str) -> None:
    added = await add(database)
    other = Database(url)
    await save(other, groupbuy.reprice(added, "b", Fen(1)))
    await other.dispose()
    seen = await current(database)
    assert seen is not None
    assert seen.catalogue["b"].price == 1
    await save(database, groupbuy.close(seen))
    assert await current(database) == groupbuy.close(seen)


async def test_an_unknown_group_buy_cannot_be_saved(database: Database) -> None:
    with pytest.raises(LookupError):
        await save(database, replace(OFFER, id=999))


async def test_due_are_open_ones_past_their_cutoff(database: Database) -> None:
    due = await add(database)
    later = await add(database, replace(OFFER, cutoff=NOW + timedelta(days=1)))
    closed = await add(database)
    await add(database, replace(OFFER, cutoff=None))
    await save(database, groupbuy.close(closed))
    cutoff = NOW + timedelta(hours=4)
    async with database.unit_of_work() as store:
        assert list(await store.group_buys.due(cutoff - timedelta(seconds=1))) == []
        assert list(await store.group_buys.due(cutoff)) == [due]
        assert list(await store.group_buys.due(NOW + timedelta(days=2))) == [due, later]


async def test_two_units_never_lose_a_change(database: Database, url: str) -> None:
    """Whoever read before somebody else's commit must not write over it."""
    added = await add(database)
    other = Database(url)
    async with database.unit_of_work() as store:
        room = await store.rooms.seen(ROOM)
        held = await store.group_buys.current(room.id)
        assert held is not None
        await store.group_buys.save(groupbuy.set_stock(held, "A1", 5))
        await store.commit()
    async with other.unit_of_work() as store:
        held = await store.group_buys.current((await store.rooms.seen(ROOM)).id)
        assert held is not None
        assert held.catalogue["A1"].stock == 5
        await store.group_buys.save(groupbuy.set_stock(held, "b", 6))
        await store.commit()
    await other.dispose()
    last = await current(database)
    assert last is not None
    assert [sku.stock for sku in last.catalogue] == [5, 6]
    assert last.id == added.id
