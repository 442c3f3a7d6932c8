"""What did I order, what does it cost, has it arrived?"""

from bot.model import Incoming
from bot.routing import Answer, Context, Router
from bot.understanding import Aspect, Intent
from handlers._lines import goods_of, order_text
from handlers._people import answer
from handlers._questions import keep_open
from handlers._sale import pickup_text, running
from shop.fulfilment import Fulfilment, arrived, paid, picked_up
from shop.groupbuy import GroupBuy
from shop.money import format_yuan

router = Router(__name__)

NOTHING = "你这次还没订东西哦。"
NOTHING_OPEN = "你这次还没订东西哦，想要什么直接说就行。"
ORDERED = "你订了：{lines}，合计{total}{paid}。"
PAID = "(已付)"
PICKED_UP = "已经取走啦。"
ALL_HERE = "货都到了，可以来取啦{place}。"
SOME_HERE = "{here}到了{place}，其余的还在路上。"
NOT_HERE = "还没到，到了会在群里喊你。"
PLACE = "，在{place}"


@router.on(
    Intent.ORDER_QUERY,
    summary="查自己的订单、金额、到货",
    examples=("我订了什么", "我一共多少钱", "我的到了吗"),
)
async def my_order(incoming: Incoming, ctx: Context) -> Answer:
    """The member's order with its sum and, where it is asked for or known, what has arrived."""
    group_buy = running(ctx)
    keep_open(ctx)
    order = ctx.book.order_of(ctx.sender.id)
    if not order:
        return answer(incoming, NOTHING_OPEN if group_buy.accepts_orders(ctx.now) else NOTHING)
    facts = await ctx.store.fulfilments.of(group_buy.id)
    ordered = ORDERED.format(
        lines=order_text(order, group_buy.catalogue),
        total=format_yuan(ctx.book.total(ctx.sender.id, group_buy.catalogue)),
        paid=PAID if ctx.sender.id in paid(facts) else "",
    )
    return answer(incoming, ordered, _arrival(ctx, group_buy, facts))


def _arrival(ctx: Context, group_buy: GroupBuy, facts: tuple[Fulfilment, ...]) -> str:
    if ctx.sender.id in picked_up(facts):
        return PICKED_UP
    order, come = ctx.book.order_of(ctx.sender.id), arrived(facts)
    here = set(order) if "" in come else come & set(order)
    if not here:
        return NOT_HERE if ctx.understanding.aspect is Aspect.ARRIVAL else ""
    points = pickup_text(group_buy, ctx.sender.pickup)
    place = PLACE.format(place=points) if points else ""
    if here == set(order):
        return ALL_HERE.format(place=place)
    return SOME_HERE.format(here=goods_of(here, group_buy.catalogue), place=place)
