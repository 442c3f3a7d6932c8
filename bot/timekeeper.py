"""The timekeeper: closes group-buys whose cutoff has passed, and reminds their rooms before it. Each once."""

import asyncio
import math
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from bot.errors import Conflict, Unavailable
from bot.model import Room
from bot.ports import Clock, UnitOfWork
from handlers._offer import offer_text
from handlers._totals import NO_ORDERS, OVERVIEW, by_sku, check_text
from shop.book import Book
from shop.groupbuy import GroupBuy, close
from shop.money import format_yuan
from shop.totals import check_sum

log = structlog.get_logger(__name__)
LOOK_SECONDS = 1.0
REMIND_BEFORE = timedelta(minutes=10)
CLOSED = "【{title}】到点截单啦！{sums}"
REMINDER = "【{title}】{minutes}分钟后截单，还没下单的抓紧啦！\n{lines}"


class Timekeeper:
    """Watches all rooms. `said` is called when something waits in the outbox.

    Everything is decided from the store: whoever was down at a cutoff closes at the next start, and whoever
    is killed in between neither closes nor speaks twice.
    """

    def __init__(
        self, *, units: Callable[[], UnitOfWork], clock: Clock, said: Callable[[], None] = lambda: None
    ) -> None:
        self._units = units
        self._clock = clock
        self._said = said
        self._reminded: set[tuple[int, datetime | None]] = set()

    async def run(self) -> None:
        """Look once a second until cancelled; a store that is away is asked again."""
        while True:
            try:
                await self.look()
            except Unavailable as error:
                log.warning("timekeeper.away", error=str(error))
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Do what the time demands. A group-buy that fails is logged and does not hold up the others."""
        async with self._units() as store:
            near = await store.group_buys.due(self._clock.now() + REMIND_BEFORE)
        for group_buy in near:
            if not self._calls(group_buy):
                continue
            try:
                await self._attend(group_buy.id)
            except Conflict:
                log.info("timekeeper.race", group_buy=group_buy.id)
            except Unavailable:
                raise
            except Exception:
                log.exception("timekeeper.failed", group_buy=group_buy.id)

    def _calls(self, group_buy: GroupBuy) -> bool:
        """Whether there is something to do; the store knows it too, but would be asked every second."""
        reminded = (group_buy.id, group_buy.cutoff) in self._reminded
        return not reminded or group_buy.due(self._clock.now())

    async def _attend(self, group_buy_id: int) -> None:
        now = self._clock.now()
        async with self._units() as store:
            await store.ledger.book(group_buy_id)  # from here on nobody else changes the room
            near = await store.group_buys.due(now + REMIND_BEFORE)
            group_buy = next((one for one in near if one.id == group_buy_id), None)
            if group_buy is None or group_buy.cutoff is None:
                return
            act = _close if group_buy.due(now) else _remind
            spoke = await act(store, group_buy, group_buy.cutoff, now)
            await store.commit()
        self._reminded.add((group_buy.id, group_buy.cutoff))
        if spoke:
            self._said()


async def _close(store: UnitOfWork, group_buy: GroupBuy, cutoff: datetime, now: datetime) -> bool:  # noqa: ARG001 - as _remind
    room = await store.rooms.of_group_buy(group_buy.id)
    await store.group_buys.save(close(group_buy))
    await store.audit.record(room.id, 0, "close", f"{group_buy.title} at its cutoff", "")
    book = await store.ledger.book(group_buy.id)
    chosen = {member.id: member.pickup for member in await store.members.of_room(room.id)}
    text = CLOSED.format(title=group_buy.title, sums=_sums(group_buy, book, chosen))
    # the leader needs the sums even on a day on which the room's budget is spent
    return await store.replies.announce(room.address, _key("closed", group_buy, cutoff), text, urgent=True)


async def _remind(store: UnitOfWork, group_buy: GroupBuy, cutoff: datetime, now: datetime) -> bool:
    """Not where the whole sale is so short that the offer itself was the reminder."""
    if cutoff - group_buy.opened_at <= REMIND_BEFORE:
        return False
    room: Room = await store.rooms.of_group_buy(group_buy.id)
    text = REMINDER.format(
        title=group_buy.title,
        minutes=math.ceil((cutoff - now).total_seconds() / 60),
        lines=offer_text(group_buy, await store.ledger.book(group_buy.id)),
    )
    return await store.replies.announce(room.address, _key("reminder", group_buy, cutoff), text)


def _key(what: str, group_buy: GroupBuy, cutoff: datetime) -> str:
    """Reopened or put off, it is closed and announced again."""
    return f"{what}:{group_buy.id}:{cutoff:%Y-%m-%dT%H:%M:%S%z}"


def _sums(group_buy: GroupBuy, book: Book, chosen: Mapping[int, str]) -> str:
    if not book.members:
        return NO_ORDERS
    sums = check_sum(book, group_buy.catalogue, group_buy.pickup_points, chosen)
    overview = OVERVIEW.format(members=len(book.members), total=format_yuan(sums.by_member))
    return "\n".join((overview, *by_sku(group_buy, book), check_text(sums)))
