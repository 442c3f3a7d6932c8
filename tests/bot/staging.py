"""A dispatcher with one handler, a real store and a scripted understanding."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.clock import SetClock
from bot.config import Admission
from bot.dispatch import Dispatcher, Handled
from bot.model import Incoming, Reply, Role
from bot.reader import Reader
from bot.routing import Answer, Context, Handler, Router, RouteTable
from bot.understanding import Command, Intent, Situation
from bot.understanding import Understanding as Meaning
from storage.database import Database
from storage.state import MemoryState
from tests.bot.messages import NOON


@dataclass
class Script:
    """Understands what a test says that it means, and remembers in which situations it was asked."""

    meanings: dict[str, Meaning] = field(default_factory=dict)
    situations: list[Situation] = field(default_factory=list)

    def understand(self, text: str, situation: Situation) -> Meaning:
        """The scripted meaning, an order for anything else."""
        self.situations.append(situation)
        return self.meanings.get(text) or meaning(text)


def meaning(text: str, intent: Intent = Intent.ORDER, **fields: object) -> Meaning:
    return Meaning(text=text, normalised=text, intent=intent, **fields)  # type: ignore[arg-type] # fields of any kind


@dataclass
class Stage:
    """A dispatcher with one handler, its store, and what was asked of it."""

    script: Script
    database: Database
    handlers: list[Handler] = field(default_factory=list)
    admission: Admission = field(default_factory=Admission)
    observed: list[Handled] = field(default_factory=list)

    async def handle(self, incoming: Incoming) -> list[str]:
        """Accept and handle a message; the texts of its replies."""
        assert await self.database.inbox.accept(incoming)
        return await self.again(incoming)

    async def again(self, incoming: Incoming) -> list[str]:
        """Handle a message that is in the inbox already."""
        with Reader(self.script, 5) as reader:
            handled = await self._dispatcher(reader).handle(incoming)
        return [reply.text for reply in handled.replies]

    async def handle_together(self, *messages: Incoming) -> None:
        """Accept messages of one room and hand them over at once."""
        await self.database.inbox.accept_all(messages)
        with Reader(self.script, 5) as reader:
            await self._dispatcher(reader).handle_surely(messages)

    def _dispatcher(self, reader: Reader) -> Dispatcher:
        router = Router("handlers.test")
        router.on(Intent.ORDER)(self.handlers[-1] if self.handlers else echo)
        router.on(Command.CLOSE, role=Role.LEADER)(echo)
        return Dispatcher(
            units=self.database.unit_of_work,
            state=self.state,
            reader=reader,
            routes=RouteTable([router]),
            clock=SetClock(NOON),
            admission=self.admission,
            observe=lambda handled, _seconds: self.observed.append(handled),
        )

    def __post_init__(self) -> None:
        self.state = MemoryState(SetClock(NOON))

    async def kept(self) -> list[str]:
        """Texts in the outbox."""
        return [row.text for row in await self.database.outbox.due(NOON)]

    async def unhandled(self) -> list[str]:
        """Messages that a new start would handle."""
        return [incoming.id async for incoming in self.database.inbox.unhandled()]


async def echo(incoming: Incoming, _ctx: Context) -> Answer:
    return Reply(text=f"echo {incoming.text}")


@asynccontextmanager
async def staged(url: str = "memory") -> AsyncIterator[Stage]:
    """A stage with an empty store."""
    database = Database(url, clock=SetClock(NOON))
    await database.create_all()
    try:
        yield Stage(Script(), database)
    finally:
        await database.dispose()
