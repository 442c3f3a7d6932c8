"""Writes news, whatever the database: a few statements, however many units of work they come from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
FOUND = sa.select(inbox.c.id, *KEY).where(sa.tuple_(*KEY).in_(sa.bindparam("keys", expanding=True)))
MARK = (
    sa.update(inbox)
    .where(inbox.c.id.in_(sa.bindparam("rows", expanding=True)), inbox.c.handled_at.is_(None))
    .values(handled_at=sa.bindparam("at"), intent=sa.bindparam("meaning"), route=sa.bindparam("way"))
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


def write(connection: sa.Connection, news: News) -> Mapping[MessageKey, int]:
    """Write everything; tells which messages were accepted for the first time, in which row.

    Raises AlreadyHandled.
    """
    new = _accept(connection, list(news.accepted.values()))
    for table in _tables():
        if rows := news.added.get(table):
            connection.execute(adding(table), rows).close()
    if news.replies:
        connection.execute(adding_new(outbox, connection.dialect.name), news.replies).close()
    if news.marks:
        _mark(connection, news.marks, new)
    if sent := [{"reply": key, "at": one.at, "as": one.keys[0]} for one in news.sent for key in one.keys]:
        connection.execute(SENT, sent).close()
    return new


@cache
def _tables() -> Sequence[sa.Table]:
    """Those that others refer to come first."""
    return metadata.sorted_tables


def _accept(connection: sa.Connection, rows: Sequence[Row]) -> Mapping[MessageKey, int]:
    if not rows:
        return {}
    return _by_key(connection.execute(_accepting(connection.dialect.name), rows))


def _mark(connection: sa.Connection, marks: Sequence[Mark], new: Mapping[MessageKey, int]) -> None:
    """A statement for each route, since one that changes many rows tells how many it found unmarked."""
    rows = {mark.key: row for mark in marks if (row := mark.row or new.get(mark.key))}
    unknown = [mark.key for mark in marks if mark.key not in rows]
    if unknown:
        rows |= _by_key(connection.execute(FOUND, {"keys": _padded(unknown)}))
    at = max(mark.handled_at for mark in marks)
    ways: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for mark in marks:
        if mark.key in rows:
            ways[mark.intent, mark.route].append(rows[mark.key])
        else:
            _mark_unwritten(connection, mark)
    for (intent, route), ids in ways.items():
        values = {"rows": _padded(ids), "at": at, "meaning": intent, "way": route}
        if connection.execute(MARK, values).rowcount != len(ids):
            raise AlreadyHandled("a message is marked already")


def _mark_unwritten(connection: sa.Connection, mark: Mark) -> None:
    """It was not written down before, as when a channel is tried out without an inbox."""
    words = {"handled_at": mark.handled_at, "intent": mark.intent, "route": mark.route}
    values = {**mark.accepted(), **words}
    if not connection.execute(adding_new(inbox, connection.dialect.name), values).rowcount:
        raise AlreadyHandled("a message is marked already")


def _by_key(found: Iterable[Sequence[Any]]) -> dict[MessageKey, int]:
    """Rows of an id and the columns of KEY."""
    return {(row[1], row[2], row[3], row[4], row[5]): row[0] for row in found}


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
    return adding_new(inbox, dialect).returning(inbox.c.id, *KEY)
