"""A store that an older version made moves to the newest one with everything that is in it.

tests/data/releases holds a backup of a lively day by each version, named by its last migration.
"""

import json
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.model import Address
from shop.totals import check_sum
from storage import migrate
from storage.backup import _plain, restore, restore_key
from storage.database import Database
from storage.tables import metadata
from tests.storage.scenery import draft

RELEASES = sorted((Path(__file__).parents[1] / "data" / "releases").glob("*.zip"))
ROOM = Address(channel="wechaty", account="wxid_bot", room="garden@chatroom")


@pytest.fixture(params=RELEASES, ids=[path.stem for path in RELEASES])
def release(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture
async def upgraded(url: str, release: Path, tmp_path: Path) -> AsyncIterator[Database]:
    restore_key(release, tmp_path / "data")
    database = Database(url, folder=tmp_path / "data")
    await restore(database, release)
    yield database
    await database.dispose()


async def test_every_value_of_the_older_version_is_there(upgraded: Database, release: Path) -> None:
    with zipfile.ZipFile(release) as archive:
        names = [name for name in archive.namelist() if name.startswith("tables/")]
        kept = {Path(name).stem: list(map(json.loads, archive.read(name).splitlines())) for name in names}
    assert sum(map(len, kept.values())) > 100
    for name, rows in kept.items():
        assert await values(upgraded, metadata.tables[name], rows[0] if rows else {}) == rows


async def values(database: Database, table: sa.Table, like: dict[str, Any]) -> list[dict[str, Any]]:
    """All rows with the columns that an older version had."""
    async with database.session() as session:
        rows = await session.rows(sa.select(table).order_by(table.c.id))
    return [{column: _plain(row._mapping[column]) for column in like} for row in rows]


async def test_the_schema_is_the_newest_and_the_sums_agree(upgraded: Database) -> None:
    assert await upgraded.revision() == migrate.newest()
    await upgraded.check_schema()
    async with upgraded.unit_of_work() as store:
        group_buy = await store.group_buys.current((await store.rooms.seen(ROOM)).id)
        assert group_buy is not None
        book = await store.ledger.book(group_buy.id)
    sums = check_sum(book, group_buy.catalogue, group_buy.pickup_points, {})
    assert sums.holds
    assert sums.by_member == 54100


async def test_life_goes_on(upgraded: Database) -> None:
    async with upgraded.unit_of_work() as store:
        room = await store.rooms.seen(ROOM)
        member = await store.members.seen(room.id, "wx_a", "6栋小周")
        await store.ledger.append(1, [draft(member, 1, 99, sku="D")])
        assert (await store.ledger.book(1)).quantity(member.id, "D") == 3
        await store.commit()
    assert [one.text async for one in upgraded.inbox.unhandled()] == []
