"""Rooms and Members."""

from dataclasses import replace

import pytest

from bot.model import Address, Member, Role
from bot.ports import UnitOfWork
from storage.database import Database
from tests.storage.scenery import ROOM


async def seen(store: UnitOfWork, account_id: str, name: str) -> Member:
    room = await store.rooms.seen(ROOM)
    return await store.members.seen(room.id, account_id, name)


async def everybody(database: Database) -> list[Member]:
    async with database.unit_of_work() as store:
        room = await store.rooms.seen(ROOM)
        return list(await store.members.of_room(room.id))


async def keep(database: Database, account_id: str, name: str) -> Member:
    async with database.unit_of_work() as store:
        member = await seen(store, account_id, name)
        await store.commit()
    return member


async def test_an_address_has_one_room_for_ever(database: Database) -> None:
    async with database.unit_of_work() as store:
        first = await store.rooms.seen(ROOM)
        await store.commit()
    async with database.unit_of_work() as store:
        again = await store.rooms.seen(ROOM)
        private = await store.rooms.seen(replace(ROOM, private=True))
    assert again == first
    assert first.address == ROOM
    assert private.id != first.id


async def test_all_rooms_are_listed_without_private_chats(database: Database) -> None:
    async with database.unit_of_work() as store:
        first = await store.rooms.seen(ROOM)
        await store.rooms.seen(replace(ROOM, private=True))
        second = await store.rooms.seen(replace(ROOM, room="another"))
        assert list(await store.rooms.all()) == [first, second]


async def test_a_room_that_was_not_committed_is_unknown(database: Database) -> None:
    async with database.unit_of_work() as store:
        await store.rooms.seen(ROOM)
    async with database.unit_of_work() as store:
        other = await store.rooms.seen(Address(channel="simulator", account="bot", room="其他群"))
        room = await store.rooms.seen(ROOM)
        await store.commit()
    assert other.id != room.id
    assert (await everybody(database)) == []


async def test_an_account_is_one_member_with_the_newest_name(database: Database) -> None:
    first = await keep(database, "u1", "小李")
    await keep(database, "u1", "3-502小李")
    latest = await keep(database, "u1", "李姐")
    assert latest.id == first.id
    assert latest.name == "李姐"
    assert latest.names == ("小李", "3-502小李")
    assert await everybody(database) == [latest]


async def test_a_name_taken_up_again_is_not_among_the_earlier_ones(database: Database) -> None:
    await keep(database, "u1", "小李")
    await keep(database, "u1", "李姐")
    back = await keep(database, "u1", "小李")
    assert (back.name, back.names) == ("小李", ("李姐",))
    assert await everybody(database) == [back]


async def test_an_empty_name_changes_nothing(database: Database) -> None:
    first = await keep(database, "u1", "小李")
    assert await keep(database, "u1", "") == first


async def test_the_account_takes_over_the_member_known_by_name_only(database: Database) -> None:
    async with database.unit_of_work() as store:
        room = await store.rooms.seen(ROOM)
        by_name = await store.members.named(room.id, "王阿姨")
        await store.commit()
    known = await keep(database, "u9", "王阿姨")
    assert by_name.account_id == ""
    assert known == replace(by_name, account_id="u9")
    assert await everybody(database) == [known]


async def test_two_accounts_of_one_name_are_two_members(database: Database) -> None:
    first, second = await keep(database, "u1", "小李"), await keep(database, "u2", "小李")
    assert first.id != second.id


async def test_named_finds_present_names_before_earlier_ones(database: Database) -> None:
    was = await keep(database, "u1", "小李")
    await keep(database, "u1", "李姐")
    async with database.unit_of_work() as store:
        room = await store.rooms.seen(ROOM)
        assert (await store.members.named(room.id, "小李")).id == was.id
        now = await store.members.seen(room.id, "u2", "小李")
        assert (await store.members.named(room.id, "小李")).id == now.id
        assert (await store.members.named(room.id, "新邻居")).id not in (was.id, now.id)


async def test_rolled_back_changes_are_not_remembered(database: Database) -> None:
    before = await keep(database, "u1", "小李")
    async with database.unit_of_work() as store:
        await seen(store, "u1", "李姐")
        await seen(store, "u2", "老张")
    assert await everybody(database) == [before]


async def test_a_role_holds_for_members_seen_before_and_after(database: Database) -> None:
    await keep(database, "u1", "小李")
    async with database.unit_of_work() as store:
        await store.members.grant("simulator", ROOM.room, "u1", Role.LEADER)
        await store.members.grant("simulator", ROOM.room, "u2", Role.BLOCKED)
        await store.commit()
    assert (await keep(database, "u1", "小李")).role is Role.LEADER
    assert (await keep(database, "u2", "广告")).role is Role.BLOCKED
    assert [member.role for member in await everybody(database)] == [Role.LEADER, Role.BLOCKED]


@pytest.mark.parametrize("order", [("*", "园丁群"), ("园丁群", "*")])
async def test_a_role_of_the_room_wins_over_one_of_all_rooms(
    database: Database, order: tuple[str, str]
) -> None:
    roles = {"*": Role.LEADER, ROOM.room: Role.HELPER}
    async with database.unit_of_work() as store:
        for room in order:
            await store.members.grant("simulator", room, "u1", roles[room])
        member = await seen(store, "u1", "小李")
        other = await store.rooms.seen(replace(ROOM, room="别的群"))
        elsewhere = await store.members.seen(other.id, "u1", "小李")
    assert member.role is Role.HELPER
    assert elsewhere.role is Role.LEADER


async def test_a_role_is_of_one_network_only_and_can_be_changed(database: Database) -> None:
    async with database.unit_of_work() as store:
        await store.members.grant("wecom", "*", "u1", Role.LEADER)
        assert (await seen(store, "u1", "小李")).role is Role.MEMBER
        await store.members.grant("simulator", "*", "u1", Role.LEADER)
        assert (await seen(store, "u1", "小李")).role is Role.LEADER
        await store.members.grant("simulator", "*", "u1", Role.MEMBER)
        assert (await seen(store, "u1", "小李")).role is Role.MEMBER


async def test_a_role_of_all_networks_gives_way_to_one_of_the_network(database: Database) -> None:
    async with database.unit_of_work() as store:
        await seen(store, "u1", "小李")
        await store.members.grant("*", "*", "u1", Role.HELPER)
        assert (await seen(store, "u1", "小李")).role is Role.HELPER
        await store.members.grant("simulator", "*", "u1", Role.LEADER)
        assert (await seen(store, "u1", "小李")).role is Role.LEADER
        await store.members.grant("*", ROOM.room, "u1", Role.BLOCKED)
        assert (await seen(store, "u1", "小李")).role is Role.BLOCKED


async def test_withdrawn_roles_hold_nowhere(database: Database) -> None:
    async with database.unit_of_work() as store:
        await store.members.grant("*", "*", "u1", Role.LEADER)
        await store.members.grant("simulator", ROOM.room, "u1", Role.LEADER)
        await seen(store, "u1", "小李")
        await store.commit()
    async with database.unit_of_work() as store:
        await store.members.withdraw_all()
        await store.commit()
    assert [member.role for member in await everybody(database)] == [Role.MEMBER]


async def test_many_names_at_once_are_those_that_one_by_one_gives(database: Database) -> None:
    known = await keep(database, "u1", "小李")
    await keep(database, "u1", "李姐")
    async with database.unit_of_work() as store:
        room = await store.rooms.seen(ROOM)
        found = await store.members.all_named(room.id, ["小李", "新来的", "新来的", "老王"])
        await store.commit()
    assert found["小李"].id == known.id
    assert [one.name for one in await everybody(database)] == ["李姐", "新来的", "老王"]
    async with database.unit_of_work() as store:
        assert await store.members.all_named(room.id, found) == found
        assert {name: await store.members.named(room.id, name) for name in found} == found


async def test_the_pickup_point_is_kept(database: Database) -> None:
    member = await keep(database, "u1", "小李")
    async with database.unit_of_work() as store:
        await store.members.save(replace(member, pickup="门卫"))
        await store.commit()
    assert [one.pickup for one in await everybody(database)] == ["门卫"]


async def test_one_store_sees_what_another_changed(database: Database, url: str) -> None:
    await keep(database, "u1", "小李")
    other = Database(url)
    changed = await keep(other, "u1", "李姐")
    await other.dispose()
    assert await everybody(database) == [changed]


async def test_many_accounts_are_introduced_at_once(database: Database) -> None:
    known = await keep(database, "u1", "小李")
    async with database.unit_of_work() as store:
        room = await store.rooms.seen(ROOM)
        guest = await store.members.named(room.id, "王阿姨")
        await store.members.introduce(
            room.id, {"u1": "小李", "u2": "新来的", "u3": "", "u9": "王阿姨", "": "无"}
        )
        await store.commit()
    everyone = [(one.account_id, one.name) for one in await everybody(database)]
    assert everyone == [("u1", "小李"), ("", "王阿姨"), ("u2", "新来的"), ("u3", "u3")]
    assert await keep(database, "u2", "新来的") != known
    assert (await keep(database, "u9", "王阿姨")).id == guest.id
    async with database.unit_of_work() as store:
        assert {"小李", "新来的", "王阿姨"} <= set(await store.members.names(room.id))


async def test_roles_wait_for_those_who_are_introduced(database: Database) -> None:
    async with database.unit_of_work() as store:
        room = await store.rooms.seen(ROOM)
        await store.members.grant("simulator", ROOM.room, "u2", Role.LEADER)
        await store.members.introduce(room.id, {"u2": "团长"})
        await store.commit()
    assert [one.role for one in await everybody(database)] == [Role.LEADER]
