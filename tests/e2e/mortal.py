"""A bot on a store of its own that can be killed at a named step."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from bot.app import live
from bot.config import Outbox, Settings
from bot.model import Address, Incoming, Outgoing
from storage.inbox import SqlInbox
from storage.outbox import SqlOutbox
from storage.unit_of_work import SqlUnitOfWork
from storage.writer import Writer

ROOM = Address(channel="mortal", account="bot", room="r1")
SHOP = """
title: 测试团
skus: [{code: A, name: 青提, unit: 盒, price: 20, stock: 100}]
leader: {id: wx_leader}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What a bot is born with; a line is "id|sender|text", and with the step "" it lives on."""

    folder: Path
    database: str
    lines: Sequence[str]
    step: str = ""


class Script:
    """A channel that says its lines once and writes down which messages were answered."""

    name = "mortal"

    def __init__(self, life: Life) -> None:
        self._life = life
        self.spoken = asyncio.Event()

    async def run(self, heard: Callable[[Incoming], Awaitable[None]]) -> None:
        """Hand over every line. The start commits too, so the trap is set only now."""
        if self._life.step:
            die_at(self._life.step)
        for line in self._life.lines:
            await heard(_incoming(line))
        self.spoken.set()
        await asyncio.Event().wait()

    async def send(self, outgoing: Outgoing) -> None:
        """Written at once: what the process wrote survives its death."""
        with said(self._life.folder).open("a", encoding="utf-8") as file:
            file.write(" ".join(outgoing.answers) + "\n")


def said(folder: Path) -> Path:
    """The file with the answered messages, a line each time that something was said."""
    return folder / "said.txt"


def _incoming(line: str) -> Incoming:
    key, sender, text = line.split("|")
    return Incoming(
        id=key, address=ROOM, sender_id=sender, sender_name=sender, text=text, time=datetime.now(UTC)
    )


def die_at(step: str) -> None:
    """Make one step end with SIGKILL: "before accept_all" or "after commit#2", which is the second commit."""
    when, _, name = step.partition(" ")
    method, _, nth = name.partition("#")
    owner = {
        "accept_all": SqlInbox,
        "commit": SqlUnitOfWork,
        "write": Writer,
        "send": Script,
        "sent": SqlOutbox,
    }[method]
    original, left = getattr(owner, method), int(nth or 1)

    async def mortal(*given: object) -> object:
        nonlocal left
        left -= 1
        if left == 0 and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = await original(*given)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, method, mortal)


def lived(life: Life) -> None:
    """Run until everything is answered, or until death."""
    asyncio.run(_lived(life))


async def _lived(life: Life) -> None:
    shop = life.folder / "shop.yaml"
    shop.write_text(SHOP, encoding="utf-8")
    settings = Settings(
        data=life.folder,
        database=SecretStr(life.database),
        redis=SecretStr("memory"),
        shops=(shop,),
        faq=(),
        outbox=Outbox(merge_seconds=0),
    )
    script = Script(life)
    async with live(settings, (script,), (ROOM,)) as bot:
        await script.spoken.wait()
        await bot.settle()
