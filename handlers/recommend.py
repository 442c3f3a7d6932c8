"""推荐: what the member buys again and again, then what sells; only goods that can be had now."""

from collections.abc import Iterable, Iterator

from bot.model import Incoming
from bot.routing import Answer, Context, Router
from bot.understanding import Intent
from handlers._lines import goods, price_text
from handlers._people import answer
from handlers._questions import keep_open
from handlers._sale import running
from shop.book import Book
from shop.catalogue import Catalogue, Sku
from shop.groupbuy import GroupBuy
from shop.ordering import stock_left
from shop.recommend import Basket, rank

router = Router(__name__)

RECOMMENDED = "可以看看：{goods}。"
LINE = "{goods} {price}"
AGAIN = "(你常买)"
MANY = "({buyers}人订了)"
NOTHING = "这次的都订完啦，下次开团再给你推荐。"
CLOSED = "已经截单啦，下次开团再给你推荐。"
SHOWN_GOODS = 3
EARLIER_SALES = 20


@router.on(Intent.RECOMMEND, summary="推荐几样", examples=("有什么推荐",))
async def recommend(incoming: Incoming, ctx: Context) -> Answer:
    """Name the likeliest goods with the reason why."""
    group_buy = running(ctx)
    keep_open(ctx)
    if not group_buy.accepts_orders(ctx.now):
        return answer(incoming, CLOSED)
    offered = {goods(sku): sku for sku in group_buy.catalogue.on_sale if stock_left(ctx.book, sku) != 0}
    if not offered:
        return answer(incoming, NOTHING)
    earlier = await ctx.store.group_buys.earlier(ctx.room.id, before=group_buy.id, limit=EARLIER_SALES)
    sales = [(one, await ctx.store.ledger.book(one.id)) for one in earlier]
    own = _bought(sales, ctx.sender.id)
    history = [basket for sale in ((group_buy, ctx.book), *sales) for basket in _baskets(*sale)]
    ranked = rank(history, str(ctx.sender.id), SHOWN_GOODS, among=offered.keys())
    shown = (*ranked, *(name for name in offered if name not in ranked))[:SHOWN_GOODS]
    lines = (_line(offered[name], ctx.book, again=name in own) for name in shown)
    return answer(incoming, RECOMMENDED.format(goods="、".join(lines)))


def _line(sku: Sku, book: Book, *, again: bool) -> str:
    buyers = sum(sku.code in order for order in book.orders.values())
    reason = AGAIN if again else MANY.format(buyers=buyers) if buyers else ""
    return LINE.format(goods=goods(sku), price=price_text(sku)) + reason


def _baskets(group_buy: GroupBuy, book: Book) -> Iterator[Basket]:
    """Goods are known by name from one group-buy to the next: codes are given anew each time."""
    for member, order in book.orders.items():
        items = tuple(_names(order, group_buy.catalogue))
        yield Basket(member=str(member), time=group_buy.opened_at.timestamp(), items=items)


def _names(codes: Iterable[str], catalogue: Catalogue) -> Iterator[str]:
    return (goods(catalogue[code]) for code in codes)


def _bought(sales: Iterable[tuple[GroupBuy, Book]], member: int) -> frozenset[str]:
    return frozenset(name for sale, book in sales for name in _names(book.order_of(member), sale.catalogue))
