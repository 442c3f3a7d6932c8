"""The inbox as a unit of work sees it."""

import sqlalchemy as sa

from bot.errors import AlreadyHandled
from bot.model import Address, Incoming
from bot.understanding import Understanding
from storage.letters import THIS_MESSAGE, accepted_values, at_address, this_message
from storage.payloads import INCOMING
from storage.session import Session
from storage.tables import inbox

MARK = (
    sa.update(inbox)
    .where(*THIS_MESSAGE, inbox.c.handled_at.is_(None))
    .values({name: sa.bindparam(name) for name in ("handled_at", "intent", "route")})
)


class SqlMarks:
    """Implements bot.ports.Marks."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def handled(self, incoming: Incoming, understanding: Understanding | None, route: str) -> None:
        """Mark the message as done; raises AlreadyHandled when it is marked already."""
        mark = {
            "handled_at": self._session.clock.now(),
            "intent": understanding.intent.value if understanding else "",
            "route": route,
        }
        if await self._session.change(MARK, {**mark, **this_message(incoming)}):
            return
        # not written down before, as when a channel is tried out without an inbox; or marked
        values = {**accepted_values(incoming, self._session.secrets, self._session.clock.now()), **mark}
        if not await self._session.insert_new(inbox, values):
            raise AlreadyHandled(f"{incoming.address} {incoming.id}")

    async def text_of(self, address: Address, message_id: str) -> tuple[str, str] | None:
        """Sender name and text of an earlier message of the conversation."""
        row = await self._session.first(
            sa.select(inbox.c.payload).where(*at_address(address), inbox.c.message_id == message_id)
        )
        if row is None or not row.payload:
            return None
        said = INCOMING.open(row.payload, self._session.secrets)
        return said.sender_name, said.text
