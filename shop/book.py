"""The order book of a group-buy: an append-only ledger of events and its fold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum

from bot.model import Span
from shop.catalogue import Catalogue
from shop.money import Fen


class EventKind(StrEnum):
    """Why a quantity changed."""

    ADD = "add"
    SET = "set"
    SUBTRACT = "subtract"
    DROP = "drop"
    SWAP = "swap"
    UNDO = "undo"
    PROMOTE = "promote"  # a freed unit went to the head of the waiting list
    SHORTAGE = "shortage"  # fewer units arrived than were ordered


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftEvent:
    """`delta` units of `sku` (its code) for `member`, at the hand of `actor`.

    `batch` is shared by all events of one message; `spans` are the characters of the message
    it came from; `undoes` is the `seq` of the event taken back.
    """

    member: int
    sku: str
    delta: int
    kind: EventKind
    actor: int
    message_id: str
    batch: str
    time: datetime
    spans: tuple[Span, ...] = ()
    reason: str = ""
    undoes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEvent(DraftEvent):
    """An event that stands in the ledger; `seq` grows along it."""

    seq: int

    @classmethod
    def of(cls, draft: DraftEvent, seq: int) -> OrderEvent:
        """Give a decided event its place in the ledger."""
        values = {one.name: getattr(draft, one.name) for one in fields(DraftEvent)}
        return cls(seq=seq, **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Who has ordered how many units of what. Quantities are above zero: zero is absence.

    Members stand in the order in which their present orders began.
    """

    orders: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    last_seq: int = 0

    @classmethod
    def of(cls, events: Iterable[OrderEvent]) -> Book:
        """Fold a whole ledger, oldest event first."""
        return cls().with_events(events)

    def with_events(self, events: Iterable[OrderEvent]) -> Book:
        """Return the book some events later.

        Raises ValueError when `seq` does not grow or a quantity falls below zero: then the
        ledger itself is damaged, and no sum of it can be trusted.
        """
        orders = dict(self.orders)
        last_seq = self.last_seq
        for event in events:
            if event.seq <= last_seq:
                raise ValueError(f"event {event.seq} after event {last_seq}")
            orders[event.member] = _applied(orders.get(event.member, {}), event)
            if not orders[event.member]:
                del orders[event.member]
            last_seq = event.seq
        return Book(orders=orders, last_seq=last_seq)

    def after(self, drafts: Iterable[DraftEvent]) -> Book:
        """Return the book as it will be once the drafts are in the ledger."""
        return self.with_events(
            OrderEvent.of(draft, seq) for seq, draft in enumerate(drafts, start=self.last_seq + 1)
        )

    @property
    def members(self) -> tuple[int, ...]:
        """Those with at least one unit."""
        return tuple(self.orders)

    def quantity(self, member: int, sku: str) -> int:
        """Units of a SKU that the member has ordered; `sku` is the code as in the ledger."""
        return self.order_of(member).get(sku, 0)

    def order_of(self, member: int) -> Mapping[str, int]:
        """Map SKU codes to units; empty for a member without an order."""
        return self.orders.get(member, {})

    def sold(self, sku: str) -> int:
        """Units of a SKU over all members."""
        return sum(order.get(sku, 0) for order in self.orders.values())

    def total(self, member: int, catalogue: Catalogue) -> Fen:
        """Add up what the member owes; KeyError when the catalogue lacks a SKU of the order."""
        amounts = (catalogue[code].amount(count) for code, count in self.order_of(member).items())
        return Fen(sum(amounts))


def _applied(order: Mapping[str, int], event: OrderEvent) -> dict[str, int]:
    quantity = order.get(event.sku, 0) + event.delta
    if quantity < 0:
        raise ValueError(f"event {event.seq} leaves {quantity} of {event.sku}")
    return {sku: count for sku, count in {**order, event.sku: quantity}.items() if count}
