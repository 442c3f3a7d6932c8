"""The inbox: order kept, written down together, nothing lost when nobody waits or nobody knows."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest

from bot.errors import Unavailable
from bot.inbox import Inbox
from bot.model import Incoming
from tests.bot.messages import said


class Store:
    """Implements InboxStore; an error in `fails` is raised after the messages were written."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.batches: list[int] = []
        self.fails: list[Exception] = []

    async def accept(self, incoming: Incoming) -> bool:
        return (await self.accept_all([incoming]))[0]

    async def accept_all(self, messages: Sequence[Incoming]) -> Sequence[bool]:
        await asyncio.sleep(0)
        self.batches.append(len(messages))
        new = [one.id not in self.kept for one in messages]
        self.kept += [one.id for one in messages]
        if self.fails:
            raise self.fails.pop()
        return new

    async def unhandled(self) -> AsyncIterator[Incoming]:
        for key in self.kept:
            yield said(key, key=key)


class Passed:
    """Where the inbox gives messages on to; closed it makes them wait."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.open = asyncio.Event()
        self.open.set()

    async def __call__(self, incoming: Incoming) -> None:
        await self.open.wait()
        self.ids.append(incoming.id)


async def hear(inbox: Inbox, *keys: str) -> None:
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        for key in keys:
            tasks.create_task(inbox.heard(said(key, key=key)))


async def test_what_comes_at_the_same_time_is_written_down_together_and_in_order() -> None:
    store, passed = Store(), Passed()
    keys = [f"m{number}" for number in range(20)]
    await hear(Inbox(store, passed), *keys)
    assert passed.ids == keys
    assert len(store.batches) <= 2


async def test_a_repeat_ends_there() -> None:
    store, passed = Store(), Passed()
    inbox = Inbox(store, passed)
    await hear(inbox, "m1")
    await hear(inbox, "m1", "m2")
    assert passed.ids == ["m1", "m2"]


async def test_whoever_stops_waiting_has_handed_it_over() -> None:
    store, passed = Store(), Passed()
    passed.open.clear()
    inbox = Inbox(store, passed)
    waiting = asyncio.create_task(inbox.heard(said("m1")))
    await asyncio.sleep(0.01)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    passed.open.set()
    await hear(inbox, "m2")
    assert passed.ids == ["m1", "m2"]


async def test_what_may_have_been_written_is_passed_on_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer got lost with the connection: the store has it, and nobody was told that it is new."""
    monkeypatch.setattr("bot.inbox.FIRST_PAUSE", 0)
    store, passed = Store(), Passed()
    store.fails.append(Unavailable("cut"))
    await hear(Inbox(store, passed), "m1")
    assert passed.ids == ["m1"]
