"""Connections: SQLite with one writer at a time, or PostgreSQL."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import StaticPool

BUSY_SECONDS = 5
FILE = "tuanbot.db"
PRAGMAS = ("foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}", "temp_store=MEMORY")
DURABLE = ("journal_mode=WAL", "synchronous=FULL")
"""An order that was answered survives a power cut, too."""


def engine_of(url: str, folder: Path | None) -> AsyncEngine:
    """Of "sqlite" (a file in the folder), "memory", sqlite:///path or postgresql://user@host/name."""
    if url.startswith("postgres"):
        return _postgresql(url)
    if url == "sqlite" and folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        return _sqlite(str(folder / FILE))
    if url in ("memory", "sqlite", "sqlite://"):
        return _sqlite("")
    if not url.startswith("sqlite:///"):
        raise ValueError("a database is sqlite, memory, sqlite:///path or postgresql://user@host/name")
    return _sqlite(url.removeprefix("sqlite:///"))


def _postgresql(url: str) -> AsyncEngine:
    parsed = sa.make_url(url).set(drivername="postgresql+asyncpg")
    return create_async_engine(parsed, pool_size=10, max_overflow=0, pool_timeout=30, pool_pre_ping=True)


def _sqlite(path: str) -> AsyncEngine:
    """One connection for all: SQLite has one writer, and readers in between are as fast as their turn."""
    engine = create_async_engine(
        sa.URL.create("sqlite+aiosqlite", database=path or ":memory:"), poolclass=StaticPool
    )
    pragmas = (*PRAGMAS, *DURABLE) if path else PRAGMAS

    def prepare(connection: Any, _: Any) -> None:
        # the driver's own habit of beginning late is switched off: units of work begin where they say so
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    sa.event.listen(engine.sync_engine, "connect", prepare)
    sa.event.listen(engine.sync_engine, "begin", begin)
    return engine
