"""Lanes: order within a conversation, side by side between them, bounded, given back."""

import asyncio
from collections.abc import Sequence

from bot.lanes import MOST, Lanes
from bot.model import Incoming
from tests.bot.messages import said


async def test_messages_of_a_room_are_worked_off_in_order() -> None:
    seen: list[str] = []

    async def work(messages: Sequence[Incoming]) -> None:
        await asyncio.sleep(0.01 if messages[0].text == "first" else 0)
        seen.extend(incoming.text for incoming in messages)

    lanes = Lanes(work)
    async with asyncio.timeout(5):
        await _run(lanes, [said("first"), said("second"), said("third")])
    assert seen == ["first", "second", "third"]


async def test_a_slow_room_does_not_hold_up_another() -> None:
    release, seen = asyncio.Event(), list[str]()

    async def work(messages: Sequence[Incoming]) -> None:
        if messages[0].address.room == "slow":
            await release.wait()
        seen.append(messages[0].address.room)
        release.set()

    async with asyncio.timeout(5):
        await _run(Lanes(work), [said("a", room="slow"), said("b", room="quick")])
    assert seen == ["quick", "slow"]


async def test_a_full_lane_makes_the_channel_wait() -> None:
    release = asyncio.Event()

    async def work(_messages: Sequence[Incoming]) -> None:
        await release.wait()

    lanes = Lanes(work, capacity=1)
    runner = asyncio.create_task(_serve(lanes))
    await asyncio.sleep(0)
    await lanes.put(said("being worked on"))
    await asyncio.sleep(0)
    await lanes.put(said("waiting"))
    third = asyncio.create_task(lanes.put(said("must wait")))
    await asyncio.sleep(0.01)
    assert not third.done()
    release.set()
    async with asyncio.timeout(5):
        await third
        await lanes.drain()
    runner.cancel()


async def test_an_idle_lane_is_given_back_and_made_anew() -> None:
    seen: list[str] = []

    async def work(messages: Sequence[Incoming]) -> None:
        seen.extend(incoming.text for incoming in messages)

    lanes = Lanes(work, idle_seconds=0.01)
    runner = asyncio.create_task(_serve(lanes))
    await asyncio.sleep(0)
    await lanes.put(said("one"))
    async with asyncio.timeout(5):
        while len(lanes):  # noqa: ASYNC110 - a lane tells nobody that it was given back
            await asyncio.sleep(0.01)
        await lanes.put(said("two"))
        await lanes.drain()
    assert seen == ["one", "two"]
    runner.cancel()


async def test_what_waits_is_handed_over_at_once_and_not_without_bound() -> None:
    handed: list[int] = []

    async def work(messages: Sequence[Incoming]) -> None:
        handed.append(len(messages))
        await asyncio.sleep(0)

    async with asyncio.timeout(5):
        await _run(Lanes(work), [said(str(number)) for number in range(2 * MOST + 1)])
    assert sum(handed) == 2 * MOST + 1
    assert max(handed) == MOST


async def test_whoever_waits_at_a_full_lane_keeps_the_order() -> None:
    seen: list[str] = []

    async def work(messages: Sequence[Incoming]) -> None:
        for incoming in messages:
            await asyncio.sleep(0.001)
            seen.append(incoming.text)

    lanes = Lanes(work, capacity=2)
    runner = asyncio.create_task(_serve(lanes))
    await asyncio.sleep(0)
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        for number in range(30):
            tasks.create_task(lanes.put(said(str(number))))
            if number % 7 == 0:
                await asyncio.sleep(0.002)
    await lanes.drain()
    assert seen == [str(number) for number in range(30)]
    runner.cancel()


async def _serve(lanes: Lanes) -> None:
    async with lanes:
        await asyncio.Event().wait()


async def _run(lanes: Lanes, messages: list[Incoming]) -> None:
    runner = asyncio.create_task(_serve(lanes))
    await asyncio.sleep(0)
    for message in messages:
        await lanes.put(message)
    await lanes.drain()
    runner.cancel()
