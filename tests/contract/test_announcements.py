"""What is said unasked: Replies.announce, and the room that it is for."""

from dataclasses import replace

import pytest

from storage.database import Database
from tests.storage.scenery import NOW, ROOM, opened


async def announce(database: Database, key: str, text: str) -> bool:
    async with database.unit_of_work() as store:
        new = await store.replies.announce(ROOM, key, text)
        await store.commit()
    return new


async def test_an_announcement_is_kept_once_for_its_key(database: Database) -> None:
    assert await announce(database, "closed:1", "截单啦")
    assert not await announce(database, "closed:1", "截单啦！")
    assert await announce(database, "closed:2", "又截单啦")
    due = await database.outbox.due(NOW)
    assert [(one.address, one.text, one.answers) for one in due] == [
        (ROOM, "截单啦", ()),
        (ROOM, "又截单啦", ()),
    ]


async def test_the_same_key_in_another_room_is_another_announcement(database: Database) -> None:
    await announce(database, "closed:1", "截单啦")
    async with database.unit_of_work() as store:
        assert await store.replies.announce(replace(ROOM, room="r2"), "closed:1", "截单啦", urgent=True)
        await store.commit()
    assert [one.urgent for one in await database.outbox.due(NOW)] == [False, True]


async def test_an_announcement_that_was_not_committed_is_not_said(database: Database) -> None:
    async with database.unit_of_work() as store:
        await store.replies.announce(ROOM, "closed:1", "截单啦")
    assert await database.outbox.due(NOW) == []


async def test_a_group_buy_knows_its_room(database: Database) -> None:
    async with database.unit_of_work() as store:
        group_buy, _ = await opened(store)
        assert (await store.rooms.of_group_buy(group_buy.id)) == await store.rooms.seen(ROOM)
        with pytest.raises(LookupError):
            await store.rooms.of_group_buy(group_buy.id + 1)
