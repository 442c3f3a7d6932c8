"""Stores that are locked, full or away."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import AlreadyHandled, Conflict, Unavailable
from bot.model import Member
from bot.ports import UnitOfWork
from storage.database import Database
from tests.storage.scenery import draft, message, opened


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    pragmas = ("foreign_keys=ON", "busy_timeout=0")
    monkeypatch.setattr("storage.sqlite.PRAGMAS", pragmas)


@pytest.mark.usefixtures("impatient")
async def test_a_locked_file_is_unavailable_and_nothing_is_lost(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    await database.create_all()
    other = sqlite3.connect(tmp_path / "test.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match="locked"):
        await database.inbox.accept(message(1))
    other.execute("ROLLBACK")
    other.close()
    assert await database.inbox.accept(message(1))
    await database.dispose()


async def test_a_full_disk_is_unavailable_and_leaves_whole_units(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await database.create_all()
    async with database.session() as session:
        pages = (await session.rows(sa.text("PRAGMA page_count")))[0][0]
        await session.rows(sa.text(f"PRAGMA max_page_count = {pages + 2}"))
    with pytest.raises(Unavailable, match="full"):
        await _accept_many(database)
    async with database.session() as session:
        await session.rows(sa.text("PRAGMA max_page_count = 1000000"))
    assert await database.inbox.accept(message(5000))
    await database.dispose()


async def _accept_many(database: Database) -> None:
    for number in range(1000):
        await database.inbox.accept(message(number, text="很长的话" * 200))


async def test_a_folder_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'nowhere' / 'test.db'}")
    with pytest.raises(Unavailable):
        await database.create_all()
    await database.dispose()


async def test_a_server_that_is_not_there_is_unavailable() -> None:
    database = Database("postgresql://root@127.0.0.1:1/test")
    with pytest.raises(Unavailable):
        await database.inbox.accept(message(1))
    await database.dispose()


async def test_a_connection_that_was_cut_is_unavailable_once(database: Database, url: str) -> None:
    if url.startswith("sqlite"):
        pytest.skip("SQLite has no server that could cut a connection")
    other = Database(url)
    with pytest.raises(Unavailable):
        await _cut(database, other)
    await other.dispose()
    assert await database.inbox.accept(message(1))


async def _cut(database: Database, other: Database) -> None:
    async with database.unit_of_work() as store, database.session() as session:
        own = (await session.rows(sa.text("SELECT pg_backend_pid()")))[0][0]
        async with other.session() as hand:
            await hand.rows(sa.text(f"SELECT pg_terminate_backend({own})"))
        await session.rows(sa.text("SELECT 1"))
        await store.commit()


async def offered(database: Database) -> tuple[int, Member]:
    async with database.unit_of_work() as store:
        group_buy, member = await opened(store)
        await store.commit()
    return group_buy.id, member


async def test_two_who_append_at_once_take_turns(database: Database, url: str) -> None:
    group_buy_id, member = await offered(database)
    other = Database(url)

    async def append(store_of: Database, batch: int) -> None:
        async with store_of.unit_of_work() as store:
            await store.ledger.append(group_buy_id, [draft(member, 1, batch)])
            await asyncio.sleep(0.01)
            await store.commit()

    await asyncio.gather(*(append((database, other)[number % 2], number) for number in range(6)))
    async with database.unit_of_work() as store:
        assert [event.seq for event in await store.ledger.events(group_buy_id)] == [1, 2, 3, 4, 5, 6]
    await other.dispose()


@pytest.mark.parametrize("asks", [False, True])
async def test_of_two_who_trust_what_they_know_the_second_must_try_again(
    database: Database, url: str, *, asks: bool
) -> None:
    group_buy_id, member = await offered(database)
    other = Database(url)
    for store_of in (database, other):
        async with store_of.unit_of_work() as store:
            await store.ledger.book(group_buy_id)
            await store.commit()
    with pytest.raises(Conflict):
        await _outrun(database, other, (group_buy_id, member), asks=asks)
    async with database.unit_of_work() as store:
        assert [event.delta for event in await store.ledger.events(group_buy_id)] == [2]
    await other.dispose()


async def _outrun(database: Database, other: Database, offer: tuple[int, Member], *, asks: bool) -> None:
    group_buy_id, member = offer
    async with database.unit_of_work(trusting=True) as store:
        await store.ledger.append(group_buy_id, [draft(member)])
        assert not store.busy
        async with other.unit_of_work(trusting=True) as rival:
            await rival.ledger.append(group_buy_id, [draft(member, 2, 2)])
            await rival.commit()
        if asks:
            await store.fulfilments.of(group_buy_id)
        await store.commit()


async def test_whoever_trusts_and_only_marks_must_have_seen_the_room_as_it_is(
    database: Database, url: str
) -> None:
    group_buy_id, member = await offered(database)
    other = Database(url)
    await database.inbox.accept(message(1))
    async with database.unit_of_work(trusting=True) as store:
        await store.ledger.book(group_buy_id)
        await store.commit()
    with pytest.raises(Conflict):
        await _mark(database, other, (group_buy_id, member))
    assert [incoming.id async for incoming in database.inbox.unhandled()] == ["m1"]
    await other.dispose()


async def _mark(database: Database, other: Database, offer: tuple[int, Member]) -> None:
    group_buy_id, member = offer
    async with database.unit_of_work(trusting=True) as store:
        await store.ledger.book(group_buy_id)
        await store.marks.handled(message(1), None, "")
        async with other.unit_of_work() as rival:
            await rival.ledger.append(group_buy_id, [draft(member)])
            await rival.commit()
        await store.commit()


async def test_an_attempt_that_fails_leaves_what_was_done_before(database: Database) -> None:
    group_buy_id, member = await offered(database)
    async with database.unit_of_work() as store:
        await store.ledger.book(group_buy_id)
        await store.commit()
    async with database.unit_of_work(trusting=True) as store:
        await store.ledger.append(group_buy_id, [draft(member, 1)])
        for asks in (False, True):
            with pytest.raises(RuntimeError, match="cable"):
                await _fail(store, group_buy_id, member, asks=asks)
            assert (await store.ledger.book(group_buy_id)).sold("A1") == 1
        await store.ledger.append(group_buy_id, [draft(member, 2, 3)])
        await store.commit()
    async with database.unit_of_work() as store:
        assert [event.delta for event in await store.ledger.events(group_buy_id)] == [1, 2]
        assert [one.id for one in await store.members.of_room(member.room_id)] == [member.id]


async def _fail(store: UnitOfWork, group_buy_id: int, member: Member, *, asks: bool) -> None:
    async with store.attempt():
        await store.ledger.append(group_buy_id, [draft(member, 5, 2)])
        if asks:
            await store.members.named(member.room_id, "不该留下的人")
        assert store.busy is asks
        raise RuntimeError("somebody pulled the cable")


async def test_who_fails_among_those_who_commit_together_fails_alone(database: Database) -> None:
    group_buy_id, member = await offered(database)

    async def order(number: int) -> None:
        async with database.unit_of_work(trusting=True) as store:
            await store.marks.handled(message(number), None, "")
            await store.commit()

    await database.inbox.accept(message(2))
    async with database.unit_of_work() as store:
        await store.marks.handled(message(2), None, "")
        await store.commit()
    results = await asyncio.gather(*map(order, range(5)), return_exceptions=True)
    assert [type(result) for result in results] == [type(None)] * 2 + [AlreadyHandled] + [type(None)] * 2
    async with database.unit_of_work() as store:
        assert (await store.ledger.book(group_buy_id)).sold("A1") == 0
        assert await store.members.of_room(member.room_id) == (member,)


async def test_two_processes_on_one_file_take_turns(sqlite_url: str) -> None:
    first = Database(sqlite_url)
    await first.create_all()
    second = Database(sqlite_url)
    for number in range(20):
        store = (first, second)[number % 2]
        assert await store.inbox.accept(message(number))
        assert not await (second, first)[number % 2].inbox.accept(message(number))
    await first.dispose()
    await second.dispose()


async def test_whoever_never_gets_a_turn_is_told(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.sqlite.PATIENCE", 0)
    database = Database(sqlite_url)
    await database.create_all()
    async with database.unit_of_work() as store:
        await store.rooms.all()
        with pytest.raises(Unavailable, match="turn"):
            await database.inbox.accept(message(1))
    assert await database.inbox.accept(message(1))
    await database.dispose()


async def test_a_database_that_the_server_does_not_have_is_unavailable(database: Database, url: str) -> None:
    if not url.startswith("postgresql"):
        pytest.skip("SQLite makes the database that it does not have")
    other = Database(str(sa.make_url(url).set(database="no_such_database")))
    with pytest.raises(Unavailable, match="no_such_database"):
        await other.revision()
    await other.dispose()
