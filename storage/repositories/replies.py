"""The outbox as a unit of work sees it."""

from collections.abc import Sequence
from typing import Any

from bot.model import Address, Incoming, Outgoing, Reply
from storage.delivery import Delivery
from storage.payloads import OUTGOING
from storage.session import Session
from storage.tables import outbox


class SqlReplies:
    """Implements bot.repositories.Replies. The text is sealed: it may repeat an address."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def put(self, incoming: Incoming, replies: Sequence[Reply]) -> None:
        """Keep what must be said because of a message; the same message never twice."""
        for number, reply in enumerate(replies, start=1):
            self._session.reply(self._values(_outgoing(incoming, reply, number)))

    async def announce(self, address: Address, key: str, text: str, *, urgent: bool = False) -> bool:
        """Keep what is said to a room unasked, once for a key; False when it was kept before."""
        outgoing = Outgoing(key=f"unasked:{address}:{key}", address=address, text=text, urgent=urgent)
        return await self._session.insert_new(outbox, self._values(outgoing))

    def _values(self, outgoing: Outgoing) -> dict[str, Any]:
        now = self._session.clock.now()
        return {
            "key": outgoing.key,
            "channel": outgoing.address.channel,
            "account": outgoing.address.account,
            "room": outgoing.address.room,
            "private": outgoing.address.private,
            "payload": OUTGOING.seal(outgoing, self._session.secrets),
            "state": Delivery.WAITING,
            "not_before": now,
            "created_at": now,
            "attempts": 0,
            "sent_as": "",
            "reason": "",
        }


def _outgoing(incoming: Incoming, reply: Reply, number: int) -> Outgoing:
    return Outgoing(
        key=f"{incoming.address}:{incoming.id}:{number}",
        address=incoming.address,
        text=reply.text,
        answers=(incoming.id,),
        mentions=(reply.to,) if reply.to else (),
        attachments=reply.attachments,
        recipient=incoming.sender_id if reply.private else "",
        urgent=reply.urgent,
    )
