"""A running Wechaty channel in front of a gateway, with what it heard and how it stood."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import SecretStr

from bot.channels._backoff import Backoff
from bot.channels._hearing import Hearing
from bot.channels._wechaty.channel import NAME, Wechaty
from bot.channels._wechaty.condition import Condition
from bot.channels._wechaty.link import Pulse, tls_of
from bot.channels._wechaty.reading import Reader
from bot.config import Wechaty as Settings
from bot.model import Address, Gap, Incoming, Outgoing
from tests.channels.node_gateway import BOT, ROOM, NodeGateway

SECONDS = 30
"""No wait of these tests takes so long unless something is broken."""
CALM = Pulse(every=10, within=10, asking=4, sending=10)
NERVOUS = Pulse(every=0.5, within=0.5, asking=4, sending=10)
"""Notices a frozen gateway in a second; a busy machine may seem frozen to it."""
HERE = Address(channel=NAME, account=BOT, room=ROOM)


class Scene:
    """What a bot in front of the channel would see."""

    def __init__(self, settings: Settings, folder: Path, pulse: Pulse) -> None:
        self.heard: asyncio.Queue[Incoming] = asyncio.Queue()
        self.conditions: asyncio.Queue[Condition] = asyncio.Queue()
        self.refused: set[str] = set()
        self.task: asyncio.Task[None] | None = None
        self.channel = Wechaty(
            settings,
            tls=tls_of(settings),
            reader=Reader(channel=NAME, bot_name="小团", folder=folder / "received"),
            hearing=Hearing(channel=NAME, file=folder / "heard.json"),
            pulse=pulse,
            backoff=Backoff(first=0.05, longest=0.5),
            watch=self.conditions.put_nowait,
        )

    async def hear(self, incoming: Incoming) -> None:
        """Take a message, or fail at it as a bot with a fault does."""
        if incoming.text in self.refused:
            raise ValueError(incoming.text)
        await self.heard.put(incoming)

    async def stop(self) -> None:
        """End the channel; harmless when it has ended."""
        if self.task is not None:
            self.task.cancel()
            await asyncio.wait([self.task])

    async def until(self, condition: Condition) -> None:
        """Wait for a turn of the channel's condition."""
        async with asyncio.timeout(SECONDS):
            while await self.conditions.get() is not condition:
                pass

    async def next(self) -> Incoming:
        """The next message."""
        async with asyncio.timeout(SECONDS):
            return await self.heard.get()

    async def gap(self) -> Gap:
        """The next gap."""
        async with asyncio.timeout(SECONDS):
            return await anext(self.channel.gaps())


def settings_of(gateway: NodeGateway, *, token: str = "") -> Settings:
    return Settings(endpoint=gateway.endpoint, token=SecretStr(token or gateway.token), tls=gateway.tls)


@asynccontextmanager
async def running(settings: Settings, folder: Path, pulse: Pulse = CALM) -> AsyncIterator[Scene]:
    """A channel that runs until the end of the block, in whatever condition."""
    scene = Scene(settings, folder, pulse)
    scene.task = asyncio.create_task(scene.channel.run(scene.hear))
    try:
        yield scene
    finally:
        await scene.stop()


@asynccontextmanager
async def listening(gateway: NodeGateway, folder: Path, pulse: Pulse = CALM) -> AsyncIterator[Scene]:
    """A channel that listens."""
    async with running(settings_of(gateway), folder, pulse) as scene:
        await scene.until(Condition.LISTENING)
        yield scene


def reply(text: str, *, mentions: tuple[str, ...] = (), answers: tuple[str, ...] = ()) -> Outgoing:
    return Outgoing(key="k", address=HERE, text=text, mentions=mentions, answers=answers)
