"""Fewer units arrived than were ordered (缺货): who gets how many, and what is paid back."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import UserError
from shop.book import DraftEvent
from shop.catalogue import Sku
from shop.money import Fen

Order = tuple[int, int]
"""Member and units ordered, above zero."""


class ShortageRule(StrEnum):
    """How what arrived is shared out; chosen before anything is short."""

    FIRST_COME = "first_come"
    PROPORTIONAL = "proportional"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A member ordered `ordered` units, gets `given`, and is paid `refund` fen back."""

    member: int
    ordered: int
    given: int
    refund: Fen

    @property
    def missing(self) -> int:
        """Units ordered and not handed out."""
        return self.ordered - self.given


def standing_orders(events: Iterable[DraftEvent], sku: str) -> tuple[Order, ...]:
    """Members with units of a SKU, by when their present order of it began."""
    orders: dict[int, int] = {}
    for event in events:
        if event.sku == sku:
            orders[event.member] = orders.get(event.member, 0) + event.delta
            if not orders[event.member]:
                del orders[event.member]
    return tuple(orders.items())


def share_out(sku: Sku, orders: tuple[Order, ...], missing: int, rule: ShortageRule) -> tuple[Share, ...]:
    """Share the units that arrived, `missing` fewer than ordered, among `orders`, first come first.

    Given and missing units add up exactly. UserError when `missing` is not between one and
    what was ordered.
    """
    ordered = sum(quantity for _, quantity in orders)
    if missing < 1:
        raise UserError("shortage-none", "缺几份要写清楚哦，比如：缺货 2箱")
    if missing > ordered:
        raise UserError(
            "shortage-too-large", f"{sku.label}一共只订出{ordered}{sku.unit}，缺不了{missing}{sku.unit}~"
        )
    divide = _first_come if rule is ShortageRule.FIRST_COME else _proportional
    given = divide([quantity for _, quantity in orders], ordered - missing)
    return tuple(
        Share(member=member, ordered=quantity, given=count, refund=refund(sku, quantity, count))
        for (member, quantity), count in zip(orders, given, strict=True)
    )


def refund(sku: Sku, ordered: int, given: int) -> Fen:
    """Fen to pay back for a line that was paid in full.

    The units handed out are charged what they cost alone or their part of what was paid,
    whichever is less: that a tier price is no longer reached is not the member's doing.
    """
    paid = sku.amount(ordered)
    part = paid * given // ordered
    return Fen(paid - min(part, sku.amount(given)))


def _first_come(quantities: list[int], arrived: int) -> list[int]:
    given = []
    for quantity in quantities:
        count = min(quantity, arrived)
        arrived -= count
        given.append(count)
    return given


def _proportional(quantities: list[int], arrived: int) -> list[int]:
    """Largest remainder method in integers; among equal remainders the earlier order wins."""
    ordered = sum(quantities)
    given = [arrived * quantity // ordered for quantity in quantities]
    remainders = [arrived * quantity % ordered for quantity in quantities]
    by_remainder = sorted(range(len(quantities)), key=lambda place: -remainders[place])
    for place in by_remainder[: arrived - sum(given)]:
        given[place] += 1
    return given
