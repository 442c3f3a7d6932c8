"""The store as the program holds it: one for its whole life, made of a URL."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from bot.clock import SystemClock
from bot.errors import Unavailable
from bot.ports import Clock
from storage.engine import engine_of
from storage.failures import translated
from storage.inbox import SqlInbox
from storage.outbox import SqlOutbox
from storage.secrets import Secrets
from storage.session import Caches, Session
from storage.triggers import create_all
from storage.unit_of_work import SqlUnitOfWork

PATIENCE = 30.0
"""Seconds to wait for the one connection of SQLite."""


class Database:
    """Units of work, inbox and outbox over one SQL database.

    `folder` is the data folder: it holds the file of "sqlite" and the key of what is sealed, unless a
    `key` is given. Without both, the key is forgotten with the object.
    """

    def __init__(
        self, url: str, *, folder: Path | None = None, key: str = "", clock: Clock | None = None
    ) -> None:
        self._engine = engine_of(url, folder)
        self._caches = Caches()
        self._secrets = _secrets(folder, key)
        self._clock = clock or SystemClock()
        self._turn = asyncio.Lock() if self._engine.dialect.name == "sqlite" else None
        self.inbox = SqlInbox(self.session)
        self.outbox = SqlOutbox(self.session)

    def unit_of_work(self) -> SqlUnitOfWork:
        """A new unit of work; pass this method as the factory."""
        return SqlUnitOfWork(self.session)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[Session]:
        """A transaction; undone unless it is committed. Raises Unavailable when the store is away."""
        async with AsyncExitStack() as stack:
            if self._turn is not None:
                await self._take_turn(self._turn)
                stack.callback(self._turn.release)
            with translated():
                connection = await stack.enter_async_context(self._engine.connect())
                await connection.begin()
            yield Session(connection, caches=self._caches, secrets=self._secrets, clock=self._clock)

    async def create_all(self) -> None:
        """Make all tables at once, for stores that are thrown away."""
        with translated():
            async with self._engine.begin() as connection:
                await connection.run_sync(create_all)

    async def dispose(self) -> None:
        """Close all connections."""
        await self._engine.dispose()

    @staticmethod
    async def _take_turn(turn: asyncio.Lock) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await turn.acquire()
        except TimeoutError:
            raise Unavailable(f"no turn within {PATIENCE:g} seconds") from None


def _secrets(folder: Path | None, key: str) -> Secrets:
    if key:
        return Secrets(key.encode())
    return Secrets.passing() if folder is None else Secrets.of_folder(folder)
