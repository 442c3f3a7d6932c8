"""汇总 in four views with the check sum, 谁没付, 谁没取, 待确认."""

from collections.abc import Sequence

from bot.model import Incoming, Role
from bot.routing import Answer, Context, Router
from bot.understanding import Command
from handlers._audit import record
from handlers._lines import quoted
from handlers._people import answer, listed, names
from handlers._sale import running
from handlers._totals import (
    buyers,
    by_building,
    by_member,
    by_pickup_point,
    by_sku,
    check_text,
    overview_text,
    pickup_of,
)
from shop.fulfilment import paid, picked_up
from shop.groupbuy import GroupBuy
from shop.money import format_yuan
from shop.review import ReviewItem, ReviewKind
from shop.totals import check_sum

router = Router(__name__)

HEAD = "【{title}】{overview}"
NOBODY_WANTS = "这个还没有人订。"
ALL_PAID = "都付清啦。"
UNPAID = "还没付的{count}人：{people}"
OWES = "{name} {amount}"
ALL_PICKED_UP = "都取走啦。"
NOT_PICKED_UP = "还没取的{count}人：{people}"
NOTHING_TO_REVIEW = "没有待确认的。"
CASES_TOO = "另有{count}个售后等你处理，发“售后”看。"
TO_REVIEW = "待确认{count}条："
REVIEW_LINE = "{number}. {name}：{text}({kind})"
MORE = "……还有{count}条"
SURE_TO_CLEAR = "待确认的{count}条都处理完了？确定请回“是”，我就清空。"
CLEARED = "好的，{count}条都清掉了。"
CLEARING_WORDS = ("清空", "清掉", "处理完", "都好了", "都处理")
SHOWN_MATTERS = 20

_KINDS = {
    ReviewKind.UNCLEAR: "没说清",
    ReviewKind.AFTER_CUTOFF: "截单后",
    ReviewKind.OVERWRITTEN: "接龙被改",
    ReviewKind.QUESTION: "要回复",
    ReviewKind.DELISTED: "已下架",
}


@router.on(
    Command.SUMMARY,
    role=Role.HELPER,
    summary="汇总：按商品、按人、按楼栋、按自提点",
    examples=("汇总", "按人汇总", "按楼栋汇总", "按自提点汇总", "谁买了草莓"),
)
async def summary(incoming: Incoming, ctx: Context) -> Answer:
    """The view that is asked for (by SKU unless another is), and the check sum."""
    group_buy = running(ctx)
    head = HEAD.format(title=group_buy.title, overview=await overview_text(ctx, group_buy))
    if not ctx.book.members:
        return answer(incoming, head)
    chosen = await pickup_of(ctx)
    sums = check_sum(ctx.book, group_buy.catalogue, group_buy.pickup_points, chosen)
    return answer(incoming, head, *await _view(ctx, group_buy), check_text(sums))


async def _view(ctx: Context, group_buy: GroupBuy) -> Sequence[str]:
    match ctx.directive.view:
        case "member":
            if ctx.directive.skus:
                return buyers(group_buy, ctx.book, await names(ctx), ctx.directive.skus) or [NOBODY_WANTS]
            return by_member(group_buy, ctx.book, await names(ctx))
        case "building":
            return by_building(group_buy, ctx.book, await names(ctx))
        case "pickup":
            return by_pickup_point(group_buy, ctx.book, await names(ctx), await pickup_of(ctx))
    return by_sku(group_buy, ctx.book, ctx.directive.skus) or [NOBODY_WANTS]


@router.on(Command.UNPAID, role=Role.HELPER, summary="谁还没付", examples=("谁没付",))
async def unpaid(incoming: Incoming, ctx: Context) -> Answer:
    """Members whose order is not paid, with what they owe."""
    group_buy = running(ctx)
    done = paid(await ctx.store.fulfilments.of(group_buy.id))
    missing = [member for member in ctx.book.members if member not in done]
    if not missing:
        return answer(incoming, ALL_PAID)
    called = await names(ctx)
    amounts = {member: ctx.book.total(member, group_buy.catalogue) for member in missing}
    people = listed(
        OWES.format(name=called[member], amount=format_yuan(amount)) for member, amount in amounts.items()
    )
    return answer(incoming, UNPAID.format(count=len(missing), people=people))


@router.on(Command.NOT_PICKED_UP, role=Role.HELPER, summary="谁还没取", examples=("谁没取",))
async def not_picked_up(incoming: Incoming, ctx: Context) -> Answer:
    """Members whose goods still lie there."""
    group_buy = running(ctx)
    done = picked_up(await ctx.store.fulfilments.of(group_buy.id))
    missing = [member for member in ctx.book.members if member not in done]
    if not missing:
        return answer(incoming, ALL_PICKED_UP)
    called = await names(ctx)
    people = listed(called[member] for member in missing)
    return answer(incoming, NOT_PICKED_UP.format(count=len(missing), people=people))


@router.on(Command.REVIEW, role=Role.HELPER, summary="看要你拿主意的事", examples=("待确认", "待确认清空"))
async def review(incoming: Incoming, ctx: Context) -> Answer:
    """The review list; it is emptied after a yes when the leader says that it is done."""
    items = await ctx.store.reviews.open_of(ctx.room.id)
    cases = len(await ctx.store.cases.open_of(ctx.room.id))
    cases_too = CASES_TOO.format(count=cases) if cases else ""
    if not items:
        return answer(incoming, cases_too or NOTHING_TO_REVIEW)
    clearing = any(word in ctx.understanding.text for word in CLEARING_WORDS)
    if clearing or ctx.directive.confirmed:
        return await _clear(incoming, ctx, items)
    called = await names(ctx)
    lines = [
        _review_line(number, item, called.get(item.member_id, "")) for number, item in enumerate(items, 1)
    ]
    more = MORE.format(count=len(items) - SHOWN_MATTERS) if len(items) > SHOWN_MATTERS else ""
    return answer(incoming, TO_REVIEW.format(count=len(items)), *lines[:SHOWN_MATTERS], more, cases_too)


def _review_line(number: int, item: ReviewItem, name: str) -> str:
    text = quoted(item.text, 60)
    return REVIEW_LINE.format(number=number, name=name, text=text, kind=_KINDS[item.kind])


async def _clear(incoming: Incoming, ctx: Context, items: Sequence[ReviewItem]) -> Answer:
    if not ctx.directive.confirmed:
        ctx.aside.confirming = ctx.directive
        return answer(incoming, SURE_TO_CLEAR.format(count=len(items)))
    await ctx.store.reviews.close([item.id for item in items])
    await record(incoming, ctx, "clear_review", f"{len(items)}")
    return answer(incoming, CLEARED.format(count=len(items)))
