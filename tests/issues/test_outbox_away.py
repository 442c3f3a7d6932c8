"""A store that goes away between a saying and its mark ended the outbox; said twice was said too often."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import pytest

from bot import outbox
from bot.clock import SetClock
from bot.config import Outbox as OutboxSettings
from bot.errors import Unavailable
from bot.model import Address
from tests.bot.messages import NOON
from tests.bot.test_outbox import Mouth, Shelf, row


class Shaky(Shelf):
    """Away for the first two calls of everything but the look for what is due."""

    failures = 2

    def _maybe_away(self) -> None:
        self.failures -= 1
        if self.failures >= 0:
            raise Unavailable("locked")

    async def sent(self, keys: Sequence[str], now: datetime) -> None:
        self._maybe_away()
        await super().sent(keys, now)

    async def retry(self, key: str, at: datetime) -> None:
        self._maybe_away()
        await super().retry(key, at)

    async def give_up(self, key: str, reason: str) -> None:
        self._maybe_away()
        await super().give_up(key, reason)

    async def sent_since(self, address: Address, since: datetime) -> int:
        self._maybe_away()
        return await super().sent_since(address, since)


@pytest.mark.parametrize("failure", [None, Unavailable("no line"), RuntimeError("?")])
@pytest.mark.parametrize("budget", [0, 5])
async def test_a_store_that_is_away_is_waited_for_and_nothing_is_said_twice(
    failure: Exception | None, budget: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "RETRY_SECONDS", 0.001)
    shelf, mouth = Shaky(row("a")), Mouth(failure)
    settings = OutboxSettings(merge_seconds=0, messages_per_day=budget)
    running = outbox.Outbox(shelf, {"test": mouth}, SetClock(NOON), settings)  # type: ignore[arg-type] # nobody asks for its backlog
    running.nudge()
    task = asyncio.create_task(running.run())
    async with asyncio.timeout(10):
        while not shelf.fate and not task.done():  # noqa: ASYNC110 - a shelf has no event
            await asyncio.sleep(0.001)
    assert not task.done()
    task.cancel()
    assert [one.key for one in mouth.said] == ["a"]
