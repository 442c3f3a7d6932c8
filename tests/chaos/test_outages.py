"""What the bot leans on gives way in the middle of the day, and comes back."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from redis.exceptions import ConnectionError  # noqa: A004 - redis calls it so

from storage.database import FILE
from storage.sqlite import BUSY_SECONDS
from tests.chaos.aftermath import check
from tests.chaos.alarms import redis_of
from tests.chaos.lives import LONG, go_on, halfway, until
from tests.chaos.postgresql import Cluster
from tests.chaos.storm import Storm, lines

AWAY_SECONDS = 15 if LONG else 1
DISK = "8m"
SLOW_MILLISECONDS = 300


@contextmanager
def full(data: Path) -> Iterator[None]:
    """A Redis in which nothing more can be put."""
    with redis_of(data) as client:
        client.config_set("maxmemory-policy", "noeviction")
        client.config_set("maxmemory", 1)
        yield
        with suppress(ConnectionError):  # a bot that is through ends, and its Redis with it
            client.config_set("maxmemory", "128mb")


@contextmanager
def slow(data: Path) -> Iterator[None]:
    """A Redis that takes its time with every answer."""
    over = threading.Event()

    def hold_up() -> None:
        with redis_of(data) as client:
            while not over.wait(SLOW_MILLISECONDS / 1000):
                with suppress(ConnectionError):  # as above
                    client.client_pause(SLOW_MILLISECONDS)

    holding = threading.Thread(target=hold_up)
    holding.start()
    yield
    over.set()
    holding.join()


@contextmanager
def frozen(data: Path) -> Iterator[None]:
    """A Redis that takes connections and says nothing."""
    with redis_of(data) as client:
        process = int(client.info("server")["process_id"])
    os.kill(process, signal.SIGSTOP)
    yield
    os.kill(process, signal.SIGCONT)


@pytest.mark.parametrize("ailing", [full, slow, frozen])
async def test_orders_go_on_beside_an_ailing_redis(
    ailing: Callable[[Path], AbstractContextManager[None]], calm: Storm
) -> None:
    async with halfway(calm):
        with ailing(calm.data):
            go_on(calm)
            await until(calm, "said.txt", calm.rooms * calm.messages)
    await check(calm)


async def test_a_locked_store_is_waited_for(calm: Storm) -> None:
    async with halfway(calm):
        with locked(calm.data / FILE):
            await nothing_is_taken(calm, BUSY_SECONDS + AWAY_SECONDS)
    await check(calm)


async def test_a_full_disk_is_waited_for(calm: Storm, disk: Path) -> None:
    storm = replace(calm, data=disk)
    async with halfway(storm):
        with filled(disk):
            await nothing_is_taken(storm, AWAY_SECONDS)
    await check(storm)


async def nothing_is_taken(storm: Storm, seconds: float) -> None:
    """What is said from now on waits."""
    before = set(lines(storm, "taken.txt"))
    go_on(storm)
    await asyncio.sleep(seconds)
    assert set(lines(storm, "taken.txt")) == before


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Somebody else writes."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """No room on the disk, and none in the store's own files."""
    with closing(sqlite3.connect(disk / FILE)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    filler = disk / "filler"
    try:
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(4096))
        yield
    finally:
        filler.unlink()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small file system of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(place)]
    if subprocess.run(mounting, stderr=subprocess.DEVNULL, check=False).returncode:
        pytest.skip("only root mounts a disk; tests/bot/test_bad_input.py has one without")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.mark.parametrize("away", [0, AWAY_SECONDS], ids=["restarted", "away"])
async def test_a_postgresql_that_crashes_is_waited_for(
    away: int, calm_on_cluster: Storm, cluster: Cluster
) -> None:
    async with halfway(calm_on_cluster):
        await asyncio.to_thread(cluster.stop)
        go_on(calm_on_cluster)
        await asyncio.sleep(away)
        await asyncio.to_thread(cluster.start)
    await check(calm_on_cluster)
