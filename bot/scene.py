"""The scene of a message: who speaks where, and all that its meaning depends on, read in one unit of work."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.memory import Memory, Remembered
from bot.model import Incoming, Member, Role, Room
from bot.ports import Clock, UnitOfWork
from bot.understanding import Booked, Situation
from shop.book import OrderEvent
from shop.groupbuy import GroupBuy
from shop.ordering import stock_left

RECENT_BOOKINGS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the store and the memory knew of a conversation before the message was understood."""

    incoming: Incoming
    room: Room
    sender: Member
    situation: Situation
    remembered: Remembered


class SceneReader:
    """Sets the scene of one message after the other."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def introduce(self, store: UnitOfWork, messages: Sequence[Incoming]) -> None:
        """Make everybody who speaks in these messages of one conversation a member."""
        room = await store.rooms.seen(messages[0].address)
        await store.members.introduce(room.id, {one.sender_id: one.sender_name for one in messages})

    async def read(self, store: UnitOfWork, memory: Memory, incoming: Incoming) -> Scene:
        """Everything the message's meaning depends on; makes room and member when they are new."""
        room = await store.rooms.seen(incoming.address)
        sender = await store.members.seen(room.id, incoming.sender_id, incoming.sender_name)
        now = self._clock.now().astimezone(ZoneInfo(room.timezone))  # 20:00: the room's
        remembered = await memory.recall(room.id, sender.id, now)
        situation = Situation(
            now=now,
            room=incoming.address.room,
            open=False,
            role=sender.role,
            sender_name=sender.name,
            at_bot=incoming.at_bot or incoming.address.private,
            private=incoming.address.private,
            quoted_text=await _quoted_text(store, incoming),
            pending=remembered.pending,
            confirming=remembered.confirming,
            asked=remembered.asked,
            offered=remembered.offered,
            focus=remembered.focus,
            room_focus=remembered.topic,
            member_names=await store.members.names(room.id),
            staff_names=await store.members.names(room.id, least=Role.HELPER),
            roster=incoming.roster,
        )
        group_buy = await store.group_buys.current(room.id)
        if group_buy is not None:
            situation = await _with_orders(store, situation, incoming, sender, group_buy)
        return Scene(incoming=incoming, room=room, sender=sender, situation=situation, remembered=remembered)


async def _with_orders(
    store: UnitOfWork, situation: Situation, incoming: Incoming, sender: Member, group_buy: GroupBuy
) -> Situation:
    """With what is on sale, and what was booked of it."""
    book = await store.ledger.book(group_buy.id)
    recent = await store.ledger.recent(group_buy.id, RECENT_BOOKINGS)
    called = await store.members.called(sender.room_id, {booked.member for booked in recent})
    recent = tuple(replace(booked, name=called.get(booked.member, "")) for booked in recent)
    quoted = incoming.quote.message_id if incoming.quote else ""
    return replace(
        situation,
        group_buy=group_buy.title,
        catalogue=group_buy.catalogue,
        open=group_buy.accepts_orders(situation.now),
        own_order=dict(book.order_of(sender.id)),
        left={sku.code: left for sku in group_buy.catalogue if (left := stock_left(book, sku)) is not None},
        own_last=next((booked for booked in recent if booked.member == sender.id), None),
        recent=recent,
        quoted=_net(await store.ledger.by_message(sender.room_id, quoted)) if quoted else None,
        lists=await store.solitaires.recent(group_buy.id),
    )


async def _quoted_text(store: UnitOfWork, incoming: Incoming) -> str:
    quote = incoming.quote
    if quote is None or quote.text or not quote.message_id:
        return quote.text if quote else ""
    said = await store.marks.text_of(incoming.address, quote.message_id)
    return said[1] if said else ""


def _net(events: Sequence[OrderEvent]) -> Booked | None:
    """What a message booked for the member whom it changed last."""
    if not events:
        return None
    member = events[-1].member
    lines: Counter[str] = Counter()
    for event in events:
        if event.member == member:
            lines[event.sku] += event.delta
    positive = {sku: units for sku, units in lines.items() if units > 0}
    return Booked(message_id=events[-1].message_id, member=member, lines=positive) if positive else None
