"""20:00 in a command or a shop file is the room's time, whatever the machine's zone is."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import shopfile
from bot.clock import SetClock
from bot.memory import Memory
from bot.scene import SceneReader
from storage.database import Database
from storage.state import MemoryState
from tests.bot.messages import NOON, ROOM, said

SHOP = """
title: 测试团
cutoff: 2026-03-04 20:00:00
skus: [{code: A, name: 青提, unit: 盒, price: 20}]
leader: {id: wx_leader}
"""


async def test_times_are_read_in_the_rooms_zone(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(SHOP, encoding="utf-8")
    clock = SetClock(NOON)
    database = Database("memory", clock=clock, timezone="Asia/Tokyo")
    await database.create_all()
    async with database.unit_of_work() as store:
        room = await store.rooms.seen(ROOM)
        group_buy = shopfile.read(tmp_path / "shop.yaml").group_buy(room=room, now=NOON)
        scene = await SceneReader(clock).read(store, Memory(MemoryState(clock)), said("截单 20:00"))
    assert group_buy.cutoff == datetime(2026, 3, 4, 11, tzinfo=UTC)
    assert scene.situation.now.tzinfo == ZoneInfo("Asia/Tokyo")
    assert scene.situation.now == NOON
    await database.dispose()
