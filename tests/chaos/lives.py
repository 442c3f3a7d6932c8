"""Lives of a bot in a storm, and how long they may take."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

from tests.chaos.storm import LOOK_SECONDS, Storm, endured, lines, noted
from tests.e2e.nursery import born, ended

KILLS = int(os.environ.get("TUANBOT_TEST_KILLS", "5"))
LONG = KILLS >= 100
READY_SECONDS = 5.0


def patience(storm: Storm) -> float:
    """Seconds after which a life that is not over never will be, on a busy machine too."""
    return 60 + storm.rooms * storm.messages / 2


def ready_in_time(seconds: float) -> None:
    """Demanded by `make chaos`, which has the machine to itself; the short version only finds hangs."""
    assert seconds < READY_SECONDS or not LONG


async def life(storm: Storm) -> int:
    """A whole life; its exit code."""
    return await asyncio.to_thread(ended, born(endured, storm), patience(storm))


@asynccontextmanager
async def halfway(storm: Storm) -> AsyncIterator[None]:
    """A life that hears half of everything before the block, and the rest once the block calls `go_on`.

    The block makes a disaster and ends it; afterwards the bot answers again in time.
    """
    process = born(endured, storm)
    try:
        await until(storm, "half.txt", 1)
        yield
        said, over = len(set(lines(storm, "said.txt"))), monotonic()
        if said < storm.rooms * storm.messages:
            await until(storm, "said.txt", said + 1)
        ready_in_time(monotonic() - over)
    finally:
        go_on(storm)
        code = await asyncio.to_thread(ended, process, patience(storm))
    assert code == 0


def go_on(storm: Storm) -> None:
    """The rest is said."""
    noted(storm, "go.txt", "go")


async def until(storm: Storm, name: str, count: int) -> None:
    """Wait until so many different words stand in a file."""
    async with asyncio.timeout(patience(storm)):
        while len(set(lines(storm, name))) < count:  # noqa: ASYNC110 - a file has no event
            await asyncio.sleep(LOOK_SECONDS)
