"""PostgreSQL: a pool of asynchronous connections."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

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
            pool_timeout=PATIENCE,
            pool_pre_ping=True,
            connect_args={"server_settings": {"search_path": path}} if path else {},
        )

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        """As many at a time as there are connections."""
        with translated():
            connection = await self._engine.connect()
        try:
            yield PostgresTransaction(connection)
        finally:
            with translated():
                await connection.close()

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

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def run(self, work: Work[Value]) -> Value:
        """Do something on the connection."""
        with translated():
            return await self._connection.run_sync(work)
