"""200 members want one each of 100 units at the same moment, in one room."""

import time

from rich.table import Table

from benchmarks._figures import ms, table, timed
from benchmarks._live import Running, room, running
from benchmarks._shops import said, shop
from benchmarks._stores import KINDS, folder, url_of
from bot.app import open_shop
from bot.dispatch import Handled

MEMBERS, UNITS, WARMING = 200, 100, 20


async def run() -> Table:
    """What was sold, how fast until the last unit was gone, and how fast everybody was handled."""
    rows = [await _sale(kind) for kind in KINDS]
    columns = ("", "sold", "handled", "orders/s", "messages/s", "CPU a message")
    return table(f"Flash sale: {MEMBERS} members, {UNITS} units", columns, rows)


async def _sale(kind: str) -> tuple[str, ...]:
    handled: list[float] = []

    def observe(_handled: Handled, _seconds: float) -> None:
        handled.append(time.perf_counter())

    async with url_of(kind) as url, running(url, observe=observe) as live:
        await _offer(live)
        handled.clear()
        wishes = [said(room(0), number, number, "青提来1份") for number in range(MEMBERS)]
        started = time.perf_counter()
        with timed() as timing:
            await live.hear_at_once(wishes)
        sold = await _sold(live)
    if sold != UNITS:
        raise AssertionError(f"{sold} sold of {UNITS}")
    return (
        kind,
        str(sold),
        str(len(handled)),
        # a lane works in order: who was among the first got a unit
        f"{UNITS / (handled[UNITS - 1] - started):.0f}",
        f"{MEMBERS / (handled[-1] - started):.0f}",
        ms(timing.cpu / MEMBERS),
    )


async def _offer(live: Running) -> None:
    """Open the sale, and let another room order first: nobody measures how statements are built."""
    with folder() as place:
        offered = shop(place, skus=1, stock=UNITS)
    for number in range(2):
        await open_shop(live.core.database, offered, room(number), live.core.clock.now())
    await live.hear_at_once([said(room(1), number, number, "青提来1份") for number in range(WARMING)])


async def _sold(live: Running) -> int:
    async with live.core.database.unit_of_work() as store:
        seen = await store.rooms.seen(room(0))
        group_buy = await store.group_buys.current(seen.id)
        events = await store.ledger.events(group_buy.id) if group_buy else ()
    return sum(event.delta for event in events)
