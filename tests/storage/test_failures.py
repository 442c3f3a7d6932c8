"""Stores that are locked, full or away."""

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import Conflict, Unavailable
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


async def test_two_who_append_at_once_race_and_the_second_tries_again(database: Database, url: str) -> None:
    if url.startswith("sqlite"):
        pytest.skip("SQLite has one unit of work at a time: there is nobody to race with")
    async with database.unit_of_work() as store:
        group_buy, member = await opened(store)
        await store.commit()
    other = Database(url)
    with pytest.raises(Conflict):
        await _race(database, other, group_buy.id, member.id)
    async with database.unit_of_work() as store:
        assert len(await store.ledger.events(group_buy.id)) == 1
    await other.dispose()


async def _race(database: Database, other: Database, group_buy_id: int, member_id: int) -> None:
    async with database.unit_of_work() as store, other.unit_of_work() as rival:
        people = await store.members.of_room(1)
        assert people[0].id == member_id
        await store.ledger.book(group_buy_id)
        await rival.ledger.book(group_buy_id)
        await rival.ledger.append(group_buy_id, [draft(people[0])])
        await rival.commit()
        await store.ledger.append(group_buy_id, [draft(people[0], 2, 2)])


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
    async with database.unit_of_work():
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
