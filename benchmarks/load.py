"""A steady stream of messages over many rooms: how long each waits for its commit, and what it costs.

The stream does not wait for the bot: a message that comes while others are being handled waits, as in life.
"""

import asyncio
import time
from collections.abc import Sequence

from rich.table import Table

from benchmarks._chats import CHATS, incoming
from benchmarks._figures import Sample, ms, table, timed
from benchmarks._live import Running, room, running
from benchmarks._stores import KINDS, url_of
from bot import replay
from bot.app import open_shop
from bot.dispatch import Handled
from bot.model import Incoming
from bot.shopfile import read

ROOMS, SECONDS, WARMING = 50, 10, 200
CHAT = CHATS / "a01_fruit_sichuan"
RATES = (200, round(5_000_000 / 24 / 3600 * 10))
"""Messages a second; the latter in the busiest hour of a day with five million, ten times the average."""


async def run() -> Table:
    """Each database at each rate; fewer handled a second than asked for is not kept up with."""
    rows = [await _row(kind, rate) for rate in RATES for kind in KINDS]
    columns = ("", "asked a second", "handled a second", "p50", "p99", "CPU a message")
    return table(f"A stream of messages over {ROOMS} rooms", columns, rows)


async def _row(kind: str, rate: int) -> tuple[str, ...]:
    due: dict[str, float] = {}
    waits = Sample()

    def observe(handled: Handled, _seconds: float) -> None:
        if (at := due.get(handled.incoming.id)) is not None:
            waits.seconds.append(time.perf_counter() - at)

    async with url_of(kind) as url, running(url, observe=observe) as live:
        for number in range(ROOMS):
            await open_shop(live.core.database, read(CHAT / "shop.yaml"), room(number), live.core.clock.now())
        messages = _messages(WARMING + rate * SECONDS)
        await live.hear_at_once(_greetings())
        await live.hear_at_once(messages[:WARMING])
        with timed() as timing:
            await _stream(live, messages[WARMING:], due, rate)
    return (
        kind,
        str(rate),
        f"{len(due) / timing.wall:.0f}",
        ms(waits.percentile(0.5)),
        ms(waits.percentile(0.99)),
        ms(timing.cpu / len(due)),
    )


def _messages(count: int) -> Sequence[Incoming]:
    """A recorded talk in every room, over and over; every message has an id of its own."""
    lines = replay.read_chat(CHAT / "chat.jsonl")
    return [_message(lines[number // ROOMS % len(lines)], number) for number in range(count)]


def _greetings() -> Sequence[Incoming]:
    """Everybody of every room, who is new only once in a life, and not with every fifth message."""
    lines = {line.sender: line for line in replay.read_chat(CHAT / "chat.jsonl")}
    greetings = [line.model_copy(update={"text": "大家好"}) for line in lines.values() for _ in range(ROOMS)]
    return [_message(line, number, "hello") for number, line in enumerate(greetings)]


def _message(line: replay.ChatLine, number: int, prefix: str = "m") -> Incoming:
    said = line.model_copy(update={"id": f"{prefix}{number}", "quote": None})
    return incoming(said, room(number % ROOMS))


async def _stream(live: Running, messages: Sequence[Incoming], due: dict[str, float], rate: int) -> None:
    """Say each at its time; `due` is told when that was."""
    started = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        for number, message in enumerate(messages):
            due[message.id] = started + number / rate
            await asyncio.sleep(max(0.0, due[message.id] - time.perf_counter()))
            tasks.create_task(live.bot.hear(message))
    await live.bot.drain()
