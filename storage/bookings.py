"""What the last messages of a ledger booked."""

from collections import Counter
from collections.abc import Sequence

from bot.understanding import Booked
from shop.book import OrderEvent


def last_bookings(events: Sequence[OrderEvent], limit: int) -> tuple[Booked, ...]:
    """Net gains by message and member, latest first; what was undone was not booked.

    Walks back from the end and stops as soon as enough messages are complete: a message's events
    stand together, since they are appended together, and an undo stands behind what it undoes.
    """
    undone: set[int | None] = set()
    found: list[Booked] = []
    nets: dict[tuple[str, int], Counter[str]] = {}
    batch = None
    for event in reversed(events):
        if event.batch != batch:
            found += _gains(nets)
            nets, batch = {}, event.batch
            if len(found) >= limit:
                break
        undone.add(event.undoes)
        if event.seq not in undone:
            nets.setdefault((event.message_id, event.member), Counter())[event.sku] += event.delta
    return tuple((found + _gains(nets))[:limit])


def _gains(nets: dict[tuple[str, int], Counter[str]]) -> list[Booked]:
    """Lines above zero, in the order in which the message named them."""
    booked = (
        Booked(
            message_id=message,
            member=member,
            lines={sku: units for sku, units in reversed(net.items()) if units > 0},
        )
        for (message, member), net in nets.items()
    )
    return [one for one in booked if one.lines]
