"""The console's FAQ page: entries, how they fare, what is wrong with them; a question tried out; misses."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.model import Room
from bot.ports import Clock
from bot.web.frame import ROOM, Frame
from bot.web.ports import FaqBoard, FaqEntry, FaqMisses, Units
from shop.inquiry import EntryUse

SHOWN, SHOWN_GROUPS, SHOWN_VERSIONS = 200, 15, 8
MISSED_DAYS = 30
LONGEST = 300
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the table: an entry and how it fared; `last_hit` "" for never."""

    entry: FaqEntry
    use: EntryUse
    last_hit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which rows are shown, in which order: words looked for, `order` a key of ORDERS."""

    words: str = ""
    order: str = "file"
    faulty: bool = False


ORDERS: Mapping[str, Callable[[Sequence[Row]], Sequence[Row]]] = {
    "file": lambda rows: rows,
    "hits": lambda rows: sorted(rows, key=lambda row: -row.use.hits),
    "misses": lambda rows: sorted(rows, key=lambda row: -row.use.misses),
    "useless": lambda rows: sorted(rows, key=lambda row: -row.use.useless),
    "oldest": lambda rows: sorted(rows, key=lambda row: row.use.last_hit or LONG_AGO),
}


class FaqPage:
    """Routes below /console/rooms/N/faq. The files are edited, not this page: a link opens their line."""

    def __init__(self, *, units: Units, clock: Clock, board: FaqBoard, frame: Frame) -> None:
        self._units = units
        self._clock = clock
        self._board = board
        self._frame = frame

    def routes(self) -> list[web.AbstractRouteDef]:
        """All routes; none changes anything."""
        return [
            web.get(f"{ROOM}/faq", self._frame.in_room(self._page)),
            web.get(f"{ROOM}/faq/entries", self._frame.in_room(self._entries)),
            web.get(f"{ROOM}/faq/try", self._frame.in_room(self._tried)),
        ]

    async def _page(self, request: web.Request, room: Room) -> web.Response:
        rows = await self._rows(room)
        versions = list(reversed(self._board.versions()))[:SHOWN_VERSIONS]
        zone = ZoneInfo(room.timezone)
        return await self._frame.page(
            request,
            "faq",
            room,
            trouble=self._board.trouble(),
            misses=await self._misses(),
            shown_groups=SHOWN_GROUPS,
            days=MISSED_DAYS,
            versions=[(one, f"{one.time.astimezone(zone):%m-%d %H:%M}") for one in versions],
            **_table(rows, Wanted()),
        )

    async def _entries(self, request: web.Request, room: Room) -> web.Response:
        """The table alone, as it is wanted."""
        query = request.query
        order = query.get("order", "file")
        wanted = Wanted(
            words=query.get("words", "").strip()[:LONGEST].casefold(),
            order=order if order in ORDERS else "file",
            faulty="faulty" in query,
        )
        return self._frame.part("faq_entries", room=room, **_table(await self._rows(room), wanted))

    async def _tried(self, request: web.Request, room: Room) -> web.Response:
        question = request.query.get("question", "").strip()[:LONGEST]
        if not question:
            return self._frame.part("faq_trial", trial=None)
        async with self._units() as store:
            group_buy = await store.group_buys.current(room.id)
        trial = await asyncio.to_thread(
            self._board.tried,
            question,
            room=room.address.room,
            group_buy=group_buy.title if group_buy else "",
            leader="leader" in request.query,
        )
        return self._frame.part("faq_trial", trial=trial)

    async def _rows(self, room: Room) -> Sequence[Row]:
        async with self._units() as store:
            uses = {use.entry: use for use in await store.inquiries.uses()}
        zone = ZoneInfo(room.timezone)
        return [
            _row(entry, uses.get(entry.id, EntryUse(entry=entry.id)), zone)
            for entry in await asyncio.to_thread(self._board.entries)
        ]

    async def _misses(self) -> FaqMisses:
        async with self._units() as store:
            kept = await store.inquiries.unanswered(self._clock.now() - timedelta(days=MISSED_DAYS))
        return await asyncio.to_thread(self._board.misses, kept)


def _row(entry: FaqEntry, use: EntryUse, zone: ZoneInfo) -> Row:
    last = f"{use.last_hit.astimezone(zone):%m-%d %H:%M}" if use.last_hit else ""
    return Row(entry=entry, use=use, last_hit=last)


def _table(rows: Sequence[Row], wanted: Wanted) -> dict[str, object]:
    """What the table's template needs; of many rows the first are shown."""
    fitting = [row for row in rows if _fits(row, wanted)]
    shown = ORDERS[wanted.order](fitting)[:SHOWN]
    return {"rows": shown, "fitting": len(fitting), "total": len(rows)}


def _fits(row: Row, wanted: Wanted) -> bool:
    entry = row.entry
    if wanted.faulty and not entry.findings:
        return False
    written = "\n".join((entry.id, entry.title, *entry.questions)).casefold()
    return wanted.words in written
