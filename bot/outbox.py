"""The outbox: what was committed goes out, merged per burst, within the budget, tried again, given up."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from typing import TypeVar

import structlog

from bot.config import Outbox as OutboxSettings
from bot.errors import Unavailable
from bot.model import Outgoing
from bot.ports import Channel, Clock, OutboxStore

log = structlog.get_logger(__name__)
Value = TypeVar("Value")
IDLE_SECONDS = 1.0
RETRY_SECONDS = 2.0
UNMETERED = frozenset({"simulator", "console"})


class Outbox:
    """Sends what the store holds. `nudge` tells it that something new was committed."""

    def __init__(
        self,
        store: OutboxStore,
        channels: Mapping[str, Channel],
        clock: Clock,
        settings: OutboxSettings,
    ) -> None:
        self._store = store
        self._channels = channels
        self._clock = clock
        self._settings = settings
        self._nudged = asyncio.Event()

    def nudge(self) -> None:
        """Look into the store soon."""
        self._nudged.set()

    async def run(self) -> None:
        """Send until cancelled; a store that is away is asked again."""
        while True:
            await self._wait()
            try:
                await self.send_due()
            except Unavailable as error:
                log.warning("outbox.away", error=str(error))
                await asyncio.sleep(RETRY_SECONDS)

    async def _wait(self) -> None:
        """Wait for news, then a little longer, so that the replies to a burst become one message."""
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                await self._nudged.wait()
            await asyncio.sleep(self._settings.merge_seconds)
        except TimeoutError:
            pass
        self._nudged.clear()

    async def send_due(self) -> None:
        """Send everything that is due now, rooms side by side."""
        due = await self._store.due(self._clock.now())
        async with asyncio.TaskGroup() as tasks:
            for group in merged(due):
                tasks.create_task(self._send(group))

    async def _send(self, group: Sequence[Outgoing]) -> None:
        message = _joined(group)
        channel = self._channels.get(message.address.channel)
        if channel is None:
            return await self._give_up(group, "no such channel")
        if await self._over_budget(message):
            return await self._give_up(group, "budget")
        try:
            await channel.send(message)
        except Unavailable as error:
            await self._later(group, str(error))
        except Exception:  # nobody knows whether it went out, so it is not said twice
            log.exception("outbox.unknown", key=message.key)
            await self._give_up(group, "outcome unknown")
        else:
            await self._surely(lambda: self._store.sent([one.key for one in group], self._clock.now()))

    async def _over_budget(self, message: Outgoing) -> bool:
        budget = self._settings.messages_per_day
        if not budget or message.urgent or message.address.channel in UNMETERED:
            return False
        since = self._clock.now() - timedelta(days=1)
        sent = await self._surely(lambda: self._store.sent_since(message.address, since))
        return sent >= budget

    async def _later(self, group: Sequence[Outgoing], reason: str) -> None:
        for one in group:
            if one.attempts + 1 >= self._settings.attempts:
                await self._give_up([one], reason)
            else:
                await self._surely(partial(self._store.retry, one.key, self._pause(one)))

    def _pause(self, one: Outgoing) -> datetime:
        return self._clock.now() + timedelta(seconds=RETRY_SECONDS * 2**one.attempts)

    async def _give_up(self, group: Sequence[Outgoing], reason: str) -> None:
        for one in group:
            log.warning("outbox.given_up", key=one.key, reason=reason)
            await self._surely(partial(self._store.give_up, one.key, reason))

    async def _surely(self, ask: Callable[[], Awaitable[Value]]) -> Value:
        """Ask the store until it is there; what went out and is not marked would be said twice."""
        while True:
            try:
                return await ask()
            except Unavailable as error:
                log.warning("outbox.away", error=str(error))
                await asyncio.sleep(RETRY_SECONDS)


def merged(due: Iterable[Outgoing]) -> list[list[Outgoing]]:
    """Replies to one conversation that go out as one message, in the order of their coming."""
    ordered = sorted(due, key=_conversation)
    return [list(group) for _, group in groupby(ordered, key=_conversation)]


def _conversation(one: Outgoing) -> tuple[str, str]:
    return str(one.address), one.recipient


def _joined(group: Sequence[Outgoing]) -> Outgoing:
    first = group[0]
    if len(group) == 1:
        return first
    return replace(
        first,
        text="\n".join(one.text for one in group if one.text),
        answers=tuple(answer for one in group for answer in one.answers),
        mentions=tuple(dict.fromkeys(mention for one in group for mention in one.mentions)),
        attachments=tuple(file for one in group for file in one.attachments),
        urgent=any(one.urgent for one in group),
    )
