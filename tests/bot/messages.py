"""Messages for the tests of the way of a message."""

from datetime import UTC, datetime

from bot.model import Address, Incoming

ROOM = Address(channel="test", account="bot", room="r1")
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def said(text: str, *, key: str = "m1", room: str = "r1", sender: str = "wx_1") -> Incoming:
    """A message of a member in a room."""
    return Incoming(
        id=key,
        address=Address(channel="test", account="bot", room=room),
        sender_id=sender,
        sender_name=f"名{sender}",
        text=text,
        time=NOON,
    )
