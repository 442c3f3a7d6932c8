"""Processor time of one order, on SQLite in memory, while the shop around it grows."""

from dataclasses import dataclass

from rich.table import Table

from benchmarks._figures import ms, table, timed
from benchmarks._live import Running, room, running
from benchmarks._shops import said, shop
from benchmarks._stores import folder
from bot.model import Incoming, Role

MESSAGES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A shop's measures; `history` counts orders that were placed before."""

    rooms: int = 1
    members: int = 10
    skus: int = 10
    history: int = 0


SIZES = (
    ("rooms", [Size(rooms=count) for count in (1, 100, 1000, 10_000)]),
    ("members", [Size(members=count) for count in (10, 100, 500)]),
    ("SKUs", [Size(skus=count) for count in (1, 10, 100)]),
    ("orders before", [Size(history=count) for count in (0, 100, 1000)]),
)


async def run() -> Table:
    """One row a measure, from its smallest to its largest size."""
    rows = []
    for name, sizes in SIZES:
        costs = [await _cost(size) for size in sizes]
        counts = [str(getattr(size, _FIELDS[name])) for size in sizes]
        rows.append((name, " / ".join(counts), " / ".join(map(ms, costs)), f"{costs[-1] / costs[0]:.1f}"))
    return table("Growth: processor time of an order", ("", "sizes", "an order", "last to first"), rows)


_FIELDS = {"rooms": "rooms", "members": "members", "SKUs": "skus", "orders before": "history"}


async def _cost(size: Size) -> float:
    async with running("memory") as live:
        await _prepare(live, size)
        await live.hear(_orders(size, 10**6))  # everybody is known, and every statement was built
        with timed() as timing:
            await live.hear(_orders(size, 2 * 10**6))
    return timing.cpu / MESSAGES


def _orders(size: Size, first: int) -> list[Incoming]:
    """In as many of the rooms as there are messages."""
    return [
        said(room(number % size.rooms), first + number, number % size.members, "青提来1份")
        for number in range(MESSAGES)
    ]


async def _prepare(live: Running, size: Size) -> None:
    """Open the shop everywhere; members and earlier orders are written to the store without the chat."""
    database, now = live.core.database, live.core.clock.now()
    with folder() as place:
        offered = shop(place, skus=size.skus)
    async with database.unit_of_work() as store:
        for number in range(size.rooms):
            held = await store.rooms.seen(room(number))
            await store.group_buys.add(held.id, offered.group_buy(room=held, now=now))
        seen = await store.rooms.seen(room(0))
        await store.members.all_named(seen.id, [f"街坊{number}" for number in range(size.members)])
        await store.members.grant(room(0).channel, room(0).room, "lead", Role.LEADER)
        await store.commit()
    wishes = [said(room(0), number, number % size.members, "青提来1份") for number in range(size.history)]
    await live.hear(wishes)
