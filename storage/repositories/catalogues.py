"""Group-buys and SKUs to rows and back."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from shop.catalogue import Catalogue, PriceTier, Sku
from shop.groupbuy import GroupBuy
from shop.money import Fen

Values = dict[str, Any]


def group_buy_values(group_buy: GroupBuy) -> Values:
    """Columns of a group-buy, without those that number it."""
    return {
        "room": group_buy.room,
        "title": group_buy.title,
        "phase": group_buy.phase,
        "cutoff": group_buy.cutoff,
        "opened_at": group_buy.opened_at,
        "note": group_buy.note,
    }


def sku_values(sku: Sku) -> Values:
    """Columns of a SKU, without its place."""
    return {
        "code": sku.code,
        "name": sku.name,
        "unit": sku.unit,
        "price": sku.price,
        "spec": sku.spec,
        "aliases": list(sku.aliases),
        "weight_jin": sku.weight_jin,
        "pieces": sku.pieces,
        "limit": sku.limit,
        "stock": sku.stock,
        "on_sale": sku.on_sale,
        "is_default": sku.is_default,
    }


def tier_values(sku: Sku, sku_id: int) -> list[Values]:
    """Columns of a SKU's price tiers."""
    return [
        {"sku_id": sku_id, "position": position, "quantity": tier.quantity, "total": tier.total}
        for position, tier in enumerate(sku.tiers)
    ]


def point_values(group_buy: GroupBuy) -> list[Values]:
    """Columns of a group-buy's pickup points."""
    return [
        {"group_buy_id": group_buy.id, "position": position, "name": name}
        for position, name in enumerate(group_buy.pickup_points)
    ]


def group_buy(
    row: sa.Row[Any],
    goods: Iterable[sa.Row[Any]],
    tiers: Iterable[sa.Row[Any]],
    points: Iterable[sa.Row[Any]],
) -> GroupBuy:
    """A group-buy of its rows, each kind in its order."""
    return GroupBuy(
        id=row.id,
        room=row.room,
        title=row.title,
        catalogue=_catalogue(goods, tiers),
        phase=row.phase,
        cutoff=row.cutoff,
        pickup_points=tuple(point.name for point in points),
        number=row.number,
        opened_at=row.opened_at,
        note=row.note,
    )


def _catalogue(goods: Iterable[sa.Row[Any]], tiers: Iterable[sa.Row[Any]]) -> Catalogue:
    by_sku: defaultdict[int, list[PriceTier]] = defaultdict(list)
    for tier in tiers:
        by_sku[tier.sku_id].append(PriceTier(quantity=tier.quantity, total=Fen(tier.total)))
    return Catalogue(skus=tuple(_sku(row, tuple(by_sku[row.id])) for row in goods))


def _sku(row: sa.Row[Any], tiers: tuple[PriceTier, ...]) -> Sku:
    return Sku(
        code=row.code,
        name=row.name,
        unit=row.unit,
        price=Fen(row.price),
        spec=row.spec,
        aliases=tuple(row.aliases),
        weight_jin=row.weight_jin,
        pieces=row.pieces,
        limit=row.limit,
        stock=row.stock,
        tiers=tiers,
        on_sale=row.on_sale,
        is_default=row.is_default,
    )
