"""One transaction, as the repositories of a unit of work share it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Member, Room
from bot.ports import Clock
from bot.understanding import SolitaireList
from shop.book import Book, OrderEvent
from shop.groupbuy import GroupBuy
from storage.cache import Committed, Pending
from storage.failures import translated
from storage.secrets import Secrets

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
    """The members of a room, by id, as they were at `revision`."""

    revision: int
    members: Mapping[int, Member]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caches:
    """What a Database remembers of its store."""

    rooms: Committed[Room] = field(default_factory=Committed)
    crowds: Committed[Crowd] = field(default_factory=Committed)
    group_buys: Committed[Versioned] = field(default_factory=Committed)
    ledgers: Committed[Folded] = field(default_factory=Committed)
    lists: Committed[SolitaireList] = field(default_factory=Committed)


class Session:
    """An open transaction: runs statements, turns errors into ours, holds what the unit has read."""

    def __init__(
        self, connection: AsyncConnection, *, caches: Caches, secrets: Secrets, clock: Clock
    ) -> None:
        self._connection = connection
        self.secrets = secrets
        self.clock = clock
        self.rooms = Pending(caches.rooms)
        self.crowds = Pending(caches.crowds)
        self.group_buys = Pending(caches.group_buys)
        self.ledgers = Pending(caches.ledgers)
        self.lists = Pending(caches.lists)

    async def execute(
        self, statement: sa.Executable, values: Row | Sequence[Row] | None = None
    ) -> sa.CursorResult[Any]:
        """Run a statement; many rows of values at once where a sequence is given."""
        with translated():
            result = await self._connection.execute(statement, values)
        assert isinstance(result, sa.CursorResult)  # noqa: S101 - what every statement on a connection gives
        return result

    async def rows(self, statement: sa.Executable) -> Sequence[sa.Row[Any]]:
        """All rows of a query."""
        return (await self.execute(statement)).all()

    async def first(self, statement: sa.Executable) -> sa.Row[Any] | None:
        """The first row of a query, None when there is none."""
        return (await self.execute(statement)).first()

    async def insert(self, table: sa.Table, values: Row) -> int:
        """Add a row; returns its id."""
        result = await self.execute(sa.insert(table), values)
        primary = result.inserted_primary_key
        assert primary is not None  # noqa: S101 - every table has one
        return int(primary[0])

    async def insert_all(self, table: sa.Table, values: Sequence[Row]) -> None:
        """Add rows, none of them too."""
        if values:
            await self.execute(sa.insert(table), values)

    async def insert_new(self, table: sa.Table, values: Row) -> bool:
        """Add a row unless one like it is there; tells whether it was added."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        result = await self.execute(dialect.insert(table).on_conflict_do_nothing(), values)
        return result.rowcount > 0

    async def commit(self) -> None:
        """Make it durable, and show what was read and changed to the next units."""
        with translated():
            await self._connection.commit()
        for pending in (self.rooms, self.crowds, self.group_buys, self.ledgers, self.lists):
            pending.publish()
