"""Where messages are written down before anything is done."""

from collections.abc import AsyncIterator, Sequence

import sqlalchemy as sa

from bot.model import Incoming
from storage.letters import MessageKey, accepted_values, key_of
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
        (new,) = await self.accept_all([incoming])
        return new

    async def accept_all(self, messages: Sequence[Incoming]) -> Sequence[bool]:
        """What `accept` says of each, in one commit; of two that are the same the first counts."""
        async with self._sessions() as session:
            now = session.clock.now()
            for incoming in reversed(messages):
                session.accept(key_of(incoming), accepted_values(incoming, session.secrets, now))
            new = set(await session.commit())
        return [_taken(new, key_of(incoming)) for incoming in messages]

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


def _taken(keys: set[MessageKey], key: MessageKey) -> bool:
    """Whether it is among them, for the first who asks."""
    found = key in keys
    keys.discard(key)
    return found
