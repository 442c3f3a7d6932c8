"""Points and check-ins of a room's members."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from shop.points import PointsEvent
from storage.session import Session
from storage.tables import check_ins, points_events


class SqlPoints:
    """Implements bot.repositories.Points."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of_room(self, room_id: int) -> tuple[PointsEvent, ...]:
        """All events, oldest first."""
        rows = await self._session.rows(
            sa.select(points_events).where(points_events.c.room_id == room_id).order_by(points_events.c.id)
        )
        return tuple(
            PointsEvent(
                member=row.member_id,
                delta=row.delta,
                kind=row.kind,
                time=row.time,
                actor=row.actor_id or 0,
                message_id=row.message_id,
                reason=row.reason,
            )
            for row in rows
        )

    async def append(self, room_id: int, events: Sequence[PointsEvent]) -> None:
        """Keep events."""
        values = [
            {
                "room_id": room_id,
                "member_id": event.member,
                "delta": event.delta,
                "kind": event.kind,
                "time": event.time,
                "actor_id": event.actor or None,
                "message_id": event.message_id,
                "reason": event.reason,
            }
            for event in events
        ]
        self._session.add(points_events, values)

    async def checkins(self, member_id: int) -> frozenset[date]:
        """Days, in the room's zone, on which the member checked in."""
        rows = await self._session.rows(sa.select(check_ins.c.day).where(check_ins.c.member_id == member_id))
        return frozenset(row.day for row in rows)

    async def check_in(self, member_id: int, day: date, message_id: str) -> bool:
        """Mark a day; False when it is marked already."""
        values = {"member_id": member_id, "day": day, "message_id": message_id}
        return await self._session.insert_new(check_ins, values)
