"""The leader's review list."""

from collections.abc import Sequence

import sqlalchemy as sa

from shop.review import ReviewItem
from storage.session import Session
from storage.tables import reviews


class SqlReviews:
    """Implements bot.repositories.Reviews. What members wrote is sealed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, room_id: int, item: ReviewItem) -> None:
        """Put a matter on the list."""
        values = {
            "room_id": room_id,
            "group_buy_id": item.group_buy_id,
            "member_id": item.member_id or None,
            "message_id": item.message_id,
            "kind": item.kind,
            "text": self._session.secrets.seal(item.text),
            "opened_at": item.opened_at,
        }
        self._session.add(reviews, [values])

    async def open_of(self, room_id: int) -> Sequence[ReviewItem]:
        """Open matters, oldest first."""
        rows = await self._session.rows(
            sa.select(reviews)
            .where(reviews.c.room_id == room_id, reviews.c.closed_at.is_(None))
            .order_by(reviews.c.id)
        )
        return [
            ReviewItem(
                id=row.id,
                group_buy_id=row.group_buy_id,
                member_id=row.member_id or 0,
                message_id=row.message_id,
                kind=row.kind,
                text=self._session.secrets.open(row.text),
                opened_at=row.opened_at,
            )
            for row in rows
        ]

    async def close(self, item_ids: Sequence[int]) -> None:
        """Take matters off the list."""
        concerned = (reviews.c.id.in_(item_ids), reviews.c.closed_at.is_(None))
        now = self._session.clock.now()
        await self._session.change(sa.update(reviews).where(*concerned).values(closed_at=now))
