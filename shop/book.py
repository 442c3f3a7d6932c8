"""The order book of a group-buy: an append-only ledger of events and its fold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from shop.catalogue import Catalogue
from shop.money import Fen

Spans = tuple[tuple[int, int], ...]


class EventKind(StrEnum):
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
    """An event that was decided and is not in the ledger yet, so that it has no `seq`."""

    member: int
    sku: str
    delta: int
    kind: EventKind
    actor: int
    message_id: str
    batch: str
    time: datetime
    spans: Spans = ()
    reason: str = ""
    undoes: int | None = None

    def numbered(self, seq: int) -> OrderEvent:
        return OrderEvent(
            seq=seq,
            member=self.member,
            sku=self.sku,
            delta=self.delta,
            kind=self.kind,
            actor=self.actor,
            message_id=self.message_id,
            batch=self.batch,
            time=self.time,
            spans=self.spans,
            reason=self.reason,
            undoes=self.undoes,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEvent:
    """`delta` units of `sku` (its code) for `member`, at the hand of `actor`.

    `seq` grows along the ledger; `batch` is shared by all events of one message; `spans` are
    the characters of the message it came from; `undoes` is the `seq` of the event taken back.
    """

    seq: int
    member: int
    sku: str
    delta: int
    kind: EventKind
    actor: int
    message_id: str
    batch: str
    time: datetime
    spans: Spans = ()
    reason: str = ""
    undoes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Who has ordered how many units of what. Quantities are above zero: zero is absence.

    Members stand in the order in which their present orders began.
    """

    orders: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    last_seq: int = 0

    @classmethod
    def of(cls, events: Iterable[OrderEvent]) -> Book:
        return cls().with_events(events)

    def with_events(self, events: Iterable[OrderEvent]) -> Book:
        """The book some events later.

        Raises ValueError when `seq` does not grow or a quantity falls below zero: then the
        ledger itself is damaged, and no sum of it can be trusted.
        """
        orders = {member: dict(order) for member, order in self.orders.items()}
        last_seq = self.last_seq
        for event in events:
            if event.seq <= last_seq:
                raise ValueError(f"event {event.seq} after event {last_seq}")
            _apply(orders, event)
            last_seq = event.seq
        return Book(orders=orders, last_seq=last_seq)

    @property
    def members(self) -> tuple[int, ...]:
        """Those with at least one unit."""
        return tuple(self.orders)

    def quantity(self, member: int, sku: str) -> int:
        return self.order_of(member).get(sku, 0)

    def order_of(self, member: int) -> Mapping[str, int]:
        """SKU code to units; empty for a member without an order."""
        return self.orders.get(member, {})

    def sold(self, sku: str) -> int:
        return sum(order.get(sku, 0) for order in self.orders.values())

    def total(self, member: int, catalogue: Catalogue) -> Fen:
        """What the member owes; KeyError when the catalogue lacks a SKU of the order."""
        amounts = (catalogue[code].amount(count) for code, count in self.order_of(member).items())
        return Fen(sum(amounts))


def _apply(orders: dict[int, dict[str, int]], event: OrderEvent) -> None:
    order = orders.setdefault(event.member, {})
    quantity = order.pop(event.sku, 0) + event.delta
    if quantity < 0:
        raise ValueError(f"event {event.seq} leaves {quantity} of {event.sku}")
    if quantity:
        order[event.sku] = quantity
    if not order:
        del orders[event.member]
