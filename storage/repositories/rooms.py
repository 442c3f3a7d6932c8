"""Rooms by address."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot.model import Address, Room
from storage.session import Session
from storage.tables import group_buys, rooms


class SqlRooms:
    """Implements bot.repositories.Rooms. An address keeps its id: a room once read stays known."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def seen(self, address: Address) -> Room:
        """The room of the address, made when it is new."""
        room = self._session.addresses.get(address)
        if room is None:
            room = await self._read(address) or await self._made(address)
            self._session.addresses.put(address, room)
        return room

    async def all(self) -> Sequence[Room]:
        """Every room that was ever seen, without private chats, oldest first."""
        found = await self._session.rows(
            sa.select(rooms).where(rooms.c.private.is_(sa.false())).order_by(rooms.c.id)
        )
        return [_room(row) for row in found]

    async def of_group_buy(self, group_buy_id: int) -> Room:
        """The room of a group-buy; LookupError where there is no such group-buy."""
        row = await self._session.first(
            sa.select(rooms).join(group_buys).where(group_buys.c.id == group_buy_id)
        )
        if row is None:
            raise LookupError(f"no group-buy {group_buy_id}")
        return _room(row)

    async def _read(self, address: Address) -> Room | None:
        row = await self._session.first(
            sa.select(rooms.c.id, rooms.c.title, rooms.c.timezone).where(
                rooms.c.channel == address.channel,
                rooms.c.account == address.account,
                rooms.c.room == address.room,
                rooms.c.private == address.private,
            )
        )
        if row is None:
            return None
        return Room(id=row.id, address=address, title=row.title, timezone=row.timezone)

    async def _made(self, address: Address) -> Room:
        values = {
            "channel": address.channel,
            "account": address.account,
            "room": address.room,
            "private": address.private,
            "title": "",
            "timezone": self._session.timezone,
            "revision": 0,
        }
        await self._session.insert_new(rooms, values)
        room = await self._read(address)
        assert room is not None  # noqa: S101 - it was added just now, by us or by somebody faster
        return room


def _room(row: sa.Row[Any]) -> Room:
    address = Address(channel=row.channel, account=row.account, room=row.room, private=row.private)
    return Room(id=row.id, address=address, title=row.title, timezone=row.timezone)
