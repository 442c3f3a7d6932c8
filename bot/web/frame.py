"""What all pages of the console share: the rooms at the side, one of them chosen, parts for htmx."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from aiohttp import web

from bot.model import Address, Room
from bot.web.pages import Pages
from bot.web.ports import Units

ROOM = "/console/rooms/{room:[0-9]{1,12}}"
Show = Callable[[web.Request, Room], Awaitable[web.StreamResponse]]


class Frame:
    """`titles` name rooms for people where the store has only their ids."""

    def __init__(self, *, units: Units, pages: Pages, titles: Mapping[Address, str]) -> None:
        self._units = units
        self._pages = pages
        self._titles = titles

    def in_room(self, show: Show) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """Find the room of the address first."""

        async def shown(request: web.Request) -> web.StreamResponse:
            wanted = int(request.match_info["room"])
            room = next((room for room in await self.rooms() if room.id == wanted), None)
            if room is None:
                raise web.HTTPNotFound(text="没有这个群。")
            return await show(request, room)

        return shown

    async def rooms(self) -> Sequence[Room]:
        """All rooms that were ever seen."""
        async with self._units() as store:
            return await store.rooms.all()

    def empty(self) -> web.Response:
        """The page where there is no room yet."""
        return self._pages.show("console/empty.html", rooms=[], room=None, tab="")

    def part(self, name: str, **values: Any) -> web.Response:
        """A part of a page, for htmx."""
        return self._pages.show(f"console/_{name}.html", **values)

    async def page(self, request: web.Request, name: str, room: Room, **values: Any) -> web.Response:
        """The whole page, or only its part for htmx."""
        if "HX-Request" in request.headers:
            return self.part(name, room=room, **values)
        rooms = [(one, self._title(one)) for one in await self.rooms()]
        return self._pages.show(f"console/{name}.html", rooms=rooms, room=room, tab=name, **values)

    def _title(self, room: Room) -> str:
        return self._titles.get(room.address) or room.title or room.address.room
