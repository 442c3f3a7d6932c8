"""候补: a place in the line for what is sold out."""

from bot.model import Incoming
from bot.routing import Answer, Context, Router
from bot.understanding import Command
from handlers._lines import goods, line
from handlers._people import answer
from handlers._refusals import take_refused
from handlers._sale import running
from shop.catalogue import Sku
from shop.groupbuy import GroupBuy
from shop.ordering import stock_left
from shop.waiting import WaitingList, Wish, join

router = Router(__name__)

CLOSED = "已经截单啦，这次排不了候补了。"
WHICH = "想候补哪个？比如：候补苹果2箱"
OWN = "你在候补：{lines}。"
OWN_LINE = "{line}(第{place}位)"
JOINED = "{line}排上啦，你是第{place}位，有货了就告诉你。"
STILL_THERE = "{goods}还有{left}呢，直接说要几{unit}就行。"
PLENTY = "货"


@router.on(Command.WAIT, summary="订完的商品排队候补", examples=("候补", "候补苹果2箱"))
async def wait(incoming: Incoming, ctx: Context) -> Answer:
    """Join the line for the goods named, else for what was refused just now, else show the own places."""
    group_buy = running(ctx)
    if not group_buy.accepts_orders(ctx.now):
        return answer(incoming, CLOSED)
    wanted = await _wanted(ctx, group_buy)
    waiting = WaitingList(wishes=await ctx.store.waiting.of(group_buy.id))
    if not wanted:
        return answer(incoming, _own_text(ctx, waiting, group_buy))
    lines = []
    for code, units in wanted.items():
        sku = group_buy.catalogue[code]
        if _can_be_had(ctx, sku, units):
            lines.append(_still_there(ctx, sku))
            continue
        waiting = join(waiting, _wish(incoming, ctx, sku, units))
        place = waiting.place(ctx.sender.id, sku.code)
        lines.append(JOINED.format(line=line(sku, units), place=place))
    await ctx.store.waiting.replace(group_buy.id, waiting.wishes)
    return answer(incoming, "".join(lines))


async def _wanted(ctx: Context, group_buy: GroupBuy) -> dict[str, int]:
    """SKU codes to units: as said, else as refused just now; of several specs those that are sold out."""
    directive, refused = ctx.directive, await take_refused(ctx, group_buy)
    changes = {change.sku: change.quantity or 1 for change in directive.changes if change.sku}
    named = changes or {code: directive.quantity or refused.get(code, 1) for code in directive.skus}
    skus = {sku: units for code, units in named.items() if (sku := group_buy.catalogue.get(code))}
    wanted = {sku.code: units for sku, units in skus.items()}
    sold_out = {sku.code: units for sku, units in skus.items() if not _can_be_had(ctx, sku, units)}
    return sold_out or wanted or refused


def _can_be_had(ctx: Context, sku: Sku, units: int) -> bool:
    left = stock_left(ctx.book, sku)
    return sku.on_sale and (left is None or left >= units)


def _still_there(ctx: Context, sku: Sku) -> str:
    left = stock_left(ctx.book, sku)
    text = PLENTY if left is None else f"{left}{sku.unit}"
    return STILL_THERE.format(goods=goods(sku), left=text, unit=sku.unit)


def _wish(incoming: Incoming, ctx: Context, sku: Sku, units: int) -> Wish:
    return Wish(member=ctx.sender.id, sku=sku.code, quantity=units, since=ctx.now, message_id=incoming.id)


def _own_text(ctx: Context, waiting: WaitingList, group_buy: GroupBuy) -> str:
    own = [wish for wish in waiting.wishes if wish.member == ctx.sender.id]
    if not own:
        return WHICH
    lines = "、".join(
        OWN_LINE.format(
            line=line(group_buy.catalogue[wish.sku], wish.quantity),
            place=waiting.place(ctx.sender.id, wish.sku),
        )
        for wish in own
    )
    return OWN.format(lines=lines)
