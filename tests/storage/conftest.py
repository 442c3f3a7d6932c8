"""A fresh store for every test, on SQLite and on PostgreSQL."""

import os
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from bot.clock import SetClock
from storage.database import Database
from tests.storage.scenery import NOW

POSTGRES = os.environ.get("TUANBOT_TEST_POSTGRES", "postgresql://root@127.0.0.1:5432/test")
MUST = os.environ.get("CI") == "true"


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """Where an empty database is: a file, or a schema of its own."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    schema = f"test_{secrets.token_hex(6)}"
    server = create_async_engine(sa.make_url(POSTGRES).set(drivername="postgresql+asyncpg"))
    try:
        async with server.begin() as connection:
            await connection.execute(sa.schema.CreateSchema(schema))
    except OSError as error:
        if MUST:
            raise
        pytest.skip(f"no PostgreSQL: {error}")
    yield f"{POSTGRES}?search_path={schema}"
    async with server.begin() as connection:
        await connection.execute(sa.schema.DropSchema(schema, cascade=True))
    await server.dispose()


@pytest.fixture
async def database(url: str, tmp_path: Path, clock: SetClock) -> AsyncIterator[Database]:
    """A store with all tables."""
    database = Database(url, folder=tmp_path, clock=clock)
    await database.create_all()
    yield database
    await database.dispose()
