"""kill -9 between any two steps: a message is handled exactly once in the book and answered at least once."""

import asyncio
import signal
from pathlib import Path

import pytest

from storage.database import Database
from tests.e2e.mortal import ROOM, Life, lived, said
from tests.e2e.nursery import born, ended

LINES = ("m1|甲|青提来两盒", "m2|乙|青提三盒", "m3|甲|再加一盒青提")
STEPS = (
    "before accept_all",
    "after accept_all",
    "after accept_all#2",
    "before write",
    "after write",
    "before write#2",
    "after write#2",
    "before write#3",
    "after write#3",
    "before commit",
    "after commit",
    "before commit#2",
    "after commit#2",
    "before commit#4",
    "after commit#4",
    "before send",
    "after send",
    "before sent",
    "after sent",
)


async def run(life: Life) -> int:
    return await asyncio.to_thread(ended, born(lived, life))


async def booked(folder: Path, url: str) -> dict[str, int]:
    database = Database(url, folder=folder)
    try:
        async with database.unit_of_work() as store:
            room = await store.rooms.seen(ROOM)
            group_buy = await store.group_buys.current(room.id)
            assert group_buy is not None
            book = await store.ledger.book(group_buy.id)
            return {
                member.name: book.quantity(member.id, "A") for member in await store.members.of_room(room.id)
            }
    finally:
        await database.dispose()


@pytest.mark.parametrize("step", STEPS)
async def test_a_killed_bot_goes_on_where_it_was(step: str, tmp_path: Path, url: str) -> None:
    killed = Life(folder=tmp_path, database=url, lines=LINES, step=step)
    assert await run(killed) == -signal.SIGKILL
    # the network delivers again what it is not sure about: everything
    assert await run(Life(folder=tmp_path, database=url, lines=LINES)) == 0
    assert await booked(tmp_path, url) == {"甲": 3, "乙": 3}
    answered = said(tmp_path).read_text(encoding="utf-8").split()
    assert set(answered) == {"m1", "m2", "m3"}
