"""Messages that nobody means well, through the whole bot; stores that are locked or full."""

import asyncio
import resource
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.errors import Unavailable
from tests.bot.rough_room import RoughRoom, rough_room

TEXTS = {
    "one long word": "长" * 100_000,
    "a long order": "青提两盒 " * 20_000,
    "long orders of two things": "青提2盒,蓝莓+3、" * 10_000,
    "digits": "1" * 100_000,
    "letters": "a" * 100_000,
    "spaces": " " * 100_000,
    "line breaks": "\n" * 100_000,
    "numerals": "一百" * 50_000,
    "brackets": "【" * 50_000 + "】" * 50_000,
    "mentions": "@所有人 " * 20_000,
    "questions": "吗?" * 50_000,
    "control characters": "".join(map(chr, range(32))) * 3_000 + "\x7f\x80\x9f",
    "joiners of no width": "\u200b\u200c\u200d\u2060\ufeff" * 20_000,
    "another direction": "\u202e盒两来提青\u202c\u2066\u2069",
    "combining marks": "e" + "\u0301" * 100_000,
    "families": "👨‍👩‍👧‍👦" * 10_000,
    "nothing": "",
    "blanks": " \t\n",
    "a huge number": "青提" + "9" * 5_000 + "盒",
    "SQL": "青提'); DROP TABLE members;--",
    "placeholders": "青提{0}{} %s %(x)s {cutoff}",
    "markup": "[bold]青提[/] <script>alert(1)</script>",
    "a list of nothing": "#接龙\n" + "\n".join(f"{number}." for number in range(2_000)),
}
WHOLE = {
    "NUL": "青\0提\0来\0两\0盒",
    "joiners": "青\u200b提\u200d来\u2060两\ufeff盒",
    "half a surrogate pair": "青提来两盒\ud83d",
    "full width": "青提来2盒",
}
NICKNAMES = (
    "",
    " ",
    "\u200b",
    "\0",
    "\ud83d",
    "截单",
    "汇总",
    "取消团",
    "123",
    "2",
    "A",
    "青提",
    "青提两盒",
    "#接龙",
    "1. 小明",
    "@所有人",
    "[b]{0}%s</b>",
    "一\n二",
    "长" * 5_000,
)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[RoughRoom]:
    async with rough_room(tmp_path) as made:
        yield made


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
async def test_a_rough_message_is_handled_and_the_next_order_is_booked(text: str, room: RoughRoom) -> None:
    await room.says(text)
    await room.says(text, at_bot=True, sender="wx_2", name="小王")
    before = (await room.booked()).get("小李", 0)
    await room.says("青提来两盒")
    assert (await room.booked())["小李"] == before + 2


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE.keys())
async def test_an_order_is_read_through_what_does_not_belong_to_it(text: str, room: RoughRoom) -> None:
    await room.says(text)
    assert await room.booked() == {"小李": 2}


@pytest.mark.parametrize("name", NICKNAMES, ids=lambda name: ascii(name[:20]))
async def test_any_nickname_orders_and_gives_no_command(name: str, room: RoughRoom) -> None:
    answer = await room.says("青提来两盒", name=name, sender="wx_x")
    assert "青提 ×2" in answer
    await room.says("我也要", name="小王", sender="wx_2")
    assert sum((await room.booked()).values()) == 3


async def test_a_list_of_two_thousand_rows_is_booked_whole(room: RoughRoom) -> None:
    rows = (f"{number}. 住户{number} 青提1盒" for number in range(1, 2001))
    await room.says("#接龙\n测试团\n\n" + "\n".join(rows))
    booked = await room.booked()
    assert len(booked) == 2000
    assert set(booked.values()) == {1}


async def test_a_locked_store_keeps_the_message_until_it_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.sqlite.PRAGMAS", ("foreign_keys=ON", "busy_timeout=0"))
    async with rough_room(tmp_path, f"sqlite:///{tmp_path / 'test.db'}") as room:
        incoming = room.message("青提来两盒")
        await room.core.database.inbox.accept(incoming)
        with locked(tmp_path / "test.db"), pytest.raises(Unavailable):
            await room.core.dispatcher.handle(incoming)
        assert await room.unhandled() == [incoming.id]
        with locked(tmp_path / "test.db"):
            later = asyncio.create_task(room.core.dispatcher.handle_surely([incoming]))
            await asyncio.sleep(0.1)
            assert not later.done()
        await later
        assert await room.unhandled() == []
        assert await room.booked() == {"小李": 2}


async def test_a_full_disk_keeps_the_message_until_there_is_room(tmp_path: Path) -> None:
    async with rough_room(tmp_path, f"sqlite:///{tmp_path / 'test.db'}") as room:
        incoming = room.message("青提来两盒")
        await room.core.database.inbox.accept(incoming)
        with full(tmp_path / "test.db-wal"):
            with pytest.raises(Unavailable):
                await room.core.dispatcher.handle(incoming)
            with pytest.raises(Unavailable):
                await room.core.database.inbox.accept(room.message("蓝莓一盒"))
        assert await room.unhandled() == [incoming.id]
        await room.core.dispatcher.handle_surely([incoming])
        assert await room.booked() == {"小李": 2}


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Somebody else writes."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def full(path: Path) -> Iterator[None]:
    """Files of this process may not grow any more; Python ignores the signal that comes with it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
