"""The inbox as a unit of work sees it."""

import sqlalchemy as sa

from bot.model import Address, Incoming
from bot.understanding import Understanding
from storage.letters import accepted_values, at_address, key_of
from storage.news import Mark
from storage.payloads import INCOMING
from storage.session import Session
from storage.tables import inbox


class SqlMarks:
    """Implements bot.repositories.Marks."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def handled(self, incoming: Incoming, understanding: Understanding | None, route: str) -> None:
        """Mark the message as done; the commit raises AlreadyHandled when it is marked already."""
        now, key = self._session.clock.now(), key_of(incoming)
        mark = Mark(
            key=key,
            row=self._session.letter(key),
            handled_at=now,
            intent=understanding.intent.value if understanding else "",
            route=route,
            accepted=lambda: accepted_values(incoming, self._session.secrets, now),
        )
        self._session.mark(mark)

    async def text_of(self, address: Address, message_id: str) -> tuple[str, str] | None:
        """Sender name and text of an earlier message of the conversation."""
        row = await self._session.first(
            sa.select(inbox.c.payload).where(*at_address(address), inbox.c.message_id == message_id)
        )
        if row is None or not row.payload:
            return None
        said = INCOMING.open(row.payload, self._session.secrets)
        return said.sender_name, said.text
