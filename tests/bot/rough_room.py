"""A room in which anything may be said: the whole bot on a store that is thrown away."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from bot import shopfile
from bot.app import open_shop
from bot.clock import SetClock
from bot.config import Admission, Settings, UnderstandingSettings
from bot.core import Core, core
from bot.model import Address, Incoming
from nlp.understander import GrammarUnderstander
from storage.database import Database
from storage.state import MemoryState

ROOM = Address(channel="test", account="bot", room="r1")
NOON = datetime(2026, 3, 4, 4, tzinfo=UTC)
SHOP = """
title: 测试团
skus:
  - {code: A, name: 青提, unit: 盒, price: 20}
  - {code: B, name: 蓝莓, unit: 盒, price: 15.5}
leader: {id: wx_leader}
"""
SETTINGS = Settings.model_construct(
    faq=(),
    admission=Admission(messages_per_minute=1_000_000, max_length=250_000),
    understanding=UnderstandingSettings(deadline_ms=120_000),
)
"""Without the limits that would make the outcome depend on the machine's speed."""


@dataclass
class RoughRoom:
    """Says things and demands that nothing is lost and nothing is an incident."""

    core: Core
    said: int = 0

    def message(
        self, text: str, *, name: str = "小李", sender: str = "wx_1", at_bot: bool = False
    ) -> Incoming:
        self.said += 1
        return Incoming(
            id=f"m{self.said}",
            address=ROOM,
            sender_id=sender,
            sender_name=name,
            text=text,
            time=NOON,
            at_bot=at_bot,
        )

    async def says(self, text: str, *, name: str = "小李", sender: str = "wx_1", at_bot: bool = False) -> str:
        """What is answered."""
        incoming = self.message(text, name=name, sender=sender, at_bot=at_bot)
        assert await self.core.database.inbox.accept(incoming)
        handled = await self.core.dispatcher.handle(incoming)
        assert not handled.incident
        assert await self.unhandled() == []
        answer = "\n".join(reply.text for reply in handled.replies)
        assert "Traceback" not in answer
        return answer

    async def unhandled(self) -> list[str]:
        """Ids of messages that wait to be handled."""
        return [incoming.id async for incoming in self.core.database.inbox.unhandled()]

    async def booked(self) -> dict[str, int]:
        """Units of the first SKU by the member's name."""
        async with self.core.database.unit_of_work() as store:
            room = await store.rooms.seen(ROOM)
            group_buy = await store.group_buys.current(room.id)
            assert group_buy is not None
            book = await store.ledger.book(group_buy.id)
            everybody = await store.members.of_room(room.id)
            return {one.name: units for one in everybody if (units := book.quantity(one.id, "A"))}


@asynccontextmanager
async def rough_room(folder: Path, url: str = "memory") -> AsyncIterator[RoughRoom]:
    """The room with two goods on sale."""
    clock = SetClock(NOON)
    database = Database(url, folder=folder, clock=clock)
    await database.create_all()
    (folder / "shop.yaml").write_text(SHOP, encoding="utf-8")
    await open_shop(database, shopfile.read(folder / "shop.yaml"), ROOM, NOON)
    state, reads = MemoryState(clock), understander()
    async with core(SETTINGS, database=database, state=state, clock=clock, understander=reads) as made:
        yield RoughRoom(made)
    await database.dispose()


@cache
def understander() -> GrammarUnderstander:
    """Made once: its dictionaries take a second."""
    return GrammarUnderstander()
