"""One sale in one room, and what may be done to it; every step gives a new GroupBuy."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.errors import UserError
from shop.catalogue import Catalogue, Sku
from shop.money import Fen


class Phase(StrEnum):
    """Where a group-buy stands; only an open one takes orders."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


_PHASE_SAID = {
    Phase.OPEN: "这个团正在进行中",
    Phase.CLOSED: "这个团已经截单了",
    Phase.CANCELLED: "这个团已经取消了",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupBuy:
    """`number` counts the group-buys of the room from 1; datetimes are aware.

    From `cutoff` on nothing is booked, even while nobody has closed the group-buy yet.
    The first pickup point is the default one.
    """

    id: int
    room: str
    title: str
    catalogue: Catalogue
    phase: Phase = Phase.OPEN
    cutoff: datetime | None = None
    pickup_points: tuple[str, ...] = ()
    number: int
    opened_at: datetime
    note: str = ""

    def accepts_orders(self, now: datetime) -> bool:
        """Tell whether an order that came in at `now` may be booked."""
        return self.phase is Phase.OPEN and (self.cutoff is None or now < self.cutoff)

    def due(self, now: datetime) -> bool:
        """Tell whether the cutoff has passed and the group-buy still has to be closed."""
        return self.phase is Phase.OPEN and self.cutoff is not None and now >= self.cutoff


def close(groupbuy: GroupBuy) -> GroupBuy:
    """Stop taking orders; UserError unless it is open."""
    _demand_phase(groupbuy, Phase.OPEN)
    return replace(groupbuy, phase=Phase.CLOSED)


def reopen(groupbuy: GroupBuy, now: datetime) -> GroupBuy:
    """Open again; a cutoff that has passed is forgotten, or it would close at once."""
    passed = groupbuy.cutoff is not None and groupbuy.cutoff <= now
    if not (passed and groupbuy.phase is Phase.OPEN):
        _demand_phase(groupbuy, Phase.CLOSED)
    return replace(groupbuy, phase=Phase.OPEN, cutoff=None if passed else groupbuy.cutoff)


def cancel(groupbuy: GroupBuy) -> GroupBuy:
    """End it for good, open or closed; nothing can be changed afterwards."""
    _demand_phase(groupbuy, Phase.OPEN, Phase.CLOSED)
    return replace(groupbuy, phase=Phase.CANCELLED)


def schedule_cutoff(groupbuy: GroupBuy, cutoff: datetime, now: datetime) -> GroupBuy:
    """Set the time from which on nothing is booked; UserError when it is not after `now`."""
    _demand_phase(groupbuy, Phase.OPEN)
    if cutoff <= now:
        raise UserError("cutoff-past", "截单时间要在现在之后，请换个时间~")
    return replace(groupbuy, cutoff=cutoff)


def reprice(groupbuy: GroupBuy, code: str, price: Fen) -> GroupBuy:
    """Change the price of one unit for all orders, earlier ones too; tiers stay."""
    if price < 0:
        raise UserError("price-negative", "价格不能是负数，请再看一下~")
    return _with_sku(groupbuy, replace(find_sku(groupbuy, code), price=price))


def set_stock(groupbuy: GroupBuy, code: str, stock: int | None) -> GroupBuy:
    """Bound the units of the whole group-buy, those already sold included; None lifts the bound.

    It may be set below what is sold: then nothing more is sold, and the rest is a shortage.
    """
    if stock is not None and stock < 0:
        raise UserError("stock-negative", "库存不能是负数，请再看一下~")
    return _with_sku(groupbuy, replace(find_sku(groupbuy, code), stock=stock))


def add_stock(groupbuy: GroupBuy, code: str, units: int) -> GroupBuy:
    """Add (or, below zero, take away) units; a SKU without a stock has nothing to add to."""
    sku = find_sku(groupbuy, code)
    if sku.stock is None:
        raise UserError("stock-unbounded", f"{sku.label}没有限量，不用加库存~")
    return set_stock(groupbuy, code, sku.stock + units)


def list_item(groupbuy: GroupBuy, code: str) -> GroupBuy:
    """Put a known SKU back on sale."""
    return _with_sku(groupbuy, replace(find_sku(groupbuy, code), on_sale=True))


def add_item(groupbuy: GroupBuy, sku: Sku) -> GroupBuy:
    """Put a new SKU on sale."""
    _demand_phase(groupbuy, Phase.OPEN, Phase.CLOSED)
    if groupbuy.catalogue.get(sku.code) is not None:
        raise UserError("code-taken", f"编号{sku.code}已经有商品了，请换一个编号~")
    return replace(groupbuy, catalogue=groupbuy.catalogue.add(sku))


def delist_item(groupbuy: GroupBuy, code: str) -> GroupBuy:
    """Take off sale; what was ordered of it stays in the book until the leader decides."""
    return _with_sku(groupbuy, replace(find_sku(groupbuy, code), on_sale=False))


def find_sku(groupbuy: GroupBuy, code: str) -> Sku:
    """Return the SKU of a code; UserError when the group-buy has no such code."""
    sku = groupbuy.catalogue.get(code)
    if sku is None:
        raise UserError("sku-unknown", f"这个团里没有编号{code}的商品~")
    return sku


def _with_sku(groupbuy: GroupBuy, sku: Sku) -> GroupBuy:
    _demand_phase(groupbuy, Phase.OPEN, Phase.CLOSED)
    return replace(groupbuy, catalogue=groupbuy.catalogue.replace(sku))


def _demand_phase(groupbuy: GroupBuy, *allowed: Phase) -> None:
    if groupbuy.phase not in allowed:
        raise UserError(f"groupbuy-{groupbuy.phase}", f"{_PHASE_SAID[groupbuy.phase]}~")
