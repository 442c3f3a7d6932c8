"""A shop and a room for tests of the grammar: bags, specs, weights, a limit to nothing."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from bot.understanding import Situation
from nlp.grammar.reader import OrderReading, read
from nlp.lexicon import Lexicon
from nlp.normalise import normalise
from shop.catalogue import Catalogue, Sku
from shop.money import Fen

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)


def catalogue() -> Catalogue:
    """A stationer who also sells tea: two notebooks, tea in tins and bags, ink, brushes."""
    return Catalogue(
        skus=(
            sku_of("A", "横线笔记本", "大号A4", ("笔记本", "本子"), "本"),
            sku_of("B", "横线笔记本", "小号A5", ("笔记本", "本子"), "本"),
            sku_of("C", "高山乌龙茶", "2斤/袋", ("乌龙茶", "乌龙"), "袋", weight=2),
            sku_of("D", "茉莉花茶", "4两/罐", ("花茶",), "罐"),
            sku_of("E", "松烟墨汁", "", ("墨汁",), "瓶"),
            sku_of("F", "狼毫毛笔", "12支/盒", ("毛笔",), "盒"),
        )
    )


def sku_of(
    code: str, name: str, spec: str, aliases: tuple[str, ...], unit: str, *, weight: int | None = None
) -> Sku:
    return Sku(
        code=code,
        name=name,
        spec=spec,
        aliases=aliases,
        unit=unit,
        price=Fen(1000),
        weight_jin=None if weight is None else Decimal(weight),
    )


def reading(text: str, **situation: Any) -> OrderReading:  # any field of Situation
    """The text read in the shop; keywords are fields of the situation."""
    shop = situation.pop("catalogue", catalogue())
    return read(normalise(text), Lexicon.of(shop), Situation(now=NOW, catalogue=shop, **situation))


def booked(text: str, **situation: Any) -> list[str]:
    """The changes in short: kind, SKU and units, the target of a swap behind >."""
    found = reading(text, **situation)
    return [
        f"{change.kind} {change.sku}"
        + (f" {change.quantity}" if change.quantity is not None else "")
        + (f">{change.to}" if change.to else "")
        + (f" {change.to_quantity}" if change.to_quantity is not None else "")
        for change in found.changes
    ]
