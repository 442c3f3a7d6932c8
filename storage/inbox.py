"""Where messages are written down before anything is done."""

from collections.abc import AsyncIterator

import sqlalchemy as sa

from bot.model import Incoming
from storage.letters import accepted_values, key_of
from storage.payloads import INCOMING
from storage.session import Sessions
from storage.tables import inbox

PAGE = 200


class SqlInbox:
    """Implements bot.ports.InboxStore."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def accept(self, incoming: Incoming) -> bool:
        """Write it down durably; False when it was here before."""
        key = key_of(incoming)
        async with self._sessions() as session:
            session.accept(key, accepted_values(incoming, session.secrets, session.clock.now()))
            return key in await session.commit()

    async def unhandled(self) -> AsyncIterator[Incoming]:
        """Accepted messages that are not marked, in the order of their coming; page by page."""
        last = 0
        while page := await self._page(last):
            for row_id, incoming in page:
                last = row_id
                yield incoming

    async def _page(self, after: int) -> list[tuple[int, Incoming]]:
        query = (
            sa.select(inbox.c.id, inbox.c.payload)
            .where(inbox.c.handled_at.is_(None), inbox.c.id > after, inbox.c.payload != "")
            .order_by(inbox.c.id)
            .limit(PAGE)
        )
        async with self._sessions() as session:
            rows = await session.rows(query)
            return [(row.id, INCOMING.open(row.payload, session.secrets)) for row in rows]
