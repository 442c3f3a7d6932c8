"""One transaction, as the repositories of a unit of work share it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

import sqlalchemy as sa

from bot.model import Member, Room
from bot.ports import Clock
from bot.understanding import SolitaireList
from shop.book import Book, OrderEvent
from shop.groupbuy import GroupBuy
from storage import migrate
from storage.cache import Committed, Pending
from storage.secrets import Secrets
from storage.transactions import Transaction

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Versioned:
    """A group-buy as its row stood at `version`."""

    version: int
    group_buy: GroupBuy


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A ledger up to some event, and its fold."""

    events: tuple[OrderEvent, ...] = ()
    book: Book = field(default_factory=Book)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """The members of a room, by id, as they were at `revision`; nobody becomes one of the forgotten again."""

    revision: int
    members: Mapping[int, Member]
    forgotten: frozenset[int] = frozenset()

    @property
    def known(self) -> tuple[Member, ...]:
        """Those who can still be meant."""
        return tuple(one for one in self.members.values() if one.id not in self.forgotten)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caches:
    """What a Database remembers of its store."""

    rooms: Committed[Room] = field(default_factory=Committed)
    crowds: Committed[Crowd] = field(default_factory=Committed)
    group_buys: Committed[Versioned] = field(default_factory=Committed)
    ledgers: Committed[Folded] = field(default_factory=Committed)
    lists: Committed[SolitaireList] = field(default_factory=Committed)


class Session:
    """An open transaction as repositories use it, with what the unit of work has read so far."""

    def __init__(
        self, transaction: Transaction, *, caches: Caches, secrets: Secrets, clock: Clock, timezone: str
    ) -> None:
        self._transaction = transaction
        self.secrets = secrets
        self.clock = clock
        self.timezone = timezone
        self.rooms = Pending(caches.rooms)
        self.crowds = Pending(caches.crowds)
        self.group_buys = Pending(caches.group_buys)
        self.ledgers = Pending(caches.ledgers)
        self.lists = Pending(caches.lists)

    async def rows(self, query: sa.Executable, values: Row | None = None) -> Sequence[sa.Row[Any]]:
        """All rows that a query, or a statement with RETURNING, gives.

        `values` are those of its parameters: what is asked for every message is built once, since building
        a statement takes longer than running it.
        """
        return await self._transaction.run(lambda connection: connection.execute(query, values).all())

    async def first(self, query: sa.Executable, values: Row | None = None) -> sa.Row[Any] | None:
        """The first of them, None when there is none."""
        return await self._transaction.run(lambda connection: connection.execute(query, values).first())

    async def change(self, statement: sa.Executable, values: Row | None = None) -> int:
        """Change or delete rows; returns how many."""
        return await self._transaction.run(lambda connection: connection.execute(statement, values).rowcount)

    async def insert(self, table: sa.Table, values: Row) -> int:
        """Add a row; returns its id."""
        adding = _adding_one(table)
        return await self._transaction.run(
            lambda connection: int(connection.execute(adding, values).scalar_one())
        )

    async def insert_all(self, table: sa.Table, values: Sequence[Row]) -> None:
        """Add rows, none of them too."""
        adding = _adding(table)
        if values:
            await self._transaction.run(lambda connection: connection.execute(adding, values).close())

    async def insert_new(self, table: sa.Table, values: Row) -> bool:
        """Add a row unless one like it is there; tells whether it was added."""

        def add(connection: sa.Connection) -> bool:
            return connection.execute(_adding_new(table, connection.dialect.name), values).rowcount > 0

        return await self._transaction.run(add)

    async def dialect(self) -> str:
        """Which database it is: sqlite or postgresql."""
        return await self._transaction.run(lambda connection: connection.dialect.name)

    async def to_revision(self, revision: str) -> None:
        """Give the schema the form of a version, within the transaction."""
        await self._transaction.run(lambda connection: migrate.move(connection, revision))

    async def commit(self) -> None:
        """Make it durable, and show what was read and changed to the next units."""
        await self._transaction.run(lambda connection: connection.commit())
        for pending in (self.rooms, self.crowds, self.group_buys, self.ledgers, self.lists):
            pending.publish()


@cache
def _adding(table: sa.Table) -> sa.Insert:
    return sa.insert(table)


@cache
def _adding_one(table: sa.Table) -> sa.Executable:
    return sa.insert(table).returning(table.c.id)


@cache
def _adding_new(table: sa.Table, dialect: str) -> sa.Executable:
    # the dialect in use is imported, the other is not: each is slow to import
    insert = import_module(f"sqlalchemy.dialects.{dialect}").insert
    adding: sa.Executable = insert(table).on_conflict_do_nothing()
    return adding
