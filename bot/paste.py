"""Paste mode: a pasted list or chat log through the whole bot on a throw-away store, and what comes of it."""

import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

from bot import pasted_chat
from bot.app import Core, core
from bot.clock import SetClock
from bot.config import Settings
from bot.dispatch import Handled
from bot.errors import UserError
from bot.model import Address, Incoming, Role, Room
from bot.pasted_chat import PastedMessage
from bot.ports import Clock, Understander, UnitOfWork
from bot.web.ports import Notice, Pasted, Units
from shop.groupbuy import GroupBuy, Phase
from storage.database import Database
from storage.state import MemoryState

ADDRESS = Address(channel="paste", account="bot", room="paste")
LEADER_ID = "leader"
LEADER_NAME = "团长"
MOST_MESSAGES = 2000
SETTINGS = Settings.model_construct()
NOTHING_ON_SALE = "这个群还没有开团，不知道按什么商品来读。先开团再粘贴。"
NOTHING_READ = "没看出来是谁说的。请粘贴带名字的聊天记录(姓名: 内容)，或者整条接龙。"
TOO_MUCH = "太长了，一次最多{most}条。"
NOTICES = (
    ("汇总", "汇总"),
    ("按人", "按人汇总"),
    ("分拣单", "按楼栋汇总"),
    ("收款", "谁没付"),
)
"""Titles, and the leader's commands that write the texts."""
REVIEW = ("要你看一眼的", "待确认")
UNCLEAR = "没读清的话"


class PasteDesk:
    """Reads pastes against what is on sale in a room of the live store, which it never changes."""

    def __init__(self, *, units: Units, clock: Clock, understander: Understander) -> None:
        self._units = units
        self._clock = clock
        self._understander = understander

    async def __call__(self, room: Room, text: str) -> Pasted:
        """Read a paste. Raises UserError when there is nothing on sale, or nothing to read."""
        messages = pasted_chat.split(text)
        if not messages:
            raise UserError("paste-unreadable", NOTHING_READ)
        if len(messages) > MOST_MESSAGES:
            raise UserError("paste-too-long", TOO_MUCH.format(most=MOST_MESSAGES))
        group_buy = await self._on_sale(room)
        async with _thrown_away(self._understander, group_buy, self._clock.now()) as made:
            handled = [await _handled(made, message) for message in messages]
            notices = [*await _notices(made), *_unclear(handled)]
        return Pasted(messages=len(messages), notices=notices)

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


async def _notices(made: Core) -> Sequence[Notice]:
    """What the leader's commands answer now."""
    found = []
    async with made.database.unit_of_work() as store:
        room = await store.rooms.seen(ADDRESS)
        to_review = bool(await store.reviews.open_of(room.id))
    for title, command in (*NOTICES, REVIEW) if to_review else NOTICES:
        handled = await _handled(made, PastedMessage(name="", text=command))
        found.append(Notice(title=title, text="\n".join(reply.text for reply in handled.replies)))
    return found


def _unclear(handled: Sequence[Handled]) -> Sequence[Notice]:
    """Messages of a log that the bot would have asked back about; a list's are on the review list."""
    lines = [
        f"{one.incoming.sender_name}: {one.incoming.text}"
        for one in handled
        if one.understanding and one.understanding.unclear and not one.understanding.solitaire
    ]
    return [Notice(title=UNCLEAR, text="\n".join(lines))] if lines else []
