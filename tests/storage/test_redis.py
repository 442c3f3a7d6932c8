"""Redis that comes and goes, and the server that the program starts by itself."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import WiringError
from storage.embedded_redis import EmbeddedRedis
from storage.state import RedisState


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[EmbeddedRedis]:
    server = EmbeddedRedis(tmp_path)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def state(server: EmbeddedRedis) -> AsyncIterator[RedisState]:
    state = RedisState(server.url, pause=0)
    yield state
    await state.close()


async def test_without_redis_nothing_is_known_and_nothing_fails(tmp_path: Path) -> None:
    state = RedisState(f"unix://{tmp_path / 'nobody.sock'}")
    await state.put("k", "v", 10)
    await state.drop("k")
    assert await state.get("k") is None
    assert await state.count("k", 10) == 0
    assert not state.healthy
    await state.close()


async def test_after_a_failure_redis_is_left_alone_for_a_while(server: EmbeddedRedis) -> None:
    patient = RedisState(server.url, pause=3600)
    await server.stop()
    assert await patient.get("k") is None
    await server.start()
    assert await patient.get("k") is None
    assert not patient.healthy
    await patient.close()


async def test_state_is_back_with_the_server(server: EmbeddedRedis, state: RedisState) -> None:
    await state.put("k", "v", 600)
    await server.stop()
    assert server.pid is None
    assert await state.get("k") is None
    assert not state.healthy
    await server.start()
    assert await state.get("k") == "v"
    assert state.healthy


async def test_a_server_that_was_killed_is_started_again(
    server: EmbeddedRedis, state: RedisState, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.embedded_redis.FIRST_PAUSE", 0)
    first = server.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    while not await state.count("alive", 60):  # noqa: ASYNC110 - the supervisor tells nobody
        await asyncio.sleep(0.01)
    assert server.pid not in (None, first)
    assert state.healthy


async def test_the_server_of_a_killed_program_is_replaced(server: EmbeddedRedis, tmp_path: Path) -> None:
    orphan = server.pid
    assert orphan is not None
    # what the system does when a program is killed: its locks and tasks end, its children do not
    assert server._lock is not None
    assert server._watch is not None
    server._lock.close()
    server._watch.cancel()
    async with EmbeddedRedis(tmp_path) as second:
        assert second.pid not in (None, orphan)
        state = RedisState(second.url)
        assert await state.count("k", 10) == 1
        await state.close()


async def test_a_dead_socket_is_no_hindrance(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(tmp_path / "redis.sock"))
    async with EmbeddedRedis(tmp_path) as server:
        assert server.pid is not None


async def test_two_programs_do_not_share_a_folder(server: EmbeddedRedis, tmp_path: Path) -> None:
    with pytest.raises(WiringError):
        await EmbeddedRedis(tmp_path).start()
    assert server.pid is not None


async def test_a_folder_with_a_long_path_is_fine(tmp_path: Path) -> None:
    async with EmbeddedRedis(tmp_path / ("很长的名字" * 12)) as server:
        assert server.pid is not None


async def test_nothing_is_left_of_a_stopped_server(tmp_path: Path) -> None:
    async with EmbeddedRedis(tmp_path) as server:
        pid = server.pid
    assert pid is not None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert not (tmp_path / "redis.sock").exists()
