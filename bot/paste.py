"""Paste mode: a pasted list or chat log through the whole bot on a throw-away store, and what comes of it."""

import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

from bot.clock import SetClock
from bot.config import Settings
from bot.core import Core, core
from bot.dispatch import Handled
from bot.errors import UserError
from bot.model import Address, Incoming, Notice, Pasted, Role, Room
from bot.pasteloss import not_booked
from bot.ports import Clock, Understander, UnitOfWork
from bot.understanding import Paste, PastedMessage
from nlp import pastes
from shop.book import Book
from shop.dwelling import Dwelling
from shop.groupbuy import GroupBuy, Phase
from storage.database import Database
from storage.state import MemoryState

ADDRESS = Address(channel="paste", account="bot", room="paste")
LEADER_ID = "leader"
LEADER_NAME = "接龙"
MOST_MESSAGES = 2000
SETTINGS = Settings.model_construct()
NOTHING_ON_SALE = "这个群还没有开团，不知道按什么商品来读。先开团再粘贴。"
NOTHING_READ = "没看出来是谁说的。请粘贴带名字的聊天记录(姓名: 内容)，或者整条接龙。"
TOO_MUCH = "太长了，一次最多{most}条。"
SUMMARY, BY_BUILDING, REVIEW = ("汇总", "汇总"), ("按楼栋分拣", "按楼栋汇总"), ("要你看一眼的", "待确认")
ORDERED = (SUMMARY, ("分拣单", "按人汇总"), ("收款", "谁没付"))
"""Titles, and the leader's commands that write the texts."""


class PasteDesk:
    """Implements bot.ports.PasteReader, and bot.web.ports.PasteBox against what is on sale in a room.

    The live store is never changed.
    """

    def __init__(self, *, units: Callable[[], UnitOfWork], clock: Clock, understander: Understander) -> None:
        self._units = units
        self._clock = clock
        self._understander = understander

    async def __call__(self, room: Room, text: str) -> Pasted:
        """Read a paste. Raises UserError when there is nothing on sale, or nothing to read."""
        pieces = pastes.split(text)
        if not pieces.messages:
            raise UserError("paste-unreadable", NOTHING_READ)
        return await self.read(Paste(kind=pieces.kind, messages=pieces.messages), await self._on_sale(room))

    async def read(self, paste: Paste, group_buy: GroupBuy) -> Pasted:
        """What the messages come to. Raises UserError when there are too many."""
        messages = paste.messages
        if len(messages) > MOST_MESSAGES:
            raise UserError("paste-too-long", TOO_MUCH.format(most=MOST_MESSAGES))
        async with _thrown_away(self._understander, group_buy, self._clock.now()) as made:
            handled = [await _handled(made, message) for message in messages]
            return await _read(made, handled)

    async def _on_sale(self, room: Room) -> GroupBuy:
        async with self._units() as store:
            group_buy = await store.group_buys.current(room.id)
        if group_buy is None:
            raise UserError("paste-no-group-buy", NOTHING_ON_SALE)
        return group_buy


@asynccontextmanager
async def _thrown_away(understander: Understander, group_buy: GroupBuy, now: datetime) -> AsyncIterator[Core]:
    """A bot with nothing but this group-buy, open and without orders."""
    clock = SetClock(now)
    database = Database("memory", clock=clock)
    await database.create_all()
    unlimited = SETTINGS.admission.model_copy(update={"messages_per_minute": 10 * MOST_MESSAGES})
    settings = SETTINGS.model_copy(update={"admission": unlimited})
    try:
        async with core(
            settings, database=database, state=MemoryState(clock), clock=clock, understander=understander
        ) as made:
            async with database.unit_of_work() as store:
                await _opened(store, group_buy, now)
                await store.commit()
            yield made
    finally:
        await database.dispose()


async def _opened(store: UnitOfWork, group_buy: GroupBuy, now: datetime) -> None:
    room = await store.rooms.seen(ADDRESS)
    await store.members.grant(ADDRESS.channel, ADDRESS.room, LEADER_ID, Role.LEADER)
    fresh = replace(
        group_buy, id=0, number=0, room=ADDRESS.room, phase=Phase.OPEN, cutoff=None, opened_at=now
    )
    await store.group_buys.add(room.id, fresh)


def _incoming(message: PastedMessage, now: datetime) -> Incoming:
    """The message as it came in; a list is taken as re-sent by the leader."""
    return Incoming(
        id=secrets.token_hex(16),
        address=ADDRESS,
        sender_id=f"name:{message.name}" if message.name else LEADER_ID,
        sender_name=message.name or LEADER_NAME,
        text=message.text,
        time=now,
    )


async def _handled(made: Core, message: PastedMessage) -> Handled:
    return await made.dispatcher.handle(_incoming(message, made.clock.now()))


async def _read(made: Core, handled: Sequence[Handled]) -> Pasted:
    """What the leader's commands answer now, and what is not in it."""
    async with made.database.unit_of_work() as store:
        room = await store.rooms.seen(ADDRESS)
        to_review = bool(await store.reviews.open_of(room.id))
        left_out = await not_booked(store, room, handled)
        group_buy = await store.group_buys.current(room.id)
        book = await store.ledger.book(group_buy.id) if group_buy else Book()
        names = [one.name for one in await store.members.of_room(room.id) if one.id in book.members]
    wanted = [*(ORDERED if book.members else (SUMMARY,))]
    wanted += [BY_BUILDING] if any(map(Dwelling.of, names)) else []
    wanted += [REVIEW] if to_review else []
    notices = [await _notice(made, title, command) for title, command in wanted]
    return Pasted(messages=len(handled), orders=len(book.members), notices=(*notices, *left_out))


async def _notice(made: Core, title: str, command: str) -> Notice:
    handled = await _handled(made, PastedMessage(name="", text=command))
    return Notice(title=title, text="\n".join(reply.text for reply in handled.replies))
