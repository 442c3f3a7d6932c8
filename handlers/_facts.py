"""Live facts of an answer, looked up when it is given."""

from zoneinfo import ZoneInfo

from bot.routing import Context
from handlers._lines import order_text, price_text
from handlers._sale import pickup_text
from shop.facts import Fact, facts, fill
from shop.fulfilment import arrived
from shop.groupbuy import GroupBuy
from shop.ordering import stock_left

HERE = "已经到了"
OWN = frozenset({"my_order", "pickup"})


async def filled(text: str, ctx: Context) -> str:
    """The answer with what is true now; a fact that is not known gives its fallback."""
    if not any(True for _ in facts(text)):
        return text
    group_buy = ctx.group_buy
    if group_buy is None:
        return fill(text, lambda _: None)
    come = arrived(await ctx.store.fulfilments.of(group_buy.id))
    return fill(text, lambda fact: _value(fact, ctx, group_buy, here=bool(come)))


def personal(text: str) -> bool:
    """Whether the answer differs from member to member."""
    return any(fact.name in OWN for fact in facts(text))


def _value(fact: Fact, ctx: Context, group_buy: GroupBuy, *, here: bool) -> str | None:
    if fact.goods:
        return _of_goods(fact, ctx, group_buy)
    if fact.name == "cutoff":
        zone = ZoneInfo(ctx.room.timezone)
        return f"{group_buy.cutoff.astimezone(zone):%H:%M}" if group_buy.cutoff else None
    if fact.name == "pickup":
        return pickup_text(group_buy, ctx.sender.pickup) or None
    if fact.name == "arrival":
        return HERE if here else None
    order = ctx.book.order_of(ctx.sender.id)
    return order_text(order, group_buy.catalogue) if order else None


def _of_goods(fact: Fact, ctx: Context, group_buy: GroupBuy) -> str | None:
    """Stock or price of the one thing on sale that is called so; nothing where several are."""
    named = [sku for sku in group_buy.catalogue.on_sale if fact.goods in (sku.name, sku.code, *sku.aliases)]
    if len(named) != 1:
        return None
    if fact.name == "price":
        return price_text(named[0])
    left = stock_left(ctx.book, named[0])
    return None if left is None else f"{left}{named[0].unit}"
