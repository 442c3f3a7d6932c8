"""The only place where concrete things meet: store, state, understanding, handlers, channels."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot import shopfile
from bot.clock import SystemClock
from bot.config import Settings
from bot.core import Core, core
from bot.errors import ConfigError, Fault, Unavailable
from bot.faqdesk import FaqDesk
from bot.faqteller import FaqTeller
from bot.faqversions import Versions
from bot.gaps import GapTeller
from bot.health import Health
from bot.inbox import Inbox
from bot.lanes import Lanes
from bot.metrics import Metrics
from bot.model import Address, Incoming, Role
from bot.outbox import Outbox
from bot.paste import PasteDesk
from bot.ports import Channel, Clock, FaqFinder, State, Understander
from bot.retention import Retention
from bot.timekeeper import Timekeeper
from nlp.classifier import SHIPPED, IntentModel
from nlp.faq import entries as faq_entries
from nlp.faq.model import FaqModel
from nlp.understander import GrammarUnderstander
from storage.database import Database
from storage.embedded_redis import EmbeddedRedis
from storage.state import MemoryState, RedisState

log = structlog.get_logger(__name__)
LOOK_AGAIN_SECONDS = 0.05
WRITABLE = "可以写的文件夹"
NO_DATABASE = (
    "数据库用不了：{}\n请检查 config.yaml 的 database、数据库服务和磁盘，tuanbot doctor 会逐项看一遍。"
)
ROLES = {"leader": Role.LEADER, "helper": Role.HELPER, "blocked": Role.BLOCKED}


def understander_of(
    settings: Settings, *, shops: Sequence[shopfile.ShopFile] = (), faq: FaqFinder | None = None
) -> Understander:
    """The understanding that the settings ask for; without `faq` their files are read once, for good."""
    return GrammarUnderstander(
        faq=faq or faq_model_of(settings).index_of(faq_entries.load(settings.faq, shops).entries),
        classifier=intent_model_of(settings),
    )


def intent_model_of(settings: Settings) -> IntentModel | None:
    """The model that decides what rules and grammar leave unsure."""
    name = settings.understanding.model
    if name == "none":
        return None
    return IntentModel.load(SHIPPED if name == "shipped" else name)


def faq_model_of(settings: Settings) -> FaqModel:
    """What finds answers by meaning."""
    tuning = settings.faq_tuning
    return FaqModel(encoder=tuning.encoder, ranker=tuning.ranker, cooldown=tuning.cooldown_seconds)


def faq_desk_of(settings: Settings, clock: Clock, shops: Sequence[shopfile.ShopFile]) -> FaqDesk:
    """The FAQ that follows its files; raises ConfigError when they are wrong at the start."""
    versions = Versions(settings.data / "faq-versions")
    return FaqDesk(settings.faq, clock=clock, versions=versions, shops=shops, model=faq_model_of(settings))


def database_of(settings: Settings) -> Database:
    """The database that the settings name; SQLite lies in the data folder.

    Raises ConfigError where nothing can be written into that folder.
    """
    url = settings.database.get_secret_value()
    try:
        return Database(url, folder=settings.data, timezone=settings.timezone)
    except OSError as error:
        found = f"{settings.data}（{error.strerror or error}）"
        raise ConfigError(Fault(file="config.yaml", key="data", found=found, allowed=WRITABLE)) from None


async def _migrated(database: Database) -> None:
    """What is away at the start is told with what to do; later it is waited for."""
    try:
        await database.migrate()
    except Unavailable as error:
        raise Unavailable(NO_DATABASE.format(error)) from error


@asynccontextmanager
async def state_of(settings: Settings, clock: Clock) -> AsyncIterator[State]:
    """Conversation state in our own Redis, in yours, or in this process."""
    where = settings.redis.get_secret_value()
    if where == "memory":
        yield MemoryState(clock)
        return
    async with AsyncExitStack() as stack:
        if where == "embedded":
            server = await stack.enter_async_context(EmbeddedRedis(settings.data / "redis"))
            where = server.url
        state = RedisState(where)
        stack.push_async_callback(state.close)
        yield state


async def open_shop(database: Database, shop: shopfile.ShopFile, address: Address, now: datetime) -> None:
    """Open the shop file's group-buy in a room that has none, and make its leader a leader there."""
    async with database.unit_of_work() as store:
        await store.members.grant(address.channel, address.room, shop.entry.leader.id, Role.LEADER)
        room = await store.rooms.seen(address)
        if await store.group_buys.current(room.id) is None:
            await store.group_buys.add(room.id, shop.group_buy(room=room, now=now))
        await store.commit()


class Bot:
    """The live bot: channels put messages into the inbox, lanes work them off, the outbox answers."""

    def __init__(self, settings: Settings, made: Core, channels: Sequence[Channel]) -> None:
        self._core = made
        self._channels = {channel.name: channel for channel in channels}
        self._outbox = Outbox(made.database.outbox, self._channels, made.clock, settings.outbox)
        self._lanes = Lanes(
            self._handle, capacity=settings.lanes.capacity, idle_seconds=settings.lanes.idle_seconds
        )
        self._inbox = Inbox(made.database.inbox, self._lanes.put)
        self._timekeeper = Timekeeper(
            units=made.database.unit_of_work, clock=made.clock, said=self._outbox.nudge
        )
        self._retention = Retention(units=made.database.unit_of_work, clock=made.clock)

    async def run(self, ready: asyncio.Event) -> None:
        """Go on where the last run ended, then listen until cancelled."""
        async with self._lanes, asyncio.TaskGroup() as tasks:
            tasks.create_task(self._outbox.run())
            tasks.create_task(self._timekeeper.run())
            tasks.create_task(self._retention.run())
            recovered = await self._inbox.recover()
            for channel in self._channels.values():
                tasks.create_task(channel.run(self._inbox.heard))
                if hasattr(channel, "gaps"):
                    tasks.create_task(self._gap_teller().run(channel.gaps()))
            log.info("ready", channels=sorted(self._channels), recovered=recovered)
            ready.set()

    def ailments(self) -> tuple[str, ...]:
        """What the channels themselves have to say about how they are."""
        return tuple(ailment for ailing in self.channels().values() for ailment in ailing)

    def channels(self) -> dict[str, tuple[str, ...]]:
        """What each of them has to say, by its name; those that cannot ail are well."""
        return {
            name: channel.ailments() if hasattr(channel, "ailments") else ()
            for name, channel in self._channels.items()
        }

    def _gap_teller(self) -> GapTeller:
        return GapTeller(units=self._core.database.unit_of_work, said=self._outbox.nudge)

    def teller(self, settings: Settings, desk: FaqDesk) -> FaqTeller:
        """What tells of bad FAQ files."""
        return FaqTeller(
            units=self._core.database.unit_of_work,
            keeper=desk,
            room=settings.faq_tuning.notify_room,
            said=self._outbox.nudge,
        )

    async def hear(self, incoming: Incoming) -> None:
        """Take a message that no channel brought, such as a command of the console."""
        await self._inbox.heard(incoming)

    async def drain(self) -> None:
        """Wait until everything that was heard is handled; some of it may still have to be answered."""
        await self._lanes.drain()

    async def settle(self) -> None:
        """Wait until everything that was heard is handled and answered."""
        await self.drain()
        self._outbox.nudge()
        while await self._core.database.outbox.due(self._core.clock.now()):  # noqa: ASYNC110 - a table has no event
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    async def _handle(self, messages: Sequence[Incoming]) -> None:
        await self._core.dispatcher.handle_surely(messages)
        self._outbox.nudge()


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A bot that runs; `running` ends only when something broke."""

    core: Core
    bot: Bot
    running: asyncio.Task[None]
    health: Health
    metrics: Metrics
    faq: FaqDesk
    pastes: PasteDesk

    async def settle(self) -> None:
        """Wait until everything that was heard is handled and answered."""
        await self.bot.settle()

    async def ailments(self) -> tuple[str, ...]:
        """What /health says: what is away now, and what the channels complain of."""
        return (*await self.health.ailments(), *self.bot.ailments())

    async def figures(self) -> bytes:
        """What /metrics says."""
        return self.metrics.text(
            await self.health.backlog(),
            self.core.clock.now(),
            state=await self.health.state_answers(),
            channels={name: not ailing for name, ailing in self.bot.channels().items()},
        )


@asynccontextmanager
async def live(
    settings: Settings, listening: Sequence[Channel], rooms: Sequence[Address]
) -> AsyncIterator[Live]:
    """A running bot; the shops are opened in the given rooms. What is open at the end goes on next time."""
    shops = shopfile.read_all(settings.shops)
    clock = SystemClock()
    async with AsyncExitStack() as stack:
        database = database_of(settings)
        stack.push_async_callback(database.dispose)
        await _migrated(database)
        desk = faq_desk_of(settings, clock, shops)
        understander = understander_of(settings, shops=shops, faq=desk)
        metrics = Metrics()
        pastes = PasteDesk(units=database.unit_of_work, clock=clock, understander=understander)
        made = await stack.enter_async_context(
            core(
                settings,
                database=database,
                state=await stack.enter_async_context(state_of(settings, clock)),
                clock=clock,
                understander=understander,
                observe=metrics.handled,
                faq=desk,
                pastes=pastes,
            )
        )
        await _grant_roles(database, settings)
        await _open_shops(database, shops, rooms, clock.now())
        ready = asyncio.Event()
        bot = Bot(settings, made, listening)
        running = asyncio.create_task(bot.run(ready))
        stack.push_async_callback(_ended, running)
        stack.push_async_callback(_ended, asyncio.create_task(desk.watch(bot.teller(settings, desk))))
        await _first(ready, running)
        yield Live(
            core=made,
            bot=bot,
            running=running,
            health=_health_of(made),
            metrics=metrics,
            faq=desk,
            pastes=pastes,
        )


def _health_of(made: Core) -> Health:
    units, outbox = made.database.unit_of_work, made.database.outbox
    return Health(units=units, state=made.state, outbox=outbox, clock=made.clock)


async def _first(ready: asyncio.Event, running: asyncio.Task[None]) -> None:
    """Wait until the bot is ready; raises what ended it before."""
    waiting = asyncio.create_task(ready.wait())
    await asyncio.wait((waiting, running), return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if running.done():
        await running


async def _grant_roles(database: Database, settings: Settings) -> None:
    async with database.unit_of_work() as store:
        await store.members.withdraw_all()
        for grant in settings.roles:
            await store.members.grant("*", grant.room, grant.id, ROLES[grant.role])
        await store.commit()


async def _open_shops(
    database: Database, shops: Sequence[shopfile.ShopFile], rooms: Sequence[Address], now: datetime
) -> None:
    for shop in shops:
        for room in rooms:
            if shop.entry.room in ("*", room.room):
                await open_shop(database, shop, room, now)


async def _ended(running: asyncio.Task[None]) -> None:
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
