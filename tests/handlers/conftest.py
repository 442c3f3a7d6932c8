"""A fruit group-buy that is open in a room with a leader."""

from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from bot.clock import SetClock
from bot.model import Role
from bot.reader import Reader
from shop.catalogue import Catalogue, PriceTier, Sku
from shop.groupbuy import GroupBuy
from shop.money import Fen
from storage.database import Database
from tests.handlers.talking import LEADER, LEADER_ID, NOON, ROOM, Script, Talk, dispatcher

FRUIT = GroupBuy(
    id=0,
    room=ROOM.room,
    title="周三水果",
    catalogue=Catalogue(
        skus=(
            Sku(
                code="A",
                name="苹果",
                spec="大箱",
                unit="箱",
                price=Fen(5990),
                weight_jin=Decimal(10),
                limit=3,
            ),
            Sku(code="B", name="苹果", spec="小箱", unit="箱", price=Fen(3290), weight_jin=Decimal(5)),
            Sku(code="C", name="香梨", unit="箱", price=Fen(4550), stock=4),
            Sku(
                code="D",
                name="草莓",
                unit="盒",
                price=Fen(3000),
                tiers=(PriceTier(quantity=2, total=Fen(5000)),),
            ),
        )
    ),
    pickup_points=("3号楼大厅",),
    number=0,
    opened_at=NOON,
)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON)


@pytest.fixture
async def empty_room(clock: SetClock) -> AsyncIterator[Talk]:
    """A room with a leader who has not opened anything yet."""
    database, script = Database("memory", clock=clock), Script()
    await database.create_all()
    async with database.unit_of_work() as store:
        await store.members.grant(ROOM.channel, ROOM.room, LEADER_ID, Role.LEADER)
        await store.commit()
    with Reader(script, 5) as reader:
        talk = Talk(database, dispatcher(database, reader, clock), script, clock)
        await talk.says(LEADER, "大家好")
        yield talk
    await database.dispose()


@pytest.fixture
async def talk(empty_room: Talk) -> Talk:
    """The room with an open group-buy: A 苹果大箱 (limit 3), B 苹果小箱, C 香梨 (stock 4), D 草莓 (2盒50)."""
    async with empty_room.database.unit_of_work() as store:
        await store.group_buys.add((await store.rooms.seen(ROOM)).id, FRUIT)
        await store.commit()
    return empty_room
