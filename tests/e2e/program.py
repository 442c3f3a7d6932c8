"""The command `tuanbot run` as a process, and the talk with it over its web server."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import aiohttp

from bot.cli import main
from bot.model import Address
from tests.e2e.nursery import PATIENCE, born

CONFIG = "web: {port: 0}\nredis: memory\nshops: [shop.yaml]\nfaq: []\noutbox: {merge_seconds: 0}\n"
SHOP = (
    "title: 测试团\nskus: [{code: A, name: 青提, unit: 盒, price: 20, stock: 100}]\nleader: {id: wx_leader}\n"
)
ROOM = Address(channel="simulator", account="bot", room="sunshine")
_ADDRESS = re.compile(r"http://\S+")


def configured(folder: Path, config: str = CONFIG) -> None:
    """Write the operator's files."""
    (folder / "config.yaml").write_text(config, encoding="utf-8")
    (folder / "shop.yaml").write_text(SHOP, encoding="utf-8")


def called(folder: Path, arguments: Sequence[str]) -> None:
    """The command line, in a folder; what it prints goes to files there."""
    os.chdir(folder)
    for number, name in ((1, "out.txt"), (2, "err.txt")):
        file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, number)
        os.close(file)
    sys.argv = ["tuanbot", *arguments]
    main()


async def running(folder: Path) -> tuple[ForkServerProcess, str]:
    """Start it; its process and its address, once it says that it is ready."""
    (folder / "out.txt").unlink(missing_ok=True)
    process = born(called, folder, ("run",))
    async with asyncio.timeout(PATIENCE):
        while True:
            out = folder / "out.txt"
            found = _ADDRESS.search(out.read_text(encoding="utf-8")) if out.exists() else None
            if found:
                return process, found[0]
            assert process.is_alive(), errors(folder)
            await asyncio.sleep(0.05)


def errors(folder: Path) -> str:
    """What it wrote to standard error."""
    return (folder / "err.txt").read_text(encoding="utf-8")


class Talk:
    """A page of the simulator."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def says(self, key: str, text: str) -> None:
        """Say something in the first room; returns once it is in the inbox."""
        speaker = {"id": "sim_wang", "name": "3栋王姐"}
        said = {"type": "say", "id": key, "conversation": "sunshine", "speaker": speaker, "text": text}
        await self._socket.send_json(said)
        await self._heard(lambda event: event == {"type": "accepted", "id": key})

    async def answer(self) -> str:
        """The bot's next words."""
        event = await self._heard(lambda event: event["type"] == "message" and event["message"]["bot"])
        return str(event["message"]["text"])

    async def _heard(self, wanted: Any) -> Any:
        async with asyncio.timeout(PATIENCE):
            while True:
                event = await self._socket.receive_json()
                if wanted(event):
                    return event


async def page(address: str, path: str) -> str:
    """What the web server shows to a GET."""
    async with aiohttp.ClientSession() as session, session.get(address + path) as response:
        assert response.status == 200
        return await response.text()


@asynccontextmanager
async def talking(address: str) -> AsyncIterator[Talk]:
    """Open the page."""
    headers = {"Origin": address}
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{address}/ws", headers=headers) as one,
    ):
        yield Talk(one)
