"""Databases that are empty at first and gone afterwards: a file, and a schema of PostgreSQL."""

import os
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

POSTGRES = os.environ.get("TUANBOT_TEST_POSTGRES", "postgresql://root@127.0.0.1:5432/test")
KINDS = ("sqlite", "postgresql")


@asynccontextmanager
async def url_of(kind: str) -> AsyncIterator[str]:
    """The URL of an empty database; OSError where there is no PostgreSQL."""
    if kind == "sqlite":
        with folder() as place:
            yield f"sqlite:///{place / 'bench.db'}"
        return
    schema = f"bench_{secrets.token_hex(6)}"
    engine = create_async_engine(sa.make_url(POSTGRES).set(drivername="postgresql+asyncpg"))
    async with engine.begin() as connection:
        await connection.execute(sa.schema.CreateSchema(schema))
    try:
        yield f"{POSTGRES}?search_path={schema}"
    finally:
        async with engine.begin() as connection:
            await connection.execute(sa.schema.DropSchema(schema, cascade=True))
        await engine.dispose()


@contextmanager
def folder() -> Iterator[Path]:
    """A folder for the length of the block."""
    with TemporaryDirectory(prefix="tuanbot-bench-") as place:
        yield Path(place)
