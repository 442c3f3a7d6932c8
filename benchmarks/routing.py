"""Routing alone: our table against aiogram's Dispatcher with 20 asynchronous filters, where it is there."""

import importlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from rich.table import Table

from benchmarks._figures import table, timed
from bot import scan
from bot.errors import NotAllowed
from bot.model import Role
from bot.understanding import Intent, Understanding

COUNT = 20_000
FILTERS = 20


async def run() -> Table:
    """Messages a second of processor time; the message matches the last filter of aiogram's."""
    ours = await _rate(_ours())
    rows = [("tuanbot RouteTable", f"{ours:.0f}", "")]
    try:
        theirs = await _rate(_aiogram(), count=COUNT // 20)
        rows.append((f"aiogram Dispatcher, {FILTERS} filters", f"{theirs:.0f}", f"{ours / theirs:.0f}"))
    except ImportError:
        rows.append(("aiogram is not installed", "", ""))
    return table("Routing alone", ("", "messages/s", "ours to theirs"), rows)


async def _rate(handle: Callable[[], Awaitable[object]], count: int = COUNT) -> float:
    with timed() as timing:
        for _ in range(count):
            await handle()
    return count / timing.cpu


def _ours() -> Callable[[], Awaitable[object]]:
    routes = scan.routes()
    understanding = Understanding(text="签到", normalised="签到", intent=Intent.CHECKIN)

    async def handle() -> str:
        route = routes.match(understanding)
        if route is None:
            raise NotAllowed
        route.admit(Role.MEMBER)
        return route.name

    return handle


def _aiogram() -> Callable[[], Awaitable[object]]:
    # not a dependency: no types of it are known here
    aiogram: Any = importlib.import_module("aiogram")
    types: Any = importlib.import_module("aiogram.types")
    dispatcher = aiogram.Dispatcher()
    for number in range(FILTERS):
        dispatcher.message(_is(f"/command{number}"))(_answered)
    bot = aiogram.Bot("1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
    message = types.Message(
        message_id=1,
        date=datetime.now(UTC),
        chat=types.Chat(id=1, type="group"),
        from_user=types.User(id=2, is_bot=False, first_name="x"),
        text=f"/command{FILTERS - 1}",
    )
    update = types.Update(update_id=1, message=message)

    async def handle() -> object:
        return await dispatcher.feed_update(bot, update)

    return handle


def _is(wanted: str) -> Callable[[Any], Awaitable[bool]]:
    async def matches(message: Any) -> bool:
        return bool(message.text == wanted)

    return matches


async def _answered(message: Any) -> None:
    del message
