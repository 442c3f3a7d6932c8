"""A bot, the world against it: messages twice, in any order, through many lives and disasters."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from pydantic import SecretStr

from bot.app import Live, live
from bot.config import Admission, Outbox, Settings
from bot.model import Address, Incoming, Outgoing
from tests.chaos.alarms import Alarms, listen, set_off

SHOP = "title: 测试团\nskus: [{code: A, name: 青提, unit: 盒, price: 20}]\nleader: {id: wx_leader}\n"
FEEDERS = 4
CALM = Alarms()
MEMBERS = 5
LOOK_SECONDS = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Storm:
    """What one life of the bot meets; with `halves` the second half is said once `go.txt` is there.

    `folder` is for the notes that outlive it, `data` is its own.
    """

    folder: Path
    data: Path
    database: str
    rooms: int
    messages: int
    seed: int = 0
    alarms: Alarms = CALM
    halves: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One message: a member of a room adds units."""

    id: str
    room: int
    member: str
    units: int


def orders(storm: Storm) -> Iterator[Order]:
    """Everything that is said in all lives."""
    rng = Random(0)
    for number in range(storm.rooms * storm.messages):
        room, member = number % storm.rooms, f"m{rng.randrange(MEMBERS)}"
        yield Order(id=f"o{number}", room=room, member=member, units=rng.randint(1, 9))


def address(room: int) -> Address:
    return Address(channel="storm", account="bot", room=f"r{room}")


def lines(storm: Storm, name: str) -> list[str]:
    """What all lives so far wrote to a file."""
    path = storm.folder / name
    return path.read_text(encoding="utf-8").split() if path.exists() else []


def noted(storm: Storm, name: str, *words: str) -> None:
    """Write at once: what the process wrote survives its death."""
    with (storm.folder / name).open("a", encoding="utf-8") as file:
        file.write("\n".join(words) + "\n")


class Network:
    """A channel that forgets what it was not told, and brings everything twice and in any order."""

    name = "storm"

    def __init__(self, storm: Storm) -> None:
        self._storm = storm
        self._rng = Random(storm.seed)
        self.spoken = asyncio.Event()

    async def run(self, heard: Callable[[Incoming], Awaitable[None]]) -> None:
        """Bring what nobody has taken yet, and some of the rest again."""
        coming = self._coming()
        set_off(self._storm.alarms, self._storm.data, self._storm.database)
        if self._storm.halves:
            middle = len(coming) // 2
            await self._bring(coming[:middle], heard)
            noted(self._storm, "half.txt", "half")
            await _word(self._storm, "go.txt")
            coming = coming[middle:]
        await self._bring(coming, heard)
        self.spoken.set()
        await asyncio.Event().wait()

    def _coming(self) -> list[Order]:
        taken = set(lines(self._storm, "taken.txt"))
        everything = list(orders(self._storm))
        coming = [order for order in everything if order.id not in taken] * 2
        coming += self._rng.sample(everything, len(everything) // 10)
        self._rng.shuffle(coming)
        return coming

    async def _bring(self, coming: list[Order], heard: Callable[[Incoming], Awaitable[None]]) -> None:
        async with asyncio.TaskGroup() as tasks:
            for feeder in range(FEEDERS):
                tasks.create_task(self._feed(coming[feeder::FEEDERS], heard))

    async def _feed(self, coming: list[Order], heard: Callable[[Incoming], Awaitable[None]]) -> None:
        for order in coming:
            await heard(_incoming(order))
            noted(self._storm, "taken.txt", order.id)

    async def send(self, outgoing: Outgoing) -> None:
        """Say it into the file."""
        noted(self._storm, "said.txt", *outgoing.answers)


async def _word(storm: Storm, name: str) -> None:
    while not lines(storm, name):  # noqa: ASYNC110 - a file has no event
        await asyncio.sleep(LOOK_SECONDS)


def _incoming(order: Order) -> Incoming:
    return Incoming(
        id=order.id,
        address=address(order.room),
        sender_id=order.member,
        sender_name=f"住户{order.member}",
        text=f"青提来{order.units}盒",
        time=datetime.now(UTC),
    )


def endured(storm: Storm) -> None:
    """One life, to its end or to its death."""
    listen(storm.alarms)
    asyncio.run(_endured(storm))


async def _endured(storm: Storm) -> None:
    born = time.monotonic()
    shop = storm.folder / "shop.yaml"
    shop.write_text(SHOP, encoding="utf-8")
    settings = Settings(
        data=storm.data,
        database=SecretStr(storm.database),
        shops=(shop,),
        faq=(),
        admission=Admission(messages_per_minute=1_000_000),
        outbox=Outbox(merge_seconds=0),
    )
    network = Network(storm)
    async with live(settings, (network,), [address(room) for room in range(storm.rooms)]) as bot:
        noted(storm, "ready.txt", f"{time.monotonic() - born:.3f}")
        ending = asyncio.create_task(_settled(network, bot))
        await asyncio.wait((ending, bot.running), return_when=asyncio.FIRST_COMPLETED)
        assert ending.done(), bot.running
        await ending


async def _settled(network: Network, bot: Live) -> None:
    await network.spoken.wait()
    await bot.settle()
