"""Tells leaders from when to when a channel heard nothing, so that they paste what was said meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import structlog

from bot.errors import Unavailable
from bot.model import Gap, Role, Room
from bot.ports import UnitOfWork
from shop.groupbuy import GroupBuy, Phase

log = structlog.get_logger(__name__)
QUIET_SECONDS = 300.0
"""After a notice; gaps that follow sooner are told as one."""
RETRY_SECONDS = 2.0
NOTICE = (
    "【{title}】{since} 到 {until} 我断线了，群里说的我没收到。"
    "请把这段聊天记录粘贴到网页后台的粘贴框，或在群里重发最新的接龙，我来补记。"
)


class GapTeller:
    """Watches one channel's gaps. `said` is called when something waits in the outbox."""

    def __init__(
        self,
        *,
        units: Callable[[], UnitOfWork],
        said: Callable[[], None] = lambda: None,
        quiet_seconds: float = QUIET_SECONDS,
    ) -> None:
        self._units = units
        self._said = said
        self._quiet_seconds = quiet_seconds
        self._waiting: asyncio.Queue[Gap] = asyncio.Queue()

    async def run(self, gaps: AsyncIterator[Gap]) -> None:
        """Tell gaps until cancelled; the first at once, those that follow closely together."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._collect(gaps))
            while True:
                waiting = [await self._waiting.get()]
                while not self._waiting.empty():
                    waiting.append(self._waiting.get_nowait())
                for gap in merged(waiting):
                    await self._surely(gap)
                await asyncio.sleep(self._quiet_seconds)

    async def tell(self, gap: Gap) -> bool:
        """Tell the leaders of all rooms that sold something during the gap; whether anybody was told."""
        async with self._units() as store:
            rooms = [room for room in await store.rooms.all() if _concerns(gap, room)]
            told = [await self._tell_room(store, gap, room) for room in rooms]
            await store.commit()
        return any(told)

    async def _collect(self, gaps: AsyncIterator[Gap]) -> None:
        async for gap in gaps:
            self._waiting.put_nowait(gap)

    async def _surely(self, gap: Gap) -> None:
        while True:
            try:
                if await self.tell(gap):
                    self._said()
            except Unavailable as error:
                log.warning("gaps.away", error=str(error))
                await asyncio.sleep(RETRY_SECONDS)
            else:
                return

    async def _tell_room(self, store: UnitOfWork, gap: Gap, room: Room) -> bool:
        group_buy = await store.group_buys.current(room.id)
        if group_buy is None or not _sold_during(group_buy, gap):
            return False
        text = _notice(group_buy, gap, room)
        key = f"gap:{room.id}:{gap.since.isoformat()}"
        leaders = [member for member in await store.members.of_room(room.id) if member.role >= Role.LEADER]
        accounts = [leader.account_id for leader in leaders if leader.account_id]
        private = [replace(room.address, room=account, private=True) for account in accounts]
        told = [
            await store.replies.announce(address, key, text, urgent=True)
            for address in private or [room.address]
        ]
        return any(told)


def merged(gaps: Sequence[Gap]) -> list[Gap]:
    """One gap an account, from the first beginning to the last end."""
    found: dict[tuple[str, str], Gap] = {}
    for gap in gaps:
        key = (gap.channel, gap.account)
        known = found.get(key, gap)
        found[key] = replace(gap, since=min(known.since, gap.since), until=max(known.until, gap.until))
    return list(found.values())


def _concerns(gap: Gap, room: Room) -> bool:
    return (room.address.channel, room.address.account) == (gap.channel, gap.account)


def _sold_during(group_buy: GroupBuy, gap: Gap) -> bool:
    """Open at some time of the gap, as far as is known: closed by hand is closed for good."""
    if group_buy.opened_at > gap.until:
        return False
    if group_buy.cutoff is not None:
        return group_buy.cutoff > gap.since
    return group_buy.phase is Phase.OPEN


def _notice(group_buy: GroupBuy, gap: Gap, room: Room) -> str:
    zone = ZoneInfo(room.timezone)
    since, until = gap.since.astimezone(zone), gap.until.astimezone(zone)
    form = "%H:%M:%S" if since.date() == until.date() else "%m-%d %H:%M"
    return NOTICE.format(title=group_buy.title, since=since.strftime(form), until=until.strftime(form))
