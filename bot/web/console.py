"""The console: live orders, the review list, members and points, the paste box; one room at a time."""

from dataclasses import dataclass
from urllib.parse import quote
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.errors import UserError
from bot.model import Role, Room
from bot.ports import Clock
from bot.web.frame import ROOM, Frame
from bot.web.orders_view import OrdersView, orders_view
from bot.web.ports import Commander, PasteBox, Units
from shop.points import balances
from shop.review import ReviewKind
from shop.sheet import Buyer, SheetKind, sheet_rows

COMMANDS = frozenset({"截单", "重开", "催单"})
"""What the buttons may do; everything else is written in the chat."""

ROLES = {Role.BLOCKED: "已屏蔽", Role.HELPER: "帮手", Role.LEADER: "团长", Role.OPERATOR: "运营"}
KINDS = {
    ReviewKind.UNCLEAR: "没说清",
    ReviewKind.AFTER_CUTOFF: "截单后",
    ReviewKind.OVERWRITTEN: "接龙被改",
    ReviewKind.QUESTION: "要回复",
    ReviewKind.DELISTED: "已下架",
}
NO_GROUP_BUY = "还没有开团。"
THE_CONSOLE = 0
"""As an actor of the audit: nobody in the room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A line of the review list."""

    id: int
    name: str
    kind: str
    text: str
    time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A line of the list of members; `account` is false for one known by name only."""

    name: str
    role: str
    pickup: str
    points: int
    account: bool


class Console:
    """Routes below /console."""

    def __init__(
        self,
        *,
        units: Units,
        clock: Clock,
        command: Commander,
        paste: PasteBox,
        frame: Frame,
    ) -> None:
        self._units = units
        self._clock = clock
        self._command = command
        self._paste = paste
        self._frame = frame

    def routes(self) -> list[web.AbstractRouteDef]:
        """All routes; what changes something is POST, which the guard lets only our own pages do."""
        return [
            web.get("/console", self._first),
            web.get(f"{ROOM}/orders", self._frame.in_room(self._orders)),
            web.get(f"{ROOM}/orders.{{kind:csv|xlsx}}", self._frame.in_room(self._sheet)),
            web.post(f"{ROOM}/command", self._frame.in_room(self._commanded)),
            web.get(f"{ROOM}/review", self._frame.in_room(self._review)),
            web.post(f"{ROOM}/review", self._frame.in_room(self._reviewed)),
            web.get(f"{ROOM}/members", self._frame.in_room(self._members)),
            web.get(f"{ROOM}/paste", self._frame.in_room(self._paste_box)),
            web.post(f"{ROOM}/paste", self._frame.in_room(self._pasted)),
        ]

    async def _first(self, _request: web.Request) -> web.Response:
        rooms = await self._frame.rooms()
        if not rooms:
            return self._frame.empty()
        raise web.HTTPFound(f"/console/rooms/{rooms[0].id}/orders")

    async def _orders(self, request: web.Request, room: Room) -> web.Response:
        return await self._frame.page(request, "orders", room, view=await self._orders_of(room))

    async def _orders_of(self, room: Room) -> OrdersView | None:
        async with self._units() as store:
            group_buy = await store.group_buys.current(room.id)
            if group_buy is None:
                return None
            return orders_view(
                group_buy,
                await store.ledger.events(group_buy.id),
                await store.fulfilments.of(group_buy.id),
                await store.members.of_room(room.id),
                timezone=room.timezone,
                now=self._clock.now(),
            )

    async def _sheet(self, request: web.Request, room: Room) -> web.StreamResponse:
        """The order sheet as a download, with the columns that leaders know."""
        async with self._units() as store:
            group_buy = await store.group_buys.current(room.id)
            if group_buy is None:
                raise web.HTTPNotFound(text=NO_GROUP_BUY)
            rows = sheet_rows(
                group_buy,
                await store.ledger.events(group_buy.id),
                await store.fulfilments.of(group_buy.id),
                {
                    one.id: Buyer(name=one.name, pickup=one.pickup)
                    for one in await store.members.of_room(room.id)
                },
                ZoneInfo(room.timezone),
            )
            name = f"{group_buy.title} 第{group_buy.number}团"
            file = await store.exports.orders(name, rows, SheetKind(request.match_info["kind"]))
            await store.audit.record(room.id, THE_CONSOLE, "export", file.name, "")
            await store.commit()
        named = f"attachment; filename*=UTF-8''{quote(file.name)}"
        return web.FileResponse(file.path, headers={"Content-Disposition": named})

    async def _commanded(self, request: web.Request, room: Room) -> web.Response:
        text = str((await request.post()).get("text", ""))
        if text not in COMMANDS:
            raise web.HTTPBadRequest(text="没有这个按钮。")
        await self._command(room, text)
        return await self._orders(request, room)

    async def _review(self, request: web.Request, room: Room) -> web.Response:
        """The open matters, the oldest first."""
        async with self._units() as store:
            items = await store.reviews.open_of(room.id)
            names = {one.id: one.name for one in await store.members.of_room(room.id)}
        zone = ZoneInfo(room.timezone)
        matters = [
            Matter(
                id=item.id,
                name=names.get(item.member_id, ""),
                kind=KINDS[item.kind],
                text=item.text,
                time=f"{item.opened_at.astimezone(zone):%m-%d %H:%M}",
            )
            for item in items
        ]
        return await self._frame.page(request, "review", room, matters=matters)

    async def _reviewed(self, request: web.Request, room: Room) -> web.Response:
        """Take matters off the list; only those that are on this room's."""
        chosen = {
            int(str(number)) for number in (await request.post()).getall("id", []) if str(number).isdecimal()
        }
        async with self._units() as store:
            done = [item.id for item in await store.reviews.open_of(room.id) if item.id in chosen]
            await store.reviews.close(done)
            await store.audit.record(room.id, THE_CONSOLE, "clear_review", f"{len(done)}", "")
            await store.commit()
        return await self._review(request, room)

    async def _members(self, request: web.Request, room: Room) -> web.Response:
        async with self._units() as store:
            everybody = await store.members.of_room(room.id)
            points = balances(await store.points.of_room(room.id))
        people = [
            Person(
                name=one.name,
                role=ROLES.get(one.role, ""),
                pickup=one.pickup,
                points=points.get(one.id, 0),
                account=bool(one.account_id),
            )
            for one in everybody
        ]
        people.sort(key=lambda person: -person.points)
        return await self._frame.page(request, "members", room, people=people)

    async def _paste_box(self, request: web.Request, room: Room) -> web.Response:
        return await self._frame.page(request, "paste", room, pasted=None, problem="", text="")

    async def _pasted(self, request: web.Request, room: Room) -> web.Response:
        text = str((await request.post()).get("text", ""))
        try:
            pasted = await self._paste(room, text)
        except UserError as error:
            return await self._frame.page(
                request, "paste", room, pasted=None, problem=error.message, text=text
            )
        return await self._frame.page(request, "paste", room, pasted=pasted, problem="", text=text)
