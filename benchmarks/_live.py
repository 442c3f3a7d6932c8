"""A whole bot on a store of its own, whose channel hears what it is given and sends into nothing."""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot import replay
from bot.app import Bot
from bot.clock import SystemClock
from bot.core import Core, core
from bot.dispatch import Observe
from bot.model import Address, Incoming, Outgoing
from bot.ports import Understander
from nlp.understander import GrammarUnderstander
from storage.database import Database
from storage.state import MemoryState

CHANNEL = "bench"


def room(number: int) -> Address:
    """The address of a numbered room."""
    return Address(channel=CHANNEL, account="bot", room=f"room{number}")


class Silent:
    """Implements Channel: nothing is heard by itself, and everything that is sent is counted."""

    name = CHANNEL

    def __init__(self) -> None:
        self.sent = 0

    async def run(self, on: Callable[[Incoming], Awaitable[None]]) -> None:
        """Hear nothing."""
        del on
        await asyncio.Event().wait()

    async def send(self, outgoing: Outgoing) -> None:
        """Count it."""
        self.sent += len(outgoing.answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """The bot with its parts."""

    core: Core
    bot: Bot
    channel: Silent

    async def hear(self, messages: Sequence[Incoming]) -> None:
        """Hear all messages, those of a room in order and rooms side by side, and handle them all."""
        lanes: dict[str, list[Incoming]] = {}
        for one in messages:
            lanes.setdefault(str(one.address), []).append(one)
        async with asyncio.TaskGroup() as tasks:
            for lane in lanes.values():
                tasks.create_task(self._in_order(lane))
        await self.bot.drain()

    async def hear_at_once(self, messages: Sequence[Incoming]) -> None:
        """Hear all messages as if each came over a connection of its own, and handle them all."""
        async with asyncio.TaskGroup() as tasks:
            for one in messages:
                tasks.create_task(self.bot.hear(one))
        await self.bot.drain()

    async def _in_order(self, lane: Sequence[Incoming]) -> None:
        for one in lane:
            await self.bot.hear(one)


@asynccontextmanager
async def running(
    url: str, understander: Understander | None = None, observe: Observe = lambda _handled, _seconds: None
) -> AsyncIterator[Running]:
    """A bot that is ready; `url` is as in bot.config, `observe` is told of every message that was handled."""
    clock, channel = SystemClock(), Silent()
    database = Database(url, clock=clock)
    await database.create_all()
    making = core(
        replay.SETTINGS,
        database=database,
        state=MemoryState(clock),
        clock=clock,
        understander=understander or GrammarUnderstander(),
        observe=observe,
    )
    try:
        async with making as made:
            bot = Bot(replay.SETTINGS, made, [channel])
            ready = asyncio.Event()
            work = asyncio.create_task(bot.run(ready))
            await ready.wait()
            gc.freeze()  # as `tuanbot run` does
            yield Running(core=made, bot=bot, channel=channel)
            work.cancel()
            await asyncio.wait([work])
    finally:
        await database.dispose()
