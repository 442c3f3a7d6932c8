"""Lanes: order within a conversation, side by side between them, bounded, given back."""

import asyncio

from bot.lanes import Lanes
from bot.model import Incoming
from tests.bot.messages import said


async def test_messages_of_a_room_are_worked_off_in_order() -> None:
    seen: list[str] = []

    async def work(incoming: Incoming) -> None:
        await asyncio.sleep(0.01 if incoming.text == "first" else 0)
        seen.append(incoming.text)

    lanes = Lanes(work)
    async with asyncio.timeout(5):
        await _run(lanes, [said("first"), said("second"), said("third")])
    assert seen == ["first", "second", "third"]


async def test_a_slow_room_does_not_hold_up_another() -> None:
    release, seen = asyncio.Event(), list[str]()

    async def work(incoming: Incoming) -> None:
        if incoming.address.room == "slow":
            await release.wait()
        seen.append(incoming.address.room)
        release.set()

    async with asyncio.timeout(5):
        await _run(Lanes(work), [said("a", room="slow"), said("b", room="quick")])
    assert seen == ["quick", "slow"]


async def test_a_full_lane_makes_the_channel_wait() -> None:
    release = asyncio.Event()

    async def work(_incoming: Incoming) -> None:
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

    async def work(incoming: Incoming) -> None:
        seen.append(incoming.text)

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
