"""Messages as rows of the inbox: sealed, found by their address."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.model import Address, Incoming
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


THIS_MESSAGE = (
    inbox.c.channel == sa.bindparam("this_channel"),
    inbox.c.account == sa.bindparam("this_account"),
    inbox.c.room == sa.bindparam("this_room"),
    inbox.c.private == sa.bindparam("this_private"),
    inbox.c.message_id == sa.bindparam("this_id"),
)
"""Conditions for the row of one message; `this_message` gives their values."""


def this_message(incoming: Incoming) -> dict[str, Any]:
    """The values of the conditions THIS_MESSAGE."""
    return {
        "this_channel": incoming.address.channel,
        "this_account": incoming.address.account,
        "this_room": incoming.address.room,
        "this_private": incoming.address.private,
        "this_id": incoming.id,
    }


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
