"""我的数据, 删除我的数据, 退订推荐."""

from bot.model import Incoming
from bot.routing import Answer, Context, Router
from bot.understanding import Command
from handlers._lines import order_text
from handlers._people import answer
from shop.fulfilment import picked_up
from shop.money import format_yuan
from shop.points import balance

router = Router(__name__)

MARKETING = "marketing"
MINE = "我这里有你的：昵称{names}；{order}；积分{points}分，签到{days}天；售后{cases}个。"
ORDER = "本团订单{lines}({total})"
NO_ORDER = "本团没有订单"
HOW_TO_DELETE = "不收推荐发“退订推荐”，全部删掉发“删除我的数据”。"
STILL_TO_PICK_UP = "你这团还有没取的订单，取完或者退掉以后再删，不然货就送不到你啦。"
SURE = "删除后昵称、聊天内容、售后记录都不留了，积分也清零，不能恢复。确定请回“是”。"
DELETED = "已经删掉啦，以后想买随时再来。"
UNSUBSCRIBED = "好的，以后不给你发推荐了。"


@router.on(Command.MY_DATA, summary="看我存了你什么", examples=("我的数据",))
async def my_data(incoming: Incoming, ctx: Context) -> Answer:
    """What is kept of the member."""
    store, member = ctx.store, ctx.sender
    cases = [case for case in await store.cases.open_of(ctx.room.id) if case.member_id == member.id]
    text = MINE.format(
        names="、".join((member.name, *member.names)),
        order=_order_text(ctx),
        points=balance(await store.points.of_room(ctx.room.id), member.id),
        days=len(await store.points.checkins(member.id)),
        cases=len(cases),
    )
    return answer(incoming, text, HOW_TO_DELETE)


def _order_text(ctx: Context) -> str:
    order = ctx.book.order_of(ctx.sender.id)
    if ctx.group_buy is None or not order:
        return NO_ORDER
    total = format_yuan(ctx.book.total(ctx.sender.id, ctx.group_buy.catalogue))
    return ORDER.format(lines=order_text(order, ctx.group_buy.catalogue), total=total)


@router.on(Command.FORGET_ME, summary="删掉我的数据(会先问一次)", examples=("删除我的数据",))
async def forget_me(incoming: Incoming, ctx: Context) -> Answer:
    """After a yes nothing tells any more who the member was; the ledger keeps its numbers."""
    if await _still_to_pick_up(ctx):
        return answer(incoming, STILL_TO_PICK_UP)
    if not ctx.directive.confirmed:
        ctx.aside.confirming = ctx.directive
        return answer(incoming, SURE)
    await ctx.store.members.forget(ctx.sender)
    return answer(incoming, DELETED)


async def _still_to_pick_up(ctx: Context) -> bool:
    if ctx.group_buy is None or not ctx.book.order_of(ctx.sender.id):
        return False
    return ctx.sender.id not in picked_up(await ctx.store.fulfilments.of(ctx.group_buy.id))


@router.on(Command.UNSUBSCRIBE, summary="不再收推荐", examples=("退订推荐",))
async def unsubscribe(incoming: Incoming, ctx: Context) -> Answer:
    """Take back the consent to marketing."""
    await ctx.store.consents.record(ctx.sender.id, MARKETING, given=False, time=ctx.now)
    return answer(incoming, UNSUBSCRIBED)
