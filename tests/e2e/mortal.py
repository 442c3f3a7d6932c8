"""A bot on a store in a folder that is killed at a named step: `python -m tests.e2e.mortal FOLDER STEP MESSAGES`.

Messages are lines "id|sender|text"; what it says goes to FOLDER/said.txt, line by line. STEP "" lets it live; it then
ends by itself when everything is answered.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.app import Live, live
from bot.config import Settings
from bot.model import Address, Incoming, Outgoing
from storage.inbox import SqlInbox
from storage.outbox import SqlOutbox
from storage.unit_of_work import SqlUnitOfWork

ROOM = Address(channel="mortal", account="bot", room="r1")
SHOP = """
title: 测试团
skus: [{code: A, name: 青提, unit: 盒, price: 20, stock: 100}]
leader: {id: wx_leader}
"""


class Script:
    """A channel that says its lines once and writes down what it hears."""

    name = "mortal"

    def __init__(self, folder: Path, lines: list[str]) -> None:
        self._said = folder / "said.txt"
        self._lines = lines
        self.spoken = asyncio.Event()

    async def run(self, heard: Callable[[Incoming], Awaitable[None]]) -> None:
        """Hand over every line."""
        for line in self._lines:
            await heard(_incoming(line))
        self.spoken.set()
        await asyncio.Event().wait()

    async def send(self, outgoing: Outgoing) -> None:
        """Write it down durably."""
        with self._said.open("a", encoding="utf-8") as file:
            file.write(" ".join(outgoing.answers) + "\n")
            file.flush()
            os.fsync(file.fileno())


def _incoming(line: str) -> Incoming:
    key, sender, text = line.split("|")
    return Incoming(
        id=key, address=ROOM, sender_id=sender, sender_name=sender, text=text, time=datetime.now(UTC)
    )


def die_at(step: str) -> None:
    """Make one step end with SIGKILL: before it for "before X", after it for "after X"."""
    when, _, name = step.partition(" ")
    owner, method = {
        "accept": (SqlInbox, "accept"),
        "commit": (SqlUnitOfWork, "commit"),
        "send": (Script, "send"),
        "sent": (SqlOutbox, "sent"),
    }[name.split("#")[0]]
    countdown = [int(name.partition("#")[2] or 1)]
    original = getattr(owner, method)

    async def mortal(*given: object, **named: object) -> object:
        countdown[0] -= 1
        if countdown[0] == 0 and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = await original(*given, **named)
        if countdown[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, method, mortal)


async def main(folder: Path, lines: list[str], step: str) -> None:
    """Run until everything is answered, or until death."""
    (folder / "shop.yaml").write_text(SHOP, encoding="utf-8")
    settings = Settings(
        data=folder, shops=(folder / "shop.yaml",), faq=(), redis="memory", outbox={"merge_seconds": 0}
    )
    script = Script(folder, lines)
    if step:
        # the start commits too: roles, rooms and shops are there before the first message is heard
        script.spoken.clear()
        run, script.run = script.run, lambda heard: _armed(step, run, heard)  # type: ignore[method-assign] # a test's trap
    async with live(settings, (script,), (ROOM,)) as bot:
        await _finish(script, bot)


async def _armed(
    step: str,
    run: Callable[[Callable[[Incoming], Awaitable[None]]], Awaitable[None]],
    heard: Callable[[Incoming], Awaitable[None]],
) -> None:
    die_at(step)
    await run(heard)


async def _finish(script: Script, bot: Live) -> None:
    await script.spoken.wait()
    await bot.settle()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[3].splitlines(), sys.argv[2]))
