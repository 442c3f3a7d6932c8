"""Values that the tests of the store have in common."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from bot.model import Address, Incoming, Member
from bot.ports import UnitOfWork
from shop.book import DraftEvent, EventKind
from shop.catalogue import Catalogue, PriceTier, Sku
from shop.groupbuy import GroupBuy
from shop.money import Fen

NOW = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
ROOM = Address(channel="simulator", account="bot", room="园丁群")
APPLES = Sku(
    code="A1",
    name="苹果",
    spec="大箱",
    unit="箱",
    price=Fen(2990),
    aliases=("红富士", "果"),
    weight_jin=Decimal("10.5"),
    pieces=24,
    limit=50,
    stock=100,
    tiers=(PriceTier(quantity=2, total=Fen(5000)), PriceTier(quantity=3, total=Fen(7000))),
    is_default=True,
)
EGGS = Sku(code="b", name="土鸡蛋", unit="盒", price=Fen(1580))
OFFER = GroupBuy(
    id=0,
    room=str(ROOM),
    title="周日果蔬",
    catalogue=Catalogue(skus=(APPLES, EGGS)),
    cutoff=NOW + timedelta(hours=4),
    pickup_points=("3号楼", "门卫"),
    number=0,
    opened_at=NOW - timedelta(hours=1),
    note="冷链到家",
)


def message(number: int, sender: str = "u1", text: str = "苹果两箱") -> Incoming:
    return Incoming(
        id=f"m{number}", address=ROOM, sender_id=sender, sender_name=f"{sender}号", text=text, time=NOW
    )


async def opened(store: UnitOfWork, offer: GroupBuy = OFFER) -> tuple[GroupBuy, Member]:
    """A group-buy in the room, and somebody who may order."""
    room = await store.rooms.seen(ROOM)
    member = await store.members.seen(room.id, "u1", "小李")
    return await store.group_buys.add(room.id, offer), member


def draft(member: Member, delta: int = 1, number: int = 1, sku: str = "A1") -> DraftEvent:
    return DraftEvent(
        member=member.id,
        sku=sku,
        delta=delta,
        kind=EventKind.ADD if delta > 0 else EventKind.SUBTRACT,
        actor=member.id,
        message_id=f"m{number}",
        batch=f"m{number}",
        time=NOW,
        spans=((0, 2), (2, 4)),
    )


def undo(event: DraftEvent, seq: int, number: int) -> DraftEvent:
    return replace(
        event,
        delta=-event.delta,
        kind=EventKind.UNDO,
        undoes=seq,
        message_id=f"m{number}",
        batch=f"m{number}",
    )
