"""代下单 and 撤销 for a member, 缺货: the leader's hand in the order book, always logged."""

from collections.abc import Sequence

from bot.errors import UserError
from bot.model import Incoming, Member, Role
from bot.routing import Answer, Context, Router
from bot.understanding import Command
from handlers._audit import record
from handlers._booked import booked_text, promoted
from handlers._desk import Desk
from handlers._lines import goods
from handlers._people import answer, found, listed, names
from handlers._questions import question_text
from handlers._refusals import refusal_text
from handlers._sale import running, which_spec
from shop.book import DraftEvent, EventKind
from shop.catalogue import Sku
from shop.changes import Change, ChangeKind
from shop.groupbuy import GroupBuy, find_sku, set_stock
from shop.money import format_yuan
from shop.ordering import Refusal
from shop.shortage import Share, ShortageRule, share_out, standing_orders

router = Router(__name__)

RULE = ShortageRule.FIRST_COME
HOW_TO_ORDER = "给谁下什么？比如：代下单 王姐 苹果2箱"
HOW_TO_UNDO = "撤销谁的单？比如：撤销王姐"
UNKNOWN = "没找到{people}，名字再核对一下哈。"
FOR = "{name}：{text}"
CLOSED = "已经截单啦，要改单先“重开”，改好再截单。"
UNCLEAR = "这部分没看懂：{question}"
WHICH_SHORT = "缺哪个、缺几份？比如：苹果缺货 8箱"
PLAN = "{goods}缺{missing}{unit}，先到先得，这样分：{shares}。"
SHARE = "{name} {ordered}→{given}(退{refund})"
SURE = "要退的都在上面了，确定就回“是”，定了不能撤销。"
SHORT = "{goods}缺货记好啦，要退款的：{refunds}，一共退{total}。"
REFUND = "{name} 少{missing}{unit} 退{refund}"


@router.on(Command.ORDER_FOR, role=Role.HELPER, summary="代下单、改单", examples=("代下单 王姐 苹果2箱",))
async def order_for(incoming: Incoming, ctx: Context) -> Answer:
    """Book for somebody else; the limit does not bind the leader, the stock does."""
    group_buy = _open(ctx)
    directive = ctx.directive
    changes = directive.changes or ctx.understanding.changes
    unclear = ctx.understanding.unclear
    if not directive.members or not (changes or unclear):
        return answer(incoming, HOW_TO_ORDER)
    desk = Desk(incoming, ctx, group_buy, may_override=True, reason=directive.text)
    lines = []
    for name in directive.members:
        member = await ctx.store.members.named(ctx.room.id, name)
        decision = desk.book_for(member.id, changes)
        lines += _for(member, group_buy, desk, decision.events, decision.refusals)
    granted = await desk.close()
    await record(incoming, ctx, "order_for", f"{'、'.join(directive.members)}:{incoming.text}")
    if unclear:
        lines.append(UNCLEAR.format(question=question_text(unclear, group_buy.catalogue)))
    return (answer(incoming, *lines), *await promoted(ctx, granted, group_buy))


@router.on(
    Command.UNDO_FOR,
    role=Role.HELPER,
    summary="撤销某人的上一单或某一样",
    examples=("撤销王姐", "取消王姐的草莓"),
)
async def undo_for(incoming: Incoming, ctx: Context) -> Answer:
    """Take back a member's last booking, or the goods named of the order."""
    group_buy = _open(ctx)
    if not ctx.directive.members:
        return answer(incoming, HOW_TO_UNDO)
    members, unknown = await found(ctx, ctx.directive.members)
    desk = Desk(incoming, ctx, group_buy, may_override=True, reason=ctx.directive.text)
    lines = [UNKNOWN.format(people=listed(unknown))] if unknown else []
    drops = tuple(Change(kind=ChangeKind.DROP, sku=code) for code in _ordered(ctx, members))
    for member in members:
        decision = desk.book_for(member.id, drops) if drops else await desk.undo_for(member.id)
        lines += _for(member, group_buy, desk, decision.events, decision.refusals)
    granted = await desk.close()
    await record(incoming, ctx, "undo_for", f"{'、'.join(one.name for one in members)}:{incoming.text}")
    return (answer(incoming, *lines), *await promoted(ctx, granted, group_buy))


def _ordered(ctx: Context, members: Sequence[Member]) -> list[str]:
    """The goods named that any of the members ordered, or all of those named when nobody did."""
    codes = ctx.directive.skus
    ordered = [code for code in codes if any(ctx.book.quantity(one.id, code) for one in members)]
    return ordered or list(codes)


def _open(ctx: Context) -> GroupBuy:
    group_buy = running(ctx)
    if not group_buy.accepts_orders(ctx.now):
        raise UserError("group-buy-closed", CLOSED)
    return group_buy


def _for(
    member: Member,
    group_buy: GroupBuy,
    desk: Desk,
    events: Sequence[DraftEvent],
    refusals: Sequence[Refusal],
) -> list[str]:
    booked = booked_text(events, desk.book, member.id, group_buy.catalogue).replace("你", "")
    refused = refusal_text(refusals, group_buy.catalogue).replace("你", "")
    return [FOR.format(name=member.name, text=text) for text in (booked, refused) if text]


@router.on(Command.SHORTAGE, role=Role.LEADER, summary="缺货：分货和退款清单", examples=("苹果缺货 8箱",))
async def shortage(incoming: Incoming, ctx: Context) -> Answer:
    """Share out what arrived and print who gets money back; a yes first, since it cannot be undone."""
    group_buy = running(ctx)
    missing = ctx.directive.quantity
    if question := which_spec(ctx, group_buy):
        return answer(incoming, question)
    if len(ctx.directive.skus) != 1 or missing is None:
        return answer(incoming, WHICH_SHORT)
    sku = find_sku(group_buy, ctx.directive.skus[0])
    events = await ctx.store.ledger.events(group_buy.id)
    shares = [one for one in share_out(sku, standing_orders(events, sku.code), missing, RULE) if one.missing]
    if not ctx.directive.confirmed:
        ctx.aside.confirming = ctx.directive
        return answer(incoming, await _plan(ctx, sku, missing, shares), SURE)
    await _write_shortage(incoming, ctx, group_buy, sku, shares)
    await record(incoming, ctx, "shortage", f"{sku.code} {missing}")
    return answer(incoming, await _refunds(ctx, sku, shares))


async def _plan(ctx: Context, sku: Sku, missing: int, shares: Sequence[Share]) -> str:
    called = await names(ctx)
    lines = "、".join(
        SHARE.format(
            name=called[one.member], ordered=one.ordered, given=one.given, refund=format_yuan(one.refund)
        )
        for one in shares
    )
    return PLAN.format(goods=goods(sku), missing=missing, unit=sku.unit, shares=lines)


async def _refunds(ctx: Context, sku: Sku, shares: Sequence[Share]) -> str:
    called = await names(ctx)
    lines = "、".join(
        REFUND.format(
            name=called[one.member], missing=one.missing, unit=sku.unit, refund=format_yuan(one.refund)
        )
        for one in shares
    )
    total = format_yuan(sum(one.refund for one in shares))
    return SHORT.format(goods=goods(sku), refunds=lines, total=total)


async def _write_shortage(
    incoming: Incoming, ctx: Context, group_buy: GroupBuy, sku: Sku, shares: Sequence[Share]
) -> None:
    """What did not come is not for sale again: the stock ends at what was handed out."""
    drafts = [_short(incoming, ctx, sku, share) for share in shares]
    book = ctx.book.after(drafts)
    await ctx.store.ledger.append(group_buy.id, drafts)
    await ctx.store.group_buys.save(set_stock(group_buy, sku.code, book.sold(sku.code)))


def _short(incoming: Incoming, ctx: Context, sku: Sku, share: Share) -> DraftEvent:
    return DraftEvent(
        member=share.member,
        sku=sku.code,
        delta=-share.missing,
        kind=EventKind.SHORTAGE,
        actor=ctx.sender.id,
        message_id=incoming.id,
        batch=incoming.id,
        time=ctx.now,
        reason=ctx.directive.text,
    )
