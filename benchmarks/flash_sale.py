"""200 members want one each of 100 units at the same moment, in one room."""

from rich.table import Table

from benchmarks._figures import ms, table, timed
from benchmarks._live import room, running
from benchmarks._shops import said, shop
from benchmarks._stores import KINDS, folder, url_of
from bot.app import open_shop

MEMBERS, UNITS = 200, 100


async def run() -> Table:
    """What was sold, and how fast."""
    rows = [await _sale(kind) for kind in KINDS]
    columns = ("", "sold", "answered", "orders/s", "messages/s", "CPU a message")
    return table(f"Flash sale: {MEMBERS} members, {UNITS} units", columns, rows)


async def _sale(kind: str) -> tuple[str, ...]:
    async with url_of(kind) as url, running(url) as live:
        with folder() as place:
            offered = shop(place, skus=1, stock=UNITS)
        await open_shop(live.core.database, offered, room(0), live.core.clock.now())
        wishes = [said(room(0), number, number, "青提来1份") for number in range(MEMBERS)]
        with timed() as timing:
            await live.hear_at_once(wishes)
        async with live.core.database.unit_of_work() as store:
            seen = await store.rooms.seen(room(0))
            group_buy = await store.group_buys.current(seen.id)
            events = await store.ledger.events(group_buy.id) if group_buy else ()
    sold = sum(event.delta for event in events)
    if sold != UNITS:
        raise AssertionError(f"{sold} sold of {UNITS}")
    return (
        kind,
        str(sold),
        str(live.channel.sent),
        f"{sold / timing.wall:.0f}",
        f"{MEMBERS / timing.wall:.0f}",
        ms(timing.cpu / MEMBERS),
    )
