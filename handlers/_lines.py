"""Goods, orders and quoted words as they stand in an answer."""

import re
from collections.abc import Iterable, Mapping

from shop.catalogue import Catalogue, Sku
from shop.money import format_yuan

LONGEST_QUOTE = 30
_DIGITS = re.compile(r"(?<!\d)(\d{3})(?:[-\s]?\d){4,}")


def goods(sku: Sku) -> str:
    """Name and spec in one word: 苹果大箱."""
    return f"{sku.name}{sku.spec}"


def line(sku: Sku, units: int) -> str:
    """苹果大箱 ×2."""
    return f"{goods(sku)} ×{units}"


def order_text(order: Mapping[str, int], catalogue: Catalogue) -> str:
    """All lines of an order in the catalogue's order; `order` maps SKU codes to units."""
    return "、".join(line(sku, order[sku.code]) for sku in catalogue if order.get(sku.code))


def goods_of(codes: Iterable[str], catalogue: Catalogue) -> str:
    """The names of some SKUs in the catalogue's order."""
    wanted = frozenset(codes)
    return "、".join(goods(sku) for sku in catalogue if sku.code in wanted)


def price_text(sku: Sku) -> str:
    """59.9元/箱, with its tiers: (2箱110元)."""
    tiers = "、".join(f"{tier.quantity}{sku.unit}{format_yuan(tier.total)}" for tier in sku.tiers)
    return f"{format_yuan(sku.price)}/{sku.unit}" + (f"({tiers})" if tiers else "")


def quoted(text: str, longest: int = LONGEST_QUOTE) -> str:
    """Words of a message on one line, cut short; what looks like a phone number is masked."""
    flat = masked(" ".join(text.split()))
    return flat if len(flat) <= longest else f"{flat[: longest - 1]}…"


def masked(text: str) -> str:
    """Long numbers keep their first three digits: groups are no place for phone numbers."""
    return _DIGITS.sub(r"\1****", text)
