"""Questions about goods: price, stock, what is on sale; what the file does not tell goes to the leader."""

from collections.abc import Callable, Sequence

from bot.model import Incoming
from bot.routing import Answer, Context, Router
from bot.understanding import Aspect, Intent
from handlers._inquiries import keep, plain_text
from handlers._lines import goods, price_text
from handlers._offer import offer_text
from handlers._people import answer
from handlers._questions import keep_open
from handlers._refusals import hand_to_leader
from handlers._sale import running
from shop.catalogue import Sku
from shop.groupbuy import GroupBuy
from shop.ordering import stock_left
from shop.review import ReviewKind

router = Router(__name__)

RANGE = "这次有：\n{lines}"
ON_SALE = "这次在卖的是：{goods}；没列的这次就没有哦。"
CLOSED = "(已经截单啦)"
PRICE = "{goods} {price}"
PLENTY = "{goods}还有，直接说要几{unit}就行"
LEFT = "{goods}还剩{left}{unit}"
SOLD_OUT = "{goods}订完啦，想排队回“候补”"
DELISTED = "{goods}这次下架啦"
LIMIT = "，每人限{limit}{unit}"
HOLDS_WEIGHT = "，一{unit}{weight}斤"
HOLDS_PIECES = "，一{unit}{pieces}个"
ASKED_LEADER = "别的我不敢乱说，帮你问下团长哈。"
SHOWN_GOODS = 6


@router.on(
    Intent.PRODUCT_QUERY,
    summary="问价格、库存、在卖什么",
    examples=("有什么卖的", "苹果多少钱", "草莓还有吗"),
)
async def products(incoming: Incoming, ctx: Context) -> Answer:
    """Answer from the catalogue; a short word and the review list for what it does not hold.

    What was overheard is only kept among the open questions.
    """
    keep_open(ctx)
    if ctx.understanding.overheard:
        await keep(ctx, await plain_text(incoming, ctx), ctx.understanding.faq)
        return None
    group_buy = running(ctx)
    closed = "" if group_buy.accepts_orders(ctx.now) else CLOSED
    skus = _meant(ctx, group_buy)
    if not skus:
        return answer(incoming, _range(ctx, group_buy) + closed)
    match ctx.understanding.aspect:
        case Aspect.PRICE:
            return answer(incoming, _each(skus, _price) + closed)
        case Aspect.STOCK:
            ctx.aside.offered = {sku.code: left for sku in skus if (left := stock_left(ctx.book, sku))}
            return answer(incoming, _each(skus, lambda sku: _stock(ctx, sku)) + closed)
        case Aspect.RANGE:
            return answer(incoming, _each(skus, lambda sku: f"{_price(sku)}，{_stock(ctx, sku)}") + closed)
    return await _detail(incoming, ctx, skus)


def _meant(ctx: Context, group_buy: GroupBuy) -> tuple[Sku, ...]:
    """The goods named, else, unless the whole range is asked for, those that the talk is about."""
    understanding = ctx.understanding
    codes = understanding.skus or understanding.focus.skus
    if not codes and understanding.aspect is not Aspect.RANGE:
        codes = ctx.situation.focus.skus
    named = tuple(sku for code in codes if (sku := group_buy.catalogue.get(code)) is not None)
    on_sale = group_buy.catalogue.on_sale
    only = on_sale if len(on_sale) == 1 and understanding.aspect is not Aspect.RANGE else ()
    return named or only


def _each(skus: Sequence[Sku], said: Callable[[Sku], str]) -> str:
    return "；".join(map(said, skus[:SHOWN_GOODS])) + "。"


def _price(sku: Sku) -> str:
    return PRICE.format(goods=goods(sku), price=price_text(sku))


def _stock(ctx: Context, sku: Sku) -> str:
    if not sku.on_sale:
        return DELISTED.format(goods=goods(sku))
    left = stock_left(ctx.book, sku)
    limit = LIMIT.format(limit=sku.limit, unit=sku.unit) if sku.limit else ""
    if left is None:
        return PLENTY.format(goods=goods(sku), unit=sku.unit) + limit
    if not left:
        return SOLD_OUT.format(goods=goods(sku))
    return LEFT.format(goods=goods(sku), left=left, unit=sku.unit) + limit


def _range(ctx: Context, group_buy: GroupBuy) -> str:
    if ctx.understanding.aspect is not Aspect.RANGE:
        return ON_SALE.format(goods="、".join(map(goods, group_buy.catalogue.on_sale)))
    return RANGE.format(lines=offer_text(group_buy, ctx.book))


async def _detail(incoming: Incoming, ctx: Context, skus: Sequence[Sku]) -> Answer:
    """What the file tells of the goods; the taste of an apple is for the leader to tell."""
    match = ctx.understanding.faq
    if match is not None and match.entry and match.answer:
        return answer(incoming, match.answer)
    await keep(ctx, await plain_text(incoming, ctx), match)
    await hand_to_leader(incoming, ctx, ReviewKind.QUESTION)
    return answer(incoming, _each(skus, _known) + ASKED_LEADER)


def _known(sku: Sku) -> str:
    weight = HOLDS_WEIGHT.format(unit=sku.unit, weight=f"{sku.weight_jin:f}") if sku.weight_jin else ""
    pieces = HOLDS_PIECES.format(unit=sku.unit, pieces=sku.pieces) if sku.pieces else ""
    return _price(sku) + weight + pieces
