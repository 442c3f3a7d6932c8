"""One unit of work, as its repositories share it."""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

import sqlalchemy as sa

from bot.errors import Conflict
from bot.ports import Clock
from storage import migrate
from storage.cache import Pending
from storage.kept import Caches, RoomState
from storage.letters import MessageKey
from storage.news import Mark, News, Row, Sent
from storage.pen import adding, adding_new, write
from storage.secrets import Secrets
from storage.tables import group_buys, rooms
from storage.transactions import Transaction, Work
from storage.writer import Writer

Value = TypeVar("Value")
Opening = Callable[[], AbstractAsyncContextManager[Transaction]]
Sessions = Callable[[], AbstractAsyncContextManager["Session"]]
THIS_ROOM = rooms.c.id == sa.bindparam("this_room")
# members and group-buys that refer to the room may still be added by others
LOOKED_AT = sa.select(rooms.c.revision).where(THIS_ROOM)
LOCKED = LOOKED_AT.with_for_update(key_share=True)
GROWN = sa.update(rooms).where(THIS_ROOM).values(revision=rooms.c.revision + 1).returning(rooms.c.revision)
HOME = sa.select(group_buys.c.room_id).where(group_buys.c.id == sa.bindparam("this_group_buy"))


class Session:
    """Asks the database only when what is kept does not suffice; what is new goes there at the commit.

    A room that is looked at is locked until the unit ends. With `trusting`, what is kept of it is believed
    instead, and looked at again at the commit: Conflict when it was out of date. That is for whoever is
    nearly always the only one who changes the room, and can try again. `reading` is for snapshots, which
    cannot lock.
    """

    def __init__(
        self,
        opening: Opening,
        writer: Writer,
        *,
        caches: Caches,
        secrets: Secrets,
        clock: Clock,
        timezone: str,
        trusting: bool = False,
        reading: bool = False,
    ) -> None:
        self._opening = opening
        self._writer = writer
        self._caches = caches
        self._trusting = trusting
        self._entering = LOOKED_AT if reading else LOCKED
        self._open: AbstractAsyncContextManager[Transaction] | None = None
        self._transaction: Transaction | None = None
        self._news = News()
        self._rooms: dict[int, RoomState] = {}
        self._seen: dict[int, int] = {}
        self._changed: set[int] = set()
        self.secrets = secrets
        self.clock = clock
        self.timezone = timezone
        self.addresses = Pending(caches.addresses)
        self.homes = Pending(caches.homes)
        self.group_buys = Pending(caches.group_buys)
        self.ledgers = Pending(caches.ledgers)
        self.lists = Pending(caches.lists)

    @property
    def busy(self) -> bool:
        """Whether it has the database, so that others wait."""
        return self._transaction is not None

    # what is asked of the database at once

    async def rows(
        self, query: sa.Executable, values: Row | Sequence[Row] | None = None
    ) -> Sequence[sa.Row[Any]]:
        """All rows that a query, or a statement with RETURNING, gives.

        `values` are those of its parameters: what is asked for every message is built once, since building
        a statement takes longer than running it.
        """
        return await self._run(lambda connection: connection.execute(query, values).all())

    async def first(self, query: sa.Executable, values: Row | None = None) -> sa.Row[Any] | None:
        """The first of them, None when there is none."""
        return await self._run(lambda connection: connection.execute(query, values).first())

    async def change(self, statement: sa.Executable, values: Row | None = None) -> int:
        """Change or delete rows; returns how many."""
        return await self._run(lambda connection: connection.execute(statement, values).rowcount)

    async def insert(self, table: sa.Table, values: Row) -> int:
        """Add a row; returns its id."""
        statement = adding(table).returning(table.c.id)
        return await self._run(lambda connection: int(connection.execute(statement, values).scalar_one()))

    async def insert_all(self, table: sa.Table, values: Sequence[Row]) -> None:
        """Add rows, none of them too."""
        if values:
            await self._run(lambda connection: connection.execute(adding(table), values).close())

    async def insert_new(self, table: sa.Table, values: Row) -> bool:
        """Add a row unless one like it is there; tells whether it was added."""

        def add(connection: sa.Connection) -> bool:
            return connection.execute(adding_new(table, connection.dialect.name), values).rowcount > 0

        return await self._run(add)

    async def dialect(self) -> str:
        """Which database it is: sqlite or postgresql."""
        return await self._run(lambda connection: connection.dialect.name)

    async def to_revision(self, revision: str) -> None:
        """Give the schema the form of a version, within the transaction."""
        await self._run(lambda connection: migrate.move(connection, revision))

    # what is written at the commit, or before something is asked

    def accept(self, key: MessageKey, values: Row) -> None:
        """Write a message down unless it is there; the commit tells."""
        self._news.accepted[key] = values

    def add(self, table: sa.Table, values: Iterable[Row]) -> None:
        """Add rows whose ids nobody needs."""
        self._news.add(table, values)

    def reply(self, values: Row) -> None:
        """Add to the outbox, unless a reply of that key is there."""
        self._news.replies.append(values)

    def mark(self, mark: Mark) -> None:
        """Mark a message as handled; the commit raises AlreadyHandled when it is marked already."""
        self._news.marks.append(mark)

    def letter(self, key: MessageKey) -> int:
        """The row of a message that was written down a moment ago, 0 where it is not known."""
        return self._caches.letters.get(key) or 0

    def sent(self, sent: Sent) -> None:
        """Replies went out."""
        self._news.sent.append(sent)

    # what is known of rooms

    async def room(self, room_id: int) -> RoomState:
        """The room as this unit sees it."""
        state = self._rooms.get(room_id)
        if state is None:
            state = self._rooms[room_id] = await self._entered(room_id)
            self._seen[room_id] = state.revision
        return state

    def keep(self, room_id: int, state: RoomState) -> None:
        """Something was read of the room."""
        self._rooms[room_id] = state

    def touch(self, room_id: int, state: RoomState) -> None:
        """Something of the room was changed, and is `state` now."""
        self._rooms[room_id] = state
        self._changed.add(room_id)

    async def home(self, group_buy_id: int) -> int:
        """The room of a group-buy; LookupError where there is no such group-buy."""
        room_id = self.homes.get(group_buy_id)
        if room_id is None:
            row = await self.first(HOME, {"this_group_buy": group_buy_id})
            if row is None:
                raise LookupError(f"no group-buy {group_buy_id}")
            room_id = int(row.room_id)
            self.homes.put(group_buy_id, room_id)
        return room_id

    async def outdate(self, condition: sa.ColumnElement[bool]) -> None:
        """Rooms were changed by a statement of many: what was read of them is read again."""
        await self.change(sa.update(rooms).where(condition).values(revision=rooms.c.revision + 1))
        for room_id in list(self._rooms):
            revision = await self._in_transaction(partial(self._revision, room_id=room_id))
            self._seen[room_id] = revision
            self._rooms[room_id] = self._rooms[room_id].at(revision)

    # the end

    @asynccontextmanager
    async def attempt(self) -> AsyncIterator[None]:
        """What is done in the block is undone when it raises; what was done before stays. Not while busy."""
        if self.busy:
            raise RuntimeError("an attempt cannot be undone alone once the database was asked")
        news, undo, known = self._news, self._news.undoing(), dict(self._rooms)
        seen, changed = dict(self._seen), set(self._changed)
        marks = [(pending, pending.mark()) for pending in self._pending()]
        try:
            yield
        except BaseException:
            await self._give_back()
            undo()
            self._news, self._rooms, self._seen, self._changed = news, known, seen, changed
            for pending, mark in marks:
                pending.restore(mark)
            raise

    async def commit(self) -> Mapping[MessageKey, int]:
        """Make it durable, show it to the next units, and be as new.

        Tells which messages were accepted, in which rows.
        """
        new = await (self._commit_here() if self.busy else self._commit_with_others())
        self._publish()
        self._caches.letters.update(new)
        self._news, self._rooms, self._seen, self._changed = News(), {}, {}, set()
        await self._give_back()
        return new

    async def close(self) -> None:
        """Undo what was not committed."""
        self._news = News()
        await self._give_back()

    async def _commit_with_others(self) -> Mapping[MessageKey, int]:
        news = self._news
        news.seen, news.changed = self._seen, {room_id: self._seen[room_id] for room_id in self._changed}
        return await self._writer.write(news) if news else {}

    async def _commit_here(self) -> Mapping[MessageKey, int]:
        def work(connection: sa.Connection) -> Mapping[MessageKey, int]:
            new = self._flush(connection)
            for room_id in sorted(self._changed):
                grown = connection.execute(GROWN, {"this_room": room_id}).scalar()
                self._seen[room_id] = int(grown) - 1 if grown else 0
            return new

        return await self._in_transaction(work, commit=True)

    def _publish(self) -> None:
        for room_id, state in self._rooms.items():
            grown = self._seen[room_id] + (room_id in self._changed)
            shown = self._caches.rooms.get(room_id)
            if shown is None or shown.revision <= grown:
                self._caches.rooms.update({room_id: replace(state, revision=grown)})
        for pending in self._pending():
            pending.publish()

    def _pending(self) -> tuple[Pending[Any, Any], ...]:
        return (self.addresses, self.homes, self.group_buys, self.ledgers, self.lists)

    # the database

    async def _run(self, work: Work[Value]) -> Value:
        """Do something in the transaction, after what is to be written anyway."""

        def flushed(connection: sa.Connection) -> Value:
            self._flush(connection)
            return work(connection)

        return await self._in_transaction(flushed)

    async def _in_transaction(self, work: Work[Value], *, commit: bool = False) -> Value:
        """Whoever takes the database makes sure first of what was believed so far."""
        if self._transaction is not None:
            return await self._transaction.run(work, commit=commit)
        opening = self._opening()
        self._transaction = transaction = await opening.__aenter__()
        self._open, believed = opening, sorted(self._seen.items())

        def sure(connection: sa.Connection) -> Value:
            for room_id, revision in believed:
                if self._revision(connection, room_id) != revision:
                    raise Conflict(f"room {room_id} is not any more as it was read")
            return work(connection)

        return await transaction.run(sure, commit=commit)

    def _flush(self, connection: sa.Connection) -> Mapping[MessageKey, int]:
        new = write(connection, self._news) if self._news else dict[MessageKey, int]()
        self._news = News()
        return new

    async def _give_back(self) -> None:
        opened, self._open, self._transaction = self._open, None, None
        if opened is not None:
            await opened.__aexit__(None, None, None)

    async def _entered(self, room_id: int) -> RoomState:
        kept = self._caches.rooms.get(room_id)
        if kept is not None and self._trusting and not self.busy:
            return kept
        revision = await self._in_transaction(lambda connection: self._revision(connection, room_id))
        return RoomState(revision=revision) if kept is None else kept.at(revision)

    def _revision(self, connection: sa.Connection, room_id: int) -> int:
        """Of the room as it is, and stays until the transaction ends; 0 where there is no room."""
        return int(connection.execute(self._entering, {"this_room": room_id}).scalar() or 0)
