"""Replies that were committed and wait to be sent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.model import Address, Backlog, Outgoing
from storage.columns import UtcTime
from storage.delivery import Delivery
from storage.news import Sent
from storage.payloads import OUTGOING
from storage.session import Sessions
from storage.tables import outbox

PAGE = 500
# literally, and not in the order of the ids alone: else databases read the whole table instead of its index
WAITS = outbox.c.state == sa.literal(Delivery.WAITING, outbox.c.state.type, literal_execute=True)
DUE = (
    sa.select(outbox.c.payload, outbox.c.attempts)
    # what was never tried waits for nothing: the clock may have gone back since it was written
    .where(WAITS, sa.or_(outbox.c.not_before <= sa.bindparam("at"), outbox.c.attempts == 0))
    .order_by(outbox.c.id + 0)
    .limit(PAGE)
)
WAITING = sa.select(
    sa.func.count().label("number"), sa.func.min(outbox.c.created_at, type_=UtcTime).label("oldest")
).where(WAITS)
GIVEN_UP = sa.select(sa.func.count().label("number")).where(outbox.c.state == Delivery.GIVEN_UP)


class SqlOutbox:
    """Implements bot.ports.OutboxStore."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def due(self, now: datetime) -> Sequence[Outgoing]:
        """Unsent ones that may be tried now, oldest first."""
        async with self._sessions() as session:
            rows = await session.rows(DUE, {"at": now})
            waiting = ((OUTGOING.open(row.payload, session.secrets), row.attempts) for row in rows)
            return [replace(outgoing, attempts=attempts) for outgoing, attempts in waiting]

    async def sent_since(self, address: Address, since: datetime) -> int:
        """How many went out to the conversation; those that were merged count as one."""
        query = sa.select(sa.func.count(outbox.c.sent_as.distinct()).label("sent")).where(
            outbox.c.channel == address.channel,
            outbox.c.account == address.account,
            outbox.c.room == address.room,
            outbox.c.private == address.private,
            outbox.c.sent_at >= since,
        )
        async with self._sessions() as session:
            return int((await session.rows(query))[0].sent)

    async def backlog(self) -> Backlog:
        """What waits and what was given up."""
        async with self._sessions() as session:
            waiting = (await session.rows(WAITING))[0]
            given_up = (await session.rows(GIVEN_UP))[0].number
        return Backlog(waiting=waiting.number, oldest=waiting.oldest, given_up=given_up)

    async def sent(self, keys: Sequence[str], now: datetime) -> None:
        """They went out."""
        if keys:
            async with self._sessions() as session:
                session.sent(Sent(keys=tuple(keys), at=now))
                await session.commit()

    async def retry(self, key: str, at: datetime) -> None:
        """Try it again later."""
        await self._change([key], not_before=at, attempts=outbox.c.attempts + 1)

    async def give_up(self, key: str, reason: str) -> None:
        """Never try it again, and show it to the leader."""
        await self._change([key], state=Delivery.GIVEN_UP, reason=reason)

    async def _change(self, keys: Sequence[str], **values: Any) -> None:
        async with self._sessions() as session:
            await session.change(sa.update(outbox).where(outbox.c.key.in_(keys)).values(**values))
            await session.commit()
