"""What handles messages, put together without any network; the live bot, replay and pastes share it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot import scan
from bot.config import Settings
from bot.dispatch import Dispatcher, Observe
from bot.faqkeeper import NO_FILES
from bot.ports import Clock, FaqKeeper, PasteReader, State, Understander
from bot.reader import Reader
from bot.routing import RouteTable
from bot.understanding import Situation
from shop.catalogue import Catalogue, Sku
from shop.money import Fen
from storage.database import Database

WARMING = Catalogue(skus=(Sku(code="A", name="样品", unit="份", price=Fen(0)),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """Everything that handles messages, without any network; replay, tests and the live bot share it."""

    database: Database
    state: State
    clock: Clock
    routes: RouteTable
    understander: Understander
    dispatcher: Dispatcher


@asynccontextmanager
async def core(
    settings: Settings,
    *,
    database: Database,
    state: State,
    clock: Clock,
    understander: Understander,
    observe: Observe = lambda _handled, _seconds: None,
    faq: FaqKeeper = NO_FILES,
    pastes: PasteReader | None = None,
) -> AsyncIterator[Core]:
    """Put the handling of messages together; the database must be migrated."""
    routes = scan.routes()
    await _warm(understander, clock)
    with Reader(understander, settings.understanding.deadline_ms / 1000) as reader:
        dispatcher = Dispatcher(
            units=database.unit_of_work,
            state=state,
            reader=reader,
            routes=routes,
            clock=clock,
            admission=settings.admission,
            observe=observe,
            faq=faq,
            pastes=pastes,
        )
        yield Core(
            database=database,
            state=state,
            clock=clock,
            routes=routes,
            understander=understander,
            dispatcher=dispatcher,
        )


async def _warm(understander: Understander, clock: Clock) -> None:
    """Load dictionaries and models now, so that the first message does not wait for them."""
    situation = Situation(now=clock.now(), catalogue=WARMING)
    await asyncio.to_thread(understander.understand, "来一份吗", situation)
