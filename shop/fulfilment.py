"""What became of orders after the cutoff. Facts are appended, the latest one counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Fact(StrEnum):
    """One thing that happened to goods or to a member's order; the UN- forms take it back."""

    ARRIVED = "arrived"
    PAID = "paid"
    UNPAID = "unpaid"
    PICKED_UP = "picked_up"
    NOT_PICKED_UP = "not_picked_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfilment:
    """A fact with its subject: a member (paid, picked up) or a SKU ("" for all goods, arrived)."""

    fact: Fact
    member_id: int | None = None
    sku: str = ""
    actor_id: int
    message_id: str
    time: datetime


def paid(facts: Iterable[Fulfilment]) -> frozenset[int]:
    """Members whose order counts as paid."""
    return _latest(facts, Fact.PAID, Fact.UNPAID)


def picked_up(facts: Iterable[Fulfilment]) -> frozenset[int]:
    """Members whose goods were handed out."""
    return _latest(facts, Fact.PICKED_UP, Fact.NOT_PICKED_UP)


def arrived(facts: Iterable[Fulfilment]) -> frozenset[str]:
    """SKU codes that have arrived; "" stands for all of them."""
    return frozenset(fact.sku for fact in facts if fact.fact is Fact.ARRIVED)


def _latest(facts: Iterable[Fulfilment], on: Fact, off: Fact) -> frozenset[int]:
    state: dict[int, bool] = {}
    for fact in facts:
        if fact.member_id is not None and fact.fact in (on, off):
            state[fact.member_id] = fact.fact is on
    return frozenset(member for member, is_on in state.items() if is_on)
