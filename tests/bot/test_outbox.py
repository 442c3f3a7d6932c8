"""The outbox: merging, retries, unknown outcomes, the budget."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from bot.clock import SetClock
from bot.config import Outbox as OutboxSettings
from bot.errors import Unavailable
from bot.model import Address, Outgoing
from bot.outbox import Outbox
from tests.bot.messages import NOON, ROOM


class Shelf:
    """An outbox store in a list, with what happened to each row."""

    def __init__(self, *rows: Outgoing) -> None:
        self.rows = rows
        self.fate: dict[str, str] = {}
        self.already_sent = 0

    async def due(self, now: datetime) -> Sequence[Outgoing]:
        return [row for row in self.rows if row.key not in self.fate]

    async def sent(self, keys: Sequence[str], now: datetime) -> None:
        self.fate |= dict.fromkeys(keys, "sent")

    async def retry(self, key: str, at: datetime) -> None:
        self.fate[key] = f"again in {int((at - NOON) / timedelta(seconds=1))}"

    async def give_up(self, key: str, reason: str) -> None:
        self.fate[key] = f"given up: {reason}"

    async def sent_since(self, address: Address, since: datetime) -> int:
        return self.already_sent


class Mouth:
    """A channel that keeps what it says, or fails as told."""

    name = "test"

    def __init__(self, failure: Exception | None = None) -> None:
        self.said: list[Outgoing] = []
        self._failure = failure

    async def run(self, heard: object) -> None:
        """Hear nothing."""

    async def send(self, outgoing: Outgoing) -> None:
        self.said.append(outgoing)
        if self._failure:
            raise self._failure


def row(key: str, *, room: Address = ROOM, **fields: object) -> Outgoing:
    return Outgoing(key=key, address=room, text=f"text {key}", answers=(key,), **fields)  # type: ignore[arg-type] # a row of any fields


async def send(shelf: Shelf, mouth: Mouth, **settings: object) -> None:
    outbox = Outbox(shelf, {"test": mouth}, SetClock(NOON), OutboxSettings(**settings))  # type: ignore[arg-type] # any settings
    await outbox.send_due()


async def test_replies_to_a_burst_become_one_message_a_conversation() -> None:
    other = Address(channel="test", account="bot", room="r2")
    shelf, mouth = Shelf(row("1"), row("2", room=other), row("3"), row("4", recipient="wx_1")), Mouth()
    await send(shelf, mouth)
    assert sorted(message.text for message in mouth.said) == ["text 1\ntext 3", "text 2", "text 4"]
    assert set(shelf.fate.values()) == {"sent"}
    assert next(m for m in mouth.said if "\n" in m.text).answers == ("1", "3")


async def test_what_surely_was_not_sent_is_tried_again_with_growing_pauses() -> None:
    shelf = Shelf(row("new"), row("old", recipient="wx_1", attempts=2))
    await send(shelf, Mouth(Unavailable("away")))
    assert shelf.fate == {"new": "again in 2", "old": "again in 8"}


async def test_after_the_last_attempt_it_is_given_up_visibly() -> None:
    shelf = Shelf(row("1", attempts=4))
    await send(shelf, Mouth(Unavailable("away")), attempts=5)
    assert shelf.fate == {"1": "given up: away"}


async def test_an_unknown_outcome_is_never_said_twice() -> None:
    shelf = Shelf(row("1"))
    await send(shelf, Mouth(RuntimeError("connection lost after sending")))
    assert shelf.fate == {"1": "given up: outcome unknown"}


@pytest.mark.parametrize(("urgent", "fate"), [(False, "given up: budget"), (True, "sent")])
async def test_a_spent_budget_holds_all_but_urgent_messages(urgent: bool, fate: str) -> None:
    shelf = Shelf(row("1", urgent=urgent))
    shelf.already_sent = 3
    await send(shelf, Mouth(), messages_per_day=3)
    assert shelf.fate == {"1": fate}


async def test_a_channel_that_is_gone_gives_up() -> None:
    shelf = Shelf(row("1", room=Address(channel="gone", account="bot", room="r1")))
    await send(shelf, Mouth())
    assert shelf.fate == {"1": "given up: no such channel"}
