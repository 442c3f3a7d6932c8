"""Waiting lists of a group-buy."""

from collections.abc import Sequence

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
    """Implements bot.ports.Waiting."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of(self, group_buy_id: int) -> tuple[Wish, ...]:
        """All wishes in the order of their coming."""
        rows = await self._session.rows(WISHES, {"of_group_buy": group_buy_id})
        return tuple(
            Wish(
                member=row.member_id,
                sku=row.sku,
                quantity=row.quantity,
                since=row.since,
                message_id=row.message_id,
            )
            for row in rows
        )

    async def replace(self, group_buy_id: int, wishes: Sequence[Wish]) -> None:
        """Keep exactly these wishes."""
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
