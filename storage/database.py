"""The store as the program holds it: one for its whole life, made of a URL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.clock import SystemClock
from bot.ports import Clock
from storage.inbox import SqlInbox
from storage.outbox import SqlOutbox
from storage.postgresql import PostgresTransactions
from storage.secrets import Secrets
from storage.session import Caches, Session
from storage.sqlite import SqliteTransactions
from storage.transactions import Transactions, Work
from storage.triggers import create_all
from storage.unit_of_work import SqlUnitOfWork

FILE = "tuanbot.db"


class Database:
    """Units of work, inbox and outbox over one SQL database.

    `url` is "sqlite" (a file in the data folder), "memory", sqlite:///path or postgresql://user@host/name.
    `folder` is the data folder: it also holds the key of what is sealed, unless a `key` is given. Without
    both, the key is forgotten with the object.
    """

    def __init__(
        self, url: str, *, folder: Path | None = None, key: str = "", clock: Clock | None = None
    ) -> None:
        self._transactions = _transactions(url, folder)
        self._caches = Caches()
        self._secrets = _secrets(folder, key)
        self._clock = clock or SystemClock()
        self.inbox = SqlInbox(self.session)
        self.outbox = SqlOutbox(self.session)

    def unit_of_work(self) -> SqlUnitOfWork:
        """A new unit of work; pass this method as the factory."""
        return SqlUnitOfWork(self.session)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[Session]:
        """A transaction; undone unless it is committed. Raises Unavailable when the store is away."""
        async with self._transactions.begin() as transaction:
            yield Session(transaction, caches=self._caches, secrets=self._secrets, clock=self._clock)

    async def create_all(self) -> None:
        """Make all tables at once, for stores that are thrown away."""
        await self._alone(create_all)

    async def dispose(self) -> None:
        """Close all connections."""
        await self._transactions.close()

    async def _alone(self, work: Work[None]) -> None:
        async with self._transactions.begin() as transaction:
            await transaction.run(work)
            await transaction.run(lambda connection: connection.commit())


def _transactions(url: str, folder: Path | None) -> Transactions:
    if url.startswith("postgres"):
        return PostgresTransactions(url)
    if url == "sqlite" and folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        return SqliteTransactions(str(folder / FILE))
    if url in ("memory", "sqlite", "sqlite://"):
        return SqliteTransactions("")
    if not url.startswith("sqlite:///"):
        raise ValueError("a database is sqlite, memory, sqlite:///path or postgresql://user@host/name")
    return SqliteTransactions(url.removeprefix("sqlite:///"))


def _secrets(folder: Path | None, key: str) -> Secrets:
    if key:
        return Secrets(key.encode())
    return Secrets.passing() if folder is None else Secrets.of_folder(folder)
