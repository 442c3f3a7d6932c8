"""PostgreSQL: a pool of asynchronous connections."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.failures import translated
from storage.transactions import PATIENCE, Transaction, Value, Work

CONNECTIONS = 10
SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"


class PostgresTransactions:
    """Implements storage.transactions.Transactions. The driver is imported here at the latest, not before."""

    def __init__(self, url: str) -> None:
        parsed = sa.make_url(url).set(drivername="postgresql+asyncpg")
        # the driver takes it as a setting of the session, not as a part of the URL
        path = parsed.query.get("search_path")
        self._engine = create_async_engine(
            parsed.difference_update_query(["search_path"]),
            pool_size=CONNECTIONS,
            max_overflow=0,
            pool_use_lifo=True,  # the one that was in use last knows the statements
            pool_timeout=PATIENCE,
            connect_args={"server_settings": {"search_path": path}} if path else {},
        )

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        """As many at a time as there are connections."""
        transaction = PostgresTransaction(self._engine)
        try:
            yield transaction
        finally:
            await transaction.end()

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Transaction]:
        """The first statement fixes what all later ones see."""
        async with self.begin() as transaction:
            await transaction.run(lambda connection: connection.exec_driver_sql(SNAPSHOT).close())
            yield transaction

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()


class PostgresTransaction:
    """Implements storage.transactions.Transaction; begins with the first statement."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._connection: AsyncConnection | None = None

    async def run(self, work: Work[Value], *, commit: bool = False) -> Value:
        """Do something on the connection. A commit is not tried twice: the first may have been heard."""
        with translated():
            connection = self._connection
            value = await (self._first(work) if connection is None else connection.run_sync(work))
            if commit and self._connection is not None:
                await self._connection.commit()
        return value

    async def end(self) -> None:
        """Undo what was not committed, and give the connection back."""
        if self._connection is not None:
            with translated():
                await self._connection.close()

    async def _first(self, work: Work[Value]) -> Value:
        """That a connection broke while it was idle is noticed now: nothing is lost with it, so take another.

        To ask every connection beforehand whether it lives would cost three statements a transaction.
        """
        self._connection = await self._engine.connect()
        try:
            return await self._connection.run_sync(work)
        except sa.exc.DBAPIError as error:
            if not error.connection_invalidated:
                raise
        await self._connection.close()
        self._connection = await self._engine.connect()
        return await self._connection.run_sync(work)
