"""Writes news, whatever the database: a few statements, however many units of work they come from."""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any

import sqlalchemy as sa

from bot.errors import AlreadyHandled, Conflict
from storage.delivery import Delivery
from storage.letters import KEY, MessageKey
from storage.news import Mark, News, Row
from storage.tables import inbox, metadata, outbox, rooms

AT_REVISION = sa.tuple_(rooms.c.id, rooms.c.revision).in_(sa.bindparam("pairs", expanding=True))
GROWN = sa.update(rooms).where(AT_REVISION).values(revision=rooms.c.revision + 1)
STANDING = sa.select(rooms.c.id).where(AT_REVISION)
MARKED = (
    sa.select(inbox.c.id, inbox.c.handled_at, *KEY)
    .where(sa.tuple_(*KEY).in_(sa.bindparam("keys", expanding=True)))
    .with_for_update()
)
MARK = (
    sa.update(inbox)
    .where(inbox.c.id == sa.bindparam("row"))
    .values({name: sa.bindparam(name) for name in ("handled_at", "intent", "route")})
)
SENT = (
    sa.update(outbox)
    .where(outbox.c.key == sa.bindparam("reply"))
    .values(
        state=Delivery.SENT,
        sent_at=sa.bindparam("at"),
        sent_as=sa.bindparam("as"),
        attempts=outbox.c.attempts + 1,
    )
)


def hold(connection: sa.Connection, news: News) -> None:
    """Make sure that the rooms are as they were when they were looked at; raises Conflict.

    Rooms that change grow by a revision, which also keeps others from changing them until the commit.
    """
    changed = sorted(news.changed.items())
    if changed and connection.execute(GROWN, {"pairs": _padded(changed)}).rowcount != len(changed):
        raise Conflict("a room was changed meanwhile")
    seen = sorted(news.seen.items() - news.changed.items())
    if seen and len(connection.execute(STANDING, {"pairs": _padded(seen)}).all()) != len(seen):
        raise Conflict("a room is not any more as it was read")


def write(connection: sa.Connection, news: News) -> frozenset[MessageKey]:
    """Write everything; tells which messages were accepted for the first time. Raises AlreadyHandled."""
    new = _accept(connection, list(news.accepted.values()))
    for table in metadata.sorted_tables:
        if rows := news.added.get(table):
            connection.execute(adding(table), rows).close()
    if news.replies:
        connection.execute(adding_new(outbox, connection.dialect.name), news.replies).close()
    if news.marks:
        _mark(connection, {mark.key: mark for mark in news.marks})
    if sent := [{"reply": key, "at": one.at, "as": one.keys[0]} for one in news.sent for key in one.keys]:
        connection.execute(SENT, sent).close()
    return new


def _accept(connection: sa.Connection, rows: Sequence[Row]) -> frozenset[MessageKey]:
    if not rows:
        return frozenset()
    accepting = _accepting(connection.dialect.name)
    return frozenset(_key(row) for row in connection.execute(accepting, rows).all())


def _mark(connection: sa.Connection, marks: dict[MessageKey, Mark]) -> None:
    found = {_key(row): row for row in connection.execute(MARKED, {"keys": _padded(list(marks))}).all()}
    if any(row.handled_at is not None for row in found.values()):
        raise AlreadyHandled("a message is marked already")
    known = [{"row": found[key].id, **_words(mark)} for key, mark in marks.items() if key in found]
    if known:
        connection.execute(MARK, known).close()
    for key, mark in marks.items():
        if key not in found:
            _mark_unwritten(connection, mark)


def _mark_unwritten(connection: sa.Connection, mark: Mark) -> None:
    """It was not written down before, as when a channel is tried out without an inbox."""
    values = {**mark.accepted(), **_words(mark)}
    if not connection.execute(adding_new(inbox, connection.dialect.name), values).rowcount:
        raise AlreadyHandled("a message is marked already")


def _words(mark: Mark) -> dict[str, Any]:
    return {"handled_at": mark.handled_at, "intent": mark.intent, "route": mark.route}


def _key(row: Any) -> MessageKey:
    return (row.channel, row.account, row.room, row.private, row.message_id)


def _padded(values: Sequence[Any]) -> list[Any]:
    """As many as a power of two, the last one again and again: databases keep few forms of a statement."""
    wanted = 1 << (len(values) - 1).bit_length()
    return [*values, *[values[-1]] * (wanted - len(values))]


@cache
def adding(table: sa.Table) -> sa.Insert:
    """An INSERT into a table."""
    return sa.insert(table)


@cache
def adding_new(table: sa.Table, dialect: str) -> sa.Insert:
    """An INSERT that passes over rows that are there already."""
    # the dialect in use is imported, the other is not: each is slow to import
    insert = import_module(f"sqlalchemy.dialects.{dialect}").insert
    added: sa.Insert = insert(table).on_conflict_do_nothing()
    return added


@cache
def _accepting(dialect: str) -> sa.Executable:
    return adding_new(inbox, dialect).returning(*KEY)
