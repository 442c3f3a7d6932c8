"""What became of an outgoing message."""

from enum import StrEnum


class Delivery(StrEnum):
    """The states of a row in the outbox; `held` ones wait for a budget, not for a time."""

    WAITING = "waiting"
    SENT = "sent"
    HELD = "held"
    GIVEN_UP = "given_up"
