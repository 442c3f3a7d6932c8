"""`tuanbot run` as operators run it: it ends cleanly when it is told to, and goes on at the next start."""

import asyncio
import os
import signal
from pathlib import Path

from storage.database import Database
from tests.e2e.nursery import born, ended
from tests.e2e.program import ROOM, called, configured, errors, page, running, talking

FIRST, SECOND = "a" * 16, "b" * 16


async def booked(folder: Path) -> list[int]:
    database = Database("sqlite", folder=folder / "data")
    try:
        async with database.unit_of_work() as store:
            room = await store.rooms.seen(ROOM)
            group_buy = await store.group_buys.current(room.id)
            assert group_buy is not None
            return [event.delta for event in await store.ledger.events(group_buy.id)]
    finally:
        await database.dispose()


async def one_life(folder: Path, said: dict[str, str], *, answers: int) -> list[str]:
    """Start it, say something, hear the answers, and end it with SIGTERM."""
    process, address = await running(folder)
    async with talking(address) as talk:
        for key, text in said.items():
            await talk.says(key, text)
        heard = [await talk.answer() for _ in range(answers)]
    assert process.pid is not None
    os.kill(process.pid, signal.SIGTERM)
    assert await asyncio.to_thread(ended, process) == 0, errors(folder)
    assert "Traceback" not in errors(folder)
    return heard


async def test_sigterm_ends_it_cleanly_and_the_next_start_goes_on(tmp_path: Path) -> None:
    configured(tmp_path)
    (first,) = await one_life(tmp_path, {FIRST: "青提来两盒"}, answers=1)
    assert "青提 ×2" in first
    (second,) = await one_life(tmp_path, {FIRST: "青提来两盒", SECOND: "再加一盒青提"}, answers=1)
    assert "青提 ×3" in second
    assert await booked(tmp_path) == [2, 1]


async def command(folder: Path, *arguments: str) -> int:
    return await asyncio.to_thread(ended, born(called, folder, arguments))


async def test_a_backup_is_restored_elsewhere(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
        configured(folder)
    await one_life(here, {FIRST: "青提来两盒"}, answers=1)
    assert await command(here, "backup", "saved.zip") == 0, errors(here)
    assert await command(there, "restore", str(here / "saved.zip")) == 0, errors(there)
    assert await booked(there) == [2]
    assert await command(there, "restore", str(here / "saved.zip")) == 1
    assert "已经有数据" in errors(there)
    assert "Traceback" not in errors(there)


async def test_health_and_figures_are_served(tmp_path: Path) -> None:
    configured(tmp_path)
    process, address = await running(tmp_path)
    async with talking(address) as talk:
        await talk.says(FIRST, "青提来两盒")
        await talk.answer()
    assert await page(address, "/health") == '{"status": "ready", "why": []}'
    counted = 'tuanbot_messages_total{channel="simulator",intent="order",outcome="replied"} 1.0'
    assert counted in await page(address, "/metrics")
    process.terminate()
    assert await asyncio.to_thread(ended, process) == 0
