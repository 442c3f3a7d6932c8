"""Replay: recorded messages through the same steps as live ones, with their own times as the clock."""

import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, field_validator

from bot import jsonlines, shopfile
from bot.app import open_shop, understander_of
from bot.clock import SetClock
from bot.config import Admission, Settings, UnderstandingSettings
from bot.core import Core, core
from bot.dispatch import Handled
from bot.model import Address, Incoming, Quote
from bot.understanding import Intent
from storage.database import Database
from storage.state import MemoryState

ADDRESS = Address(channel="replay", account="bot", room="replay")
SETTINGS = Settings.model_construct(
    faq=(),
    admission=Admission(messages_per_minute=1_000_000),
    understanding=UnderstandingSettings(deadline_ms=600_000),
)
"""The defaults, without the limits that would make the outcome depend on the machine's speed."""


class QuotedLine(BaseModel):
    """The message that a recorded one quotes."""

    id: str


class ChatLine(BaseModel):
    """One recorded message."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    sender: str
    name: str
    text: str
    time: datetime
    at_bot: bool = False
    quote: QuotedLine | None = None

    @field_validator("time")
    @classmethod
    def _aware(cls, value: datetime) -> datetime:
        return value if value.tzinfo else value.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What one message did: effects are (member's name, SKU code, units) as the ledger has them."""

    id: str
    intent: str
    command: str
    faq: str
    effects: tuple[tuple[str, str, int], ...]
    replies: tuple[str, ...]
    milliseconds: float


def read_chat(path: Path) -> tuple[ChatLine, ...]:
    """Messages of a JSON-lines file. Raises ConfigError with every bad line."""
    return jsonlines.read(path, ChatLine)


async def replay(shop_path: Path, chat: Sequence[ChatLine]) -> AsyncIterator[Replayed]:
    """Run a chat on a store that is thrown away; yields one result a message, in order."""
    shop = shopfile.read(shop_path)
    start = min((line.time for line in chat), default=datetime.now(UTC))
    clock = SetClock(start)
    database = Database("memory", clock=clock)
    await database.create_all()
    try:
        async with core(
            SETTINGS,
            database=database,
            state=MemoryState(clock),
            clock=clock,
            understander=understander_of(SETTINGS, shops=(shop,)),
        ) as made:
            await open_shop(database, shop, ADDRESS, start)
            for line in chat:
                clock.set(line.time)
                yield await _replayed(made, line)
    finally:
        await database.dispose()


async def _replayed(made: Core, line: ChatLine) -> Replayed:
    incoming = _incoming(line)
    started = time.perf_counter()
    if await made.database.inbox.accept(incoming):
        handled = await made.dispatcher.handle(incoming)
    else:
        handled = Handled(incoming=incoming, route="repeat")
    milliseconds = 1000 * (time.perf_counter() - started)
    understanding = handled.understanding
    intent = understanding.intent if understanding else Intent.CHITCHAT
    directive = understanding.directive if understanding else None
    match = understanding.faq if understanding and intent is Intent.FAQ else None
    return Replayed(
        id=line.id,
        intent=intent.value,
        command=directive.command.label if directive and intent is Intent.ADMIN else "",
        faq=match.entry if match else "",
        effects=await _effects(made, incoming),
        replies=tuple(reply.text for reply in handled.replies),
        milliseconds=round(milliseconds, 2),
    )


def _incoming(line: ChatLine) -> Incoming:
    return Incoming(
        id=line.id,
        address=ADDRESS,
        sender_id=line.sender,
        sender_name=line.name,
        text=line.text,
        time=line.time,
        at_bot=line.at_bot,
        quote=Quote(message_id=line.quote.id) if line.quote else None,
    )


async def _effects(made: Core, incoming: Incoming) -> tuple[tuple[str, str, int], ...]:
    """What the ledger says that this message changed."""
    async with made.database.unit_of_work() as store:
        room = await store.rooms.seen(incoming.address)
        events = await store.ledger.by_message(room.id, incoming.id)
        names = {member.id: member.name for member in await store.members.of_room(room.id)} if events else {}
    net: Counter[tuple[str, str]] = Counter()
    for event in events:
        net[names[event.member], event.sku] += event.delta
    return tuple((member, sku, delta) for (member, sku), delta in net.items() if delta)
