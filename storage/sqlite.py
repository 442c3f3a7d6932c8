"""SQLite: one connection, in a thread of its own, which is the one writer.

A statement with all its rows is one hop to the thread; an asynchronous driver takes four.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from bot.errors import Unavailable
from bot.worker import Worker
from storage.failures import translated
from storage.transactions import PATIENCE, Transaction, Value, Work

BUSY_SECONDS = 5
"""How long another process may hold the file's lock."""
PRAGMAS = ("foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}", "temp_store=MEMORY")
DURABLE = ("journal_mode=WAL", "synchronous=FULL")
"""An order that was answered survives a power cut, too."""


class SqliteTransactions:
    """Implements storage.transactions.Transactions for a file, or for memory where the path is ""."""

    def __init__(self, path: str, *, beginning: str = "BEGIN IMMEDIATE") -> None:
        self._path = path
        self._engine = _engine(path, beginning)
        self._worker = Worker("sqlite")
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        """One at a time; Unavailable when it is nobody's turn for too long."""
        await self._take_turn()
        transaction = SqliteTransaction(self._engine, self._worker)
        try:
            yield transaction
        finally:
            # what is queued for the thread keeps its order: the next one begins after this one's end
            transaction.end()
            self._turn.release()

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Transaction]:
        """A second connection that never asks for the writer's lock; memory has only the one."""
        if not self._path:
            async with self.begin() as transaction:
                yield transaction
            return
        reader = SqliteTransactions(self._path, beginning="BEGIN")
        try:
            async with reader.begin() as transaction:
                yield transaction
        finally:
            await reader.close()

    async def close(self) -> None:
        """Close the connection and end the thread."""
        await self._worker.submit(self._engine.dispose)
        self._worker.leave()

    async def _take_turn(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._turn.acquire()
        except TimeoutError:
            raise Unavailable(f"no turn within {PATIENCE:g} seconds") from None


class SqliteTransaction:
    """Implements storage.transactions.Transaction. Work once queued is done, even if nobody waits for it.

    The first work takes the writer's lock, so that nothing read here is out of date when it is written.
    """

    def __init__(self, engine: sa.Engine, worker: Worker) -> None:
        self._engine = engine
        self._worker = worker
        self._connection: sa.Connection | None = None

    async def run(self, work: Work[Value], *, commit: bool = False) -> Value:
        """Do something in the thread, and commit in the same step."""
        with translated():
            return await self._worker.submit(lambda: self._done(work, commit=commit))

    def end(self) -> None:
        """Undo what was not committed, after all work that is queued."""
        self._worker.submit(self._close)

    def _done(self, work: Work[Value], *, commit: bool) -> Value:
        if self._connection is None:
            self._connection = self._engine.connect()
        value = work(self._connection)
        if commit:
            self._connection.commit()
        return value

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()


def _engine(path: str, beginning: str) -> sa.Engine:
    url = sa.URL.create("sqlite", database=path or ":memory:")
    engine = sa.create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    pragmas = (*PRAGMAS, *DURABLE) if path else PRAGMAS

    def prepare(connection: Any, _: Any) -> None:
        # the driver's own habit of beginning late is switched off: transactions begin where they say so
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(beginning)

    sa.event.listen(engine, "connect", prepare)
    sa.event.listen(engine, "begin", begin)
    return engine
