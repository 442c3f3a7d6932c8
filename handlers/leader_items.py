"""改价, 库存, 上架, 下架."""

from collections.abc import Callable, Mapping, Sequence

from bot.model import Incoming, Reply, Role
from bot.routing import Answer, Context, Router
from bot.understanding import Command
from handlers._audit import record
from handlers._booked import promoted
from handlers._desk import Desk
from handlers._lines import goods, goods_of, price_text
from handlers._people import answer, listed, names
from handlers._refusals import hand_to_leader
from handlers._sale import running, which_spec
from shop.catalogue import Sku
from shop.groupbuy import GroupBuy, add_item, add_stock, delist_item, find_sku, list_item, reprice, set_stock
from shop.money import format_yuan
from shop.ordering import stock_left
from shop.review import ReviewKind

router = Router(__name__)

WHICH_PRICE = "哪个商品改成多少钱？比如：苹果改价42"
WHICH_STOCK = "哪个商品的库存？比如：苹果加库存10，或者 苹果库存改成20"
WHICH_ITEM = "要上架什么？比如：加个品 E 奶油泡芙 25一盒 10盒"
WHICH_TO_REMOVE = "要下架哪个？比如：下架苹果"
REPRICED = "{goods}改成{price}啦，之前订的也按新价算。"
SURE_OF_STOCK = "是要把{goods}的库存{change}{units}{unit}吗？回“是”就改。"
MORE, LESS, ALTOGETHER = "加", "减", "改成"
STOCKED = "{goods}现在还能订{left}{unit}。"
STOCKED_BELOW = "{goods}库存设为{stock}{unit}，已经订出{sold}{unit}了，先不接新单。"
LEFT = "{goods}：已订{sold}{unit}，还剩{left}{unit}"
UNBOUNDED = "{goods}：已订{sold}{unit}，不限量"
ADDED = "上架啦：{code} {goods} {price}{stock}"
STOCK = "，共{stock}{unit}"
LISTED_AGAIN = "{goods}重新上架啦，{price}。"
ALREADY_LISTED = "{goods}本来就在卖呢。"
SURE_OF_PRICE = "是要把{goods}改成{price}吗？回“是”就改。"
SURE_TO_ADD = "是要上架这个吗？回“是”就上。\n{code} {goods} {price}{stock}"
SURE_TO_REMOVE_UNORDERED = "{goods}还没有人订。是要下架吗？回“是”就下。"
REMOVED = "{goods}下架啦。"
SURE_TO_REMOVE = (
    "{goods}已经有{count}个人订了：{people}。下架后这些单先留着，要退的你再一个个改。确定下架请回“是”。"
)
REMOVED_WITH_ORDERS = "{goods}下架啦，已订的{count}单先留着，放进待确认了。"
ORDERED = "{name} ×{units}"


@router.on(Command.PRICE, role=Role.LEADER, summary="改价", examples=("苹果改价42",))
async def price(incoming: Incoming, ctx: Context) -> Answer:
    """One price for all goods named."""
    new_price = ctx.directive.price
    if new_price is None or not ctx.directive.skus:
        return answer(incoming, WHICH_PRICE)
    group_buy = running(ctx)
    if question := which_spec(ctx, group_buy):
        return answer(incoming, question)
    if _to_be_asked(ctx):
        named = goods_of(ctx.directive.skus, group_buy.catalogue)
        return answer(incoming, SURE_OF_PRICE.format(goods=named, price=format_yuan(new_price)))
    changed = await _changed(ctx, group_buy, lambda one, code: reprice(one, code, new_price))
    skus = _skus(ctx, changed)
    await record(incoming, ctx, "price", ";".join(f"{sku.code} {new_price}" for sku in skus))
    return answer(incoming, *(REPRICED.format(goods=goods(sku), price=price_text(sku)) for sku in skus))


@router.on(
    Command.STOCK, role=Role.LEADER, summary="加库存、改库存", examples=("苹果加库存10", "苹果库存改成20")
)
async def stock(incoming: Incoming, ctx: Context) -> Answer:
    """Set or add units; what becomes free goes to the waiting list first."""
    units, group_buy = ctx.directive.quantity, running(ctx)
    if units is None:
        return answer(incoming, *_stock_list(ctx, group_buy))
    if not ctx.directive.skus:
        return answer(incoming, WHICH_STOCK)
    if question := which_spec(ctx, group_buy):
        return answer(incoming, question)
    if _to_be_asked(ctx):
        return answer(incoming, _stock_question(ctx, group_buy, units))
    change = set_stock if ctx.directive.absolute else add_stock
    changed = await _changed(ctx, group_buy, lambda one, code: change(one, code, units))
    desk = Desk(incoming, ctx, changed)
    granted = await desk.promote()
    await desk.close()
    skus = _skus(ctx, changed)
    await record(incoming, ctx, "stock", ";".join(f"{sku.code} {sku.stock}" for sku in skus))
    said = answer(incoming, *(_stock_text(desk, sku) for sku in skus))
    return (said, *await promoted(ctx, granted, changed))


@router.on(
    Command.ADD_ITEM,
    role=Role.LEADER,
    summary="上架",
    examples=("加个品 E 奶油泡芙 25一盒 10盒", "上架苹果"),
)
async def add(incoming: Incoming, ctx: Context) -> Answer:
    """Put new goods on sale, or known ones again."""
    group_buy = running(ctx)
    if ctx.directive.item is None and ctx.directive.skus:
        return await _list_again(incoming, ctx, group_buy)
    sku = ctx.directive.item
    if sku is None:
        return answer(incoming, WHICH_ITEM)
    if _to_be_asked(ctx):
        return answer(incoming, _offered(SURE_TO_ADD, sku))
    await ctx.store.group_buys.save(add_item(group_buy, sku))
    await record(incoming, ctx, "add_item", f"{sku.code} {sku.label}")
    return Reply(text=_offered(ADDED, sku))


@router.on(Command.REMOVE_ITEM, role=Role.LEADER, summary="下架(有人订了会先问一次)", examples=("下架苹果",))
async def remove(incoming: Incoming, ctx: Context) -> Answer:
    """Take goods off sale; where there are orders, they are listed and a yes is asked for."""
    group_buy = running(ctx)
    if not ctx.directive.skus:
        return answer(incoming, WHICH_TO_REMOVE)
    if question := which_spec(ctx, group_buy):
        return answer(incoming, question)
    for code in ctx.directive.skus:
        find_sku(group_buy, code)
    orders = _orders(ctx)
    named = goods_of(ctx.directive.skus, group_buy.catalogue)
    if orders and not ctx.directive.confirmed:
        ctx.aside.confirming = ctx.directive
        people = await _people(ctx, orders)
        return answer(incoming, SURE_TO_REMOVE.format(goods=named, count=len(orders), people=people))
    if _to_be_asked(ctx):
        return answer(incoming, SURE_TO_REMOVE_UNORDERED.format(goods=named))
    await _changed(ctx, group_buy, delist_item)
    await record(incoming, ctx, "remove_item", named)
    if not orders:
        return answer(incoming, REMOVED.format(goods=named))
    await hand_to_leader(incoming, ctx, ReviewKind.DELISTED, f"{named}：{await _people(ctx, orders)}")
    return answer(incoming, REMOVED_WITH_ORDERS.format(goods=named, count=len(orders)))


def _to_be_asked(ctx: Context) -> bool:
    """Whether a command was only guessed, and waits for a yes from now on."""
    asked = ctx.directive.guessed and not ctx.directive.confirmed
    if asked:
        ctx.aside.confirming = ctx.directive
    return asked


def _skus(ctx: Context, group_buy: GroupBuy) -> list[Sku]:
    return [find_sku(group_buy, code) for code in ctx.directive.skus]


async def _changed(
    ctx: Context, group_buy: GroupBuy, change: Callable[[GroupBuy, str], GroupBuy]
) -> GroupBuy:
    """Apply a change to every SKU named, and keep the group-buy."""
    for code in ctx.directive.skus:
        group_buy = change(group_buy, code)
    await ctx.store.group_buys.save(group_buy)
    return group_buy


def _stock_text(desk: Desk, sku: Sku) -> str:
    sold = desk.book.sold(sku.code)
    if sku.stock is not None and sold > sku.stock:
        return STOCKED_BELOW.format(goods=goods(sku), stock=sku.stock, unit=sku.unit, sold=sold)
    return STOCKED.format(goods=goods(sku), left=stock_left(desk.book, sku), unit=sku.unit)


def _stock_question(ctx: Context, group_buy: GroupBuy, units: int) -> str:
    change = ALTOGETHER if ctx.directive.absolute else MORE if units > 0 else LESS
    return SURE_OF_STOCK.format(
        goods=goods_of(ctx.directive.skus, group_buy.catalogue),
        change=change,
        units=abs(units),
        unit=_skus(ctx, group_buy)[0].unit,
    )


def _stock_list(ctx: Context, group_buy: GroupBuy) -> list[str]:
    """What is left of the goods named, of all without names."""
    skus = _skus(ctx, group_buy) or group_buy.catalogue.on_sale
    return [_left_text(ctx, sku) for sku in skus]


def _left_text(ctx: Context, sku: Sku) -> str:
    left = stock_left(ctx.book, sku)
    text = UNBOUNDED if left is None else LEFT
    return text.format(goods=goods(sku), sold=ctx.book.sold(sku.code), left=left, unit=sku.unit)


def _offered(text: str, sku: Sku) -> str:
    return text.format(code=sku.code, goods=goods(sku), price=price_text(sku), stock=_stock_of(sku))


def _stock_of(sku: Sku) -> str:
    return STOCK.format(stock=sku.stock, unit=sku.unit) if sku.stock is not None else ""


async def _list_again(incoming: Incoming, ctx: Context, group_buy: GroupBuy) -> Reply:
    lines = []
    for sku in _skus(ctx, group_buy):
        text = ALREADY_LISTED if sku.on_sale else LISTED_AGAIN
        lines.append(text.format(goods=goods(sku), price=price_text(sku)))
    await _changed(ctx, group_buy, list_item)
    await record(incoming, ctx, "list_item", goods_of(ctx.directive.skus, group_buy.catalogue))
    return answer(incoming, *lines)


def _orders(ctx: Context) -> Mapping[int, int]:
    """Units of the goods named, by member."""
    units = {
        member: sum(ctx.book.quantity(member, code) for code in ctx.directive.skus)
        for member in ctx.book.members
    }
    return {member: count for member, count in units.items() if count}


async def _people(ctx: Context, orders: Mapping[int, int]) -> str:
    called = await names(ctx)
    people: Sequence[str] = [ORDERED.format(name=called[one], units=units) for one, units in orders.items()]
    return listed(people)
