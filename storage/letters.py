"""Messages as rows of the inbox: sealed, found by their address."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.model import Address, Incoming
from storage.columns import storable
from storage.payloads import INCOMING
from storage.secrets import Secrets
from storage.tables import inbox


def at_address(address: Address) -> tuple[sa.ColumnElement[bool], ...]:
    """Conditions for the rows of one conversation."""
    return (
        inbox.c.channel == address.channel,
        inbox.c.account == address.account,
        inbox.c.room == address.room,
        inbox.c.private == address.private,
    )


MessageKey = tuple[str, str, str, bool, str]
"""What a message is known by for ever: channel, account, room, private, the network's id of it."""
KEY = (inbox.c.channel, inbox.c.account, inbox.c.room, inbox.c.private, inbox.c.message_id)
"""The columns of a MessageKey."""


def key_of(incoming: Incoming) -> MessageKey:
    """The key of a message as the store gives it back."""
    place = incoming.address
    return (
        storable(place.channel),
        storable(place.account),
        storable(place.room),
        place.private,
        storable(incoming.id),
    )


def accepted_values(incoming: Incoming, secrets: Secrets, now: datetime) -> dict[str, Any]:
    """Columns of a message that was accepted at `now` and is not handled."""
    return {
        "channel": incoming.address.channel,
        "account": incoming.address.account,
        "room": incoming.address.room,
        "private": incoming.address.private,
        "message_id": incoming.id,
        "sender_id": incoming.sender_id,
        "payload": INCOMING.seal(incoming, secrets),
        "accepted_at": now,
        "intent": "",
        "route": "",
    }
