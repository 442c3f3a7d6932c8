"""Backup and restore, on both databases and across them."""

import json
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.clock import SetClock
from bot.errors import UserError
from bot.model import Reply, Role
from shop.fulfilment import Fact, Fulfilment
from storage.backup import MANIFEST, Manifest, back_up, restore, restore_key
from storage.database import Database
from storage.tables import metadata
from tests.storage.conftest import url as other_url  # the same choice of databases, a second time
from tests.storage.scenery import NOW, ROOM, draft, message, opened, undo

__all__ = ["other_url"]


@pytest.fixture
async def database(url: str, tmp_path: Path, clock: SetClock) -> AsyncIterator[Database]:
    """Migrated, as those that are backed up are."""
    database = Database(url, folder=tmp_path / "first", clock=clock)
    await database.migrate()
    yield database
    await database.dispose()


@pytest.fixture
async def other(other_url: str, tmp_path: Path) -> AsyncIterator[Database]:
    """Where a backup is restored to, with a data folder that has the key of the backup."""
    second = tmp_path / "second"
    second.mkdir()
    (second / "secret.key").write_bytes((tmp_path / "first" / "secret.key").read_bytes())
    url = "sqlite" if other_url.startswith("sqlite") else other_url
    other = Database(url, folder=second)
    yield other
    await other.dispose()


async def filled(database: Database) -> None:
    async with database.unit_of_work() as store:
        group_buy, member = await opened(store)
        room = await store.rooms.seen(ROOM)
        await store.members.grant(ROOM.channel, "*", "u9", Role.LEADER)
        first, _ = await store.ledger.append(group_buy.id, [draft(member, 3), draft(member, 2, 2, "b")])
        await store.ledger.append(group_buy.id, [undo(first, first.seq, 3), draft(member, 5, 4)])
        paid = Fulfilment(fact=Fact.PAID, member_id=member.id, actor_id=member.id, message_id="m5", time=NOW)
        await store.fulfilments.append(group_buy.id, [paid])
        await store.points.check_in(member.id, NOW.date(), "m6")
        await store.consents.record(member.id, "recommend", given=True, time=NOW)
        await store.replies.put(message(1), [Reply(text="好的")])
        await store.audit.record(room.id, member.id, "close", "", "m7")
        await store.commit()
    await database.inbox.accept(message(8, text="苹果五箱,电话13800000000"))


async def rows(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that a store holds."""
    async with database.session() as session:
        return {
            table.name: [tuple(row) for row in await session.rows(sa.select(table).order_by(table.c.id))]
            for table in metadata.sorted_tables
        }


async def saved(database: Database, tmp_path: Path) -> tuple[Path, Manifest]:
    path = tmp_path / "backup.zip"
    return path, await back_up(database, tmp_path / "first", path)


async def test_everything_comes_back_as_it_was(database: Database, other: Database, tmp_path: Path) -> None:
    await filled(database)
    path, manifest = await saved(database, tmp_path)
    assert await restore(other, path) == manifest
    assert await rows(other) == await rows(database)
    assert [one.text async for one in other.inbox.unhandled()] == ["苹果五箱,电话13800000000"]
    assert [one.text for one in await other.outbox.due(NOW)] == ["好的"]


async def test_life_goes_on_after_a_restore(database: Database, other: Database, tmp_path: Path) -> None:
    await filled(database)
    path, _ = await saved(database, tmp_path)
    await restore(other, path)
    assert not await other.inbox.accept(message(8))
    assert await other.inbox.accept(message(9))
    async with other.unit_of_work() as store:
        room = await store.rooms.seen(ROOM)
        member = await store.members.seen(room.id, "u2", "小王")
        await store.ledger.append(1, [draft(member, 1, 9)])
        assert (await store.ledger.book(1)).sold("A1") == 6
        await store.commit()


async def test_a_backup_is_of_one_moment_while_others_write(database: Database, tmp_path: Path) -> None:
    await filled(database)
    async with database.snapshot() as session:
        before = await session.rows(sa.text("SELECT count(*) FROM inbox"))
        assert await database.inbox.accept(message(9))
        assert await session.rows(sa.text("SELECT count(*) FROM inbox")) == before


async def test_what_is_changed_in_a_backup_is_found_and_nothing_is_kept(
    database: Database, other: Database, tmp_path: Path
) -> None:
    await filled(database)
    path, _ = await saved(database, tmp_path)
    forged = changed(path, tmp_path / "forged.zip")
    with pytest.raises(UserError, match="订单"):
        await restore(other, forged)
    assert not any((await rows(other)).values())


def changed(path: Path, forged: Path) -> Path:
    """The backup with one unit more in one order."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(forged, "w") as new:
        for name in old.namelist():
            lines = old.read(name).splitlines()
            if name == "tables/order_events.jsonl":
                event = json.loads(lines[-1])
                lines[-1] = json.dumps({**event, "delta": event["delta"] + 1}).encode()
            new.writestr(name, b"\n".join(lines))
    return forged


async def test_a_store_with_data_is_not_touched(database: Database, tmp_path: Path) -> None:
    await filled(database)
    path, _ = await saved(database, tmp_path)
    before = await rows(database)
    with pytest.raises(UserError, match="已经有数据"):
        await restore(database, path)
    assert await rows(database) == before


async def test_a_backup_is_never_overwritten(database: Database, tmp_path: Path) -> None:
    path, _ = await saved(database, tmp_path)
    content = path.read_bytes()
    with pytest.raises(UserError, match="已经有了"):
        await back_up(database, tmp_path / "first", path)
    assert path.read_bytes() == content


async def test_a_store_without_tables_is_not_backed_up(url: str, tmp_path: Path) -> None:
    database = Database(url, folder=tmp_path)
    with pytest.raises(UserError, match="migrate"):
        await back_up(database, tmp_path, tmp_path / "backup.zip")
    await database.dispose()


async def test_the_file_is_for_its_owner_only(database: Database, tmp_path: Path) -> None:
    path, _ = await saved(database, tmp_path)
    assert path.stat().st_mode & 0o077 == 0
    assert not path.with_name("backup.zip.part").exists()


async def test_the_key_is_restored_where_there_is_none(database: Database, tmp_path: Path) -> None:
    path, _ = await saved(database, tmp_path)
    restore_key(path, tmp_path / "third")
    restore_key(path, tmp_path / "third")
    assert (tmp_path / "third" / "secret.key").read_bytes() == (
        tmp_path / "first" / "secret.key"
    ).read_bytes()
    (tmp_path / "third" / "secret.key").write_bytes(b"another")
    with pytest.raises(UserError, match="密钥"):
        restore_key(path, tmp_path / "third")


@pytest.mark.parametrize("content", [b"", b"oops", b"PK\x03\x04 cut off"], ids=["empty", "text", "cut"])
def test_what_is_no_backup_is_told(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "backup.zip"
    path.write_bytes(content)
    with pytest.raises(UserError, match="不是小团的备份"):
        restore_key(path, tmp_path / "third")


def test_a_backup_of_a_newer_version_is_told(tmp_path: Path) -> None:
    path = tmp_path / "backup.zip"
    manifest = Manifest(format=1, schema_revision="9999", made_at=NOW, rows={}, books={})
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(MANIFEST, manifest.model_dump_json())
    with pytest.raises(UserError, match="9999"):
        restore_key(path, tmp_path / "third")
