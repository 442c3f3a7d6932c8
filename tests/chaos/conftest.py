"""Storms on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from storage.embedded_redis import EmbeddedRedis
from tests.chaos.lives import KILLS
from tests.chaos.postgresql import Cluster
from tests.chaos.storm import Storm
from tests.storage.conftest import url

__all__ = ["url"]
ROOMS = 20
MESSAGES = 2 * KILLS
"""Of a room; enough for all lives."""
FEW_MESSAGES = 4


@pytest.fixture
async def storm(url: str, tmp_path: Path) -> AsyncIterator[Storm]:
    made = Storm(folder=tmp_path, data=tmp_path / "data", database=url, rooms=ROOMS, messages=MESSAGES)
    yield made
    # a bot that was killed leaves its Redis behind: the next one on the folder ends it
    async with EmbeddedRedis(made.data / "redis"):
        pass


@pytest.fixture
def calm(tmp_path: Path) -> Storm:
    """A short life on SQLite, in whose middle something may happen."""
    data = tmp_path / "data"
    return Storm(
        folder=tmp_path, data=data, database="sqlite", rooms=ROOMS, messages=FEW_MESSAGES, halves=True
    )


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A running PostgreSQL server that may be stopped."""
    made = Cluster()
    made.start()
    yield made
    made.remove()


@pytest.fixture
def calm_on_cluster(calm: Storm, cluster: Cluster) -> Storm:
    """The same on that server."""
    return replace(calm, database=cluster.url)
