"""Arrived, paid, picked up."""

from collections.abc import Sequence

import sqlalchemy as sa

from shop.fulfilment import Fulfilment
from storage.session import Session
from storage.tables import fulfilments


class SqlFulfilments:
    """Implements bot.repositories.Fulfilments."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of(self, group_buy_id: int) -> tuple[Fulfilment, ...]:
        """All facts, oldest first."""
        rows = await self._session.rows(
            sa.select(fulfilments)
            .where(fulfilments.c.group_buy_id == group_buy_id)
            .order_by(fulfilments.c.id)
        )
        return tuple(
            Fulfilment(
                fact=row.fact,
                member_id=row.member_id,
                sku=row.sku,
                actor_id=row.actor_id or 0,
                message_id=row.message_id,
                time=row.time,
            )
            for row in rows
        )

    async def append(self, group_buy_id: int, facts: Sequence[Fulfilment]) -> None:
        """Keep facts."""
        values = [
            {
                "group_buy_id": group_buy_id,
                "fact": fact.fact,
                "member_id": fact.member_id,
                "sku": fact.sku,
                "actor_id": fact.actor_id or None,
                "message_id": fact.message_id,
                "time": fact.time,
            }
            for fact in facts
        ]
        self._session.add(fulfilments, values)
