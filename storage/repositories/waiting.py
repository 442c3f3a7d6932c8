"""Waiting lists of a group-buy."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from shop.waiting import Wish
from storage.session import Session
from storage.tables import waiting_wishes

WISHES = (
    sa.select(waiting_wishes)
    .where(waiting_wishes.c.group_buy_id == sa.bindparam("of_group_buy"))
    .order_by(waiting_wishes.c.position)
)


class SqlWaiting:
    """Implements bot.repositories.Waiting."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of(self, group_buy_id: int) -> tuple[Wish, ...]:
        """All wishes in the order of their coming."""
        room_id = await self._session.home(group_buy_id)
        room = await self._session.room(room_id)
        wishes = room.wishes.get(group_buy_id)
        if wishes is None:
            rows = await self._session.rows(WISHES, {"of_group_buy": group_buy_id})
            wishes = tuple(map(_wish, rows))
            self._session.keep(room_id, room.with_wishes(group_buy_id, wishes))
        return wishes

    async def replace(self, group_buy_id: int, wishes: Sequence[Wish]) -> None:
        """Keep exactly these wishes."""
        room_id = await self._session.home(group_buy_id)
        room = await self._session.room(room_id)
        of_this = waiting_wishes.c.group_buy_id == group_buy_id
        await self._session.change(sa.delete(waiting_wishes).where(of_this))
        values = [
            {
                "group_buy_id": group_buy_id,
                "position": position,
                "member_id": wish.member,
                "sku": wish.sku,
                "quantity": wish.quantity,
                "since": wish.since,
                "message_id": wish.message_id,
            }
            for position, wish in enumerate(wishes)
        ]
        await self._session.insert_all(waiting_wishes, values)
        self._session.touch(room_id, room.with_wishes(group_buy_id, tuple(wishes)))


def _wish(row: sa.Row[Any]) -> Wish:
    return Wish(
        member=row.member_id,
        sku=row.sku,
        quantity=row.quantity,
        since=row.since,
        message_id=row.message_id,
    )
