"""Turns errors of the databases into ours: a lost race, a store that is away, or a mistake of our own."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy.exc as sa

from bot.errors import Conflict, Unavailable

RACES = frozenset({"23505", "40001", "40P01"})
"""PostgreSQL: unique violation, serialization failure, deadlock."""
AWAY = ("08", "28", "3D", "53", "55P03", "57", "58")
"""PostgreSQL: connection, password, no such database, full disk, lock, operator's hand, system."""
SQLITE_RACES = frozenset({sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY})
SQLITE_AWAY = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PROTOCOL,
    }
)


@contextmanager
def translated() -> Iterator[None]:
    """What is neither a race nor an absence passes through: it is an incident, and trying again is no use."""
    try:
        yield
    except sa.DBAPIError as error:
        ours = _of_driver(error)
        if ours is None:
            raise
        raise ours from error
    except (sa.TimeoutError, sa.InvalidatePoolError, OSError) as error:
        raise Unavailable(str(error)) from error


def _of_driver(error: sa.DBAPIError) -> Conflict | Unavailable | None:
    text = str(error.orig)
    if error.connection_invalidated:
        return Unavailable(text)
    state = getattr(error.orig, "sqlstate", None)
    if isinstance(state, str):
        return _by_state(state, text)
    code = getattr(error.orig, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _by_code(code, text)
    return Unavailable(text) if isinstance(error, (sa.InterfaceError, sa.OperationalError)) else None


def _by_state(state: str, text: str) -> Conflict | Unavailable | None:
    if state in RACES:
        return Conflict(text)
    return Unavailable(text) if state.startswith(AWAY) else None


def _by_code(code: int, text: str) -> Conflict | Unavailable | None:
    if code in SQLITE_RACES:
        return Conflict(text)
    # the low byte is the kind of error, the rest tells more about it
    return Unavailable(text) if code & 0xFF in SQLITE_AWAY else None
