"""The order book's events; only ever appended."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from bot.understanding import Booked
from shop.book import Book, DraftEvent, OrderEvent
from storage.kept import Folded
from storage.session import Session
from storage.tables import group_buys, order_event_spans, order_events

SAME_EVENT = sa.and_(
    order_event_spans.c.group_buy_id == order_events.c.group_buy_id,
    order_event_spans.c.seq == order_events.c.seq,
)
EVENTS = (
    sa.select(order_events, order_event_spans.c.start, order_event_spans.c.stop)
    .join(order_event_spans, SAME_EVENT, isouter=True)
    .order_by(order_events.c.group_buy_id, order_events.c.seq, order_event_spans.c.position)
)

NEWER = EVENTS.where(
    order_events.c.group_buy_id == sa.bindparam("of_group_buy"),
    order_events.c.seq > sa.bindparam("last_seq"),
)


class SqlLedger:
    """Implements bot.repositories.Ledger. Only events newer than those that are kept are read."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def book(self, group_buy_id: int) -> Book:
        """The fold of all its events."""
        return (await self._folded(group_buy_id)).book

    async def append(self, group_buy_id: int, drafts: Sequence[DraftEvent]) -> tuple[OrderEvent, ...]:
        """Number and keep events; raises Conflict when somebody else appended since `book` was read."""
        before = await self._folded(group_buy_id)
        first = before.book.last_seq + 1
        new = tuple(OrderEvent.of(draft, seq) for seq, draft in enumerate(drafts, start=first))
        if not new:
            return ()
        book = before.book.with_events(new)
        self._session.add(order_events, (_values(group_buy_id, event) for event in new))
        self._session.add(
            order_event_spans, (span for event in new for span in _span_values(group_buy_id, event))
        )
        self._session.ledgers.put(group_buy_id, Folded(events=(*before.events, *new), book=book))
        room_id = await self._session.home(group_buy_id)
        room = await self._session.room(room_id)
        self._session.touch(room_id, room.with_ledger(group_buy_id, book.last_seq))
        return new

    async def events(self, group_buy_id: int) -> tuple[OrderEvent, ...]:
        """All events, oldest first."""
        return (await self._folded(group_buy_id)).events

    async def recent(self, group_buy_id: int, limit: int) -> tuple[Booked, ...]:
        """What the last messages booked, net, latest first; those without net gain are left out."""
        return (await self._folded(group_buy_id)).recent(limit)

    async def by_message(self, room_id: int, message_id: str) -> tuple[OrderEvent, ...]:
        """Events that this message of the room caused."""
        return _events(
            await self._session.rows(
                EVENTS.join(group_buys, group_buys.c.id == order_events.c.group_buy_id).where(
                    group_buys.c.room_id == room_id, order_events.c.message_id == message_id
                )
            )
        )

    async def history(self, room_id: int, *, before: int) -> Sequence[Book]:
        """Books of the room's earlier group-buys, latest first; `before` is a group-buy id."""
        earlier = await self._session.rows(
            sa.select(group_buys.c.id)
            .where(group_buys.c.room_id == room_id, group_buys.c.id < before)
            .order_by(group_buys.c.id.desc())
        )
        return [await self.book(row.id) for row in earlier]

    async def _folded(self, group_buy_id: int) -> Folded:
        room_id = await self._session.home(group_buy_id)
        room = await self._session.room(room_id)
        kept = self._session.ledgers.get(group_buy_id) or Folded()
        if room.ledgers.get(group_buy_id) == kept.book.last_seq:
            return kept
        since = {"of_group_buy": group_buy_id, "last_seq": kept.book.last_seq}
        new = _events(await self._session.rows(NEWER, since))
        folded = Folded(events=kept.events + new, book=kept.book.with_events(new)) if new else kept
        self._session.ledgers.put(group_buy_id, folded)
        self._session.keep(room_id, room.with_ledger(group_buy_id, folded.book.last_seq))
        return folded


def _values(group_buy_id: int, event: OrderEvent) -> dict[str, Any]:
    return {
        "group_buy_id": group_buy_id,
        "seq": event.seq,
        "member_id": event.member,
        "sku": event.sku,
        "delta": event.delta,
        "kind": event.kind,
        "actor_id": event.actor or None,
        "message_id": event.message_id,
        "batch": event.batch,
        "time": event.time,
        "reason": event.reason,
        "undoes": event.undoes,
    }


def _span_values(group_buy_id: int, event: OrderEvent) -> Iterable[dict[str, int]]:
    for position, (start, stop) in enumerate(event.spans):
        place = {"group_buy_id": group_buy_id, "seq": event.seq, "position": position}
        yield {**place, "start": start, "stop": stop}


def _events(rows: Sequence[sa.Row[Any]]) -> tuple[OrderEvent, ...]:
    """One event for the rows of each, a row for each of its spans."""
    return tuple(_event(list(group)) for _, group in groupby(rows, key=lambda row: row.id))


def _event(rows: Sequence[sa.Row[Any]]) -> OrderEvent:
    row = rows[0]
    return OrderEvent(
        seq=row.seq,
        member=row.member_id,
        sku=row.sku,
        delta=row.delta,
        kind=row.kind,
        actor=row.actor_id or 0,
        message_id=row.message_id,
        batch=row.batch,
        time=row.time,
        spans=tuple((one.start, one.stop) for one in rows if one.start is not None),
        reason=row.reason,
        undoes=row.undoes,
    )
