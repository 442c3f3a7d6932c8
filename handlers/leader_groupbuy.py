"""Leaders open, copy, close, reopen, cancel, schedule and remind."""

import math
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.model import Incoming, Reply, Role
from bot.routing import Answer, Context, Router
from bot.understanding import Command, OfferDraft
from handlers._audit import record
from handlers._lines import goods, price_text
from handlers._offer import drafted, offer_text
from handlers._people import answer
from handlers._sale import pickup_text, running
from handlers._totals import overview_text
from shop.book import Book
from shop.catalogue import Sku
from shop.groupbuy import GroupBuy, Phase, cancel, close, reopen, schedule_cutoff

router = Router(__name__)

HOW_TO_OPEN = (
    "把团购内容贴在“开团”后面就行，比如：\n开团 周三水果\nA 苹果 大箱10斤 59.9元/箱\nB 香梨 45元/箱 限2\n"
    "截单 20:00\n自提 3号楼"
)
READ_BACK = "我读到的是这样：\n{offer}\n没问题回“是”就开团，不对就改好再贴一遍。"
DOUBTS = "这几行没看懂：{lines}"
REPLACES = "(现在的“{title}”会先截单)"
OFFER = "【{title}】\n{lines}{facts}"
CUTOFF = "\n截单：{time}"
PICKUP = "\n自提：{points}"
OPENED = "开团啦！{offer}\n要什么直接在群里说~"
ON_SALE = "正在团购中~{offer}\n要什么直接在群里说~"
CLOSED_ALREADY = "“{title}”已经截单啦。接着卖回“重开”，开新的就把团购内容贴在“开团”后面。"
NOTHING_TO_COPY = "之前还没有开过团，没有可以复制的。"
STILL_OPEN = "“{title}”还没截单呢，先截单再复制吧。"
SURE_TO_CLOSE = "是要截单吗？回“是”就截。"
CLOSED = "截单啦！{overview}"
REOPENED = "又可以下单啦！{overview}"
SURE_TO_CANCEL = "真的要取消“{title}”吗？{overview}取消后就不能恢复了，确定请回“是”。"
CANCELLED = "“{title}”已经取消，大家的单都不作数了，不好意思哈~"
WHEN = "几点截单？比如：定时截单 20:00"
SCHEDULED = "好的，{time}自动截单。"
REMINDER = "【{title}】{when}还没下单的抓紧啦！\n{lines}"
SOON = "{minutes}分钟后截单，"
LATER = "{time}截单，"
SOMETIME = "快截单啦，"
MINUTES = 60


@router.on(Command.OPEN, role=Role.LEADER, summary="开团：把团购内容贴在“开团”后面", examples=("开团 …",))
async def open_group_buy(incoming: Incoming, ctx: Context) -> Answer:
    """Read an offer back for a yes; without one, say what is on sale."""
    draft = ctx.directive.offer
    if draft is None or not draft.skus:
        return answer(incoming, _as_it_stands(ctx))
    group_buy = drafted(draft, ctx)
    if not ctx.directive.confirmed:
        ctx.aside.confirming = ctx.directive
        return answer(incoming, _read_back(ctx, draft, group_buy))
    return await _open(incoming, ctx, group_buy)


@router.on(Command.COPY_LAST, role=Role.LEADER, summary="照上次再开一团", examples=("复制上次团",))
async def copy_last(incoming: Incoming, ctx: Context) -> Answer:
    """Open the last group-buy anew, without its orders and its cutoff."""
    last = ctx.group_buy
    if last is None:
        raise UserError("nothing-to-copy", NOTHING_TO_COPY)
    if last.accepts_orders(ctx.now):
        raise UserError("still-open", STILL_OPEN.format(title=last.title))
    return await _open(
        incoming, ctx, replace(last, id=0, number=0, phase=Phase.OPEN, cutoff=None, opened_at=ctx.now)
    )


@router.on(Command.CLOSE, role=Role.HELPER, summary="截单", examples=("截单",))
async def close_group_buy(incoming: Incoming, ctx: Context) -> Answer:
    """Take no more orders; asks first where that was only guessed."""
    if ctx.directive.guessed and not ctx.directive.confirmed:
        ctx.aside.confirming = ctx.directive
        return answer(incoming, SURE_TO_CLOSE)
    group_buy = close(running(ctx))
    await ctx.store.group_buys.save(group_buy)
    await record(incoming, ctx, "close", group_buy.title)
    return answer(incoming, CLOSED.format(overview=await overview_text(ctx, group_buy)))


@router.on(Command.REOPEN, role=Role.LEADER, summary="重开", examples=("重开",))
async def reopen_group_buy(incoming: Incoming, ctx: Context) -> Answer:
    """Take orders again."""
    group_buy = reopen(running(ctx), ctx.now)
    await ctx.store.group_buys.save(group_buy)
    await record(incoming, ctx, "reopen", group_buy.title)
    return answer(incoming, REOPENED.format(overview=await overview_text(ctx, group_buy)))


@router.on(Command.CANCEL_GROUP_BUY, role=Role.LEADER, summary="取消整个团(会先问一次)", examples=("取消团",))
async def cancel_group_buy(incoming: Incoming, ctx: Context) -> Answer:
    """End it for good, after a yes."""
    group_buy = running(ctx)
    if not ctx.directive.confirmed:
        ctx.aside.confirming = ctx.directive
        overview = await overview_text(ctx, group_buy)
        return answer(incoming, SURE_TO_CANCEL.format(title=group_buy.title, overview=overview))
    await ctx.store.group_buys.save(cancel(group_buy))
    await ctx.store.waiting.replace(group_buy.id, ())
    await record(incoming, ctx, "cancel_group_buy", group_buy.title)
    return answer(incoming, CANCELLED.format(title=group_buy.title))


@router.on(Command.SCHEDULE_CUTOFF, role=Role.LEADER, summary="到点自动截单", examples=("定时截单 20:00",))
async def schedule(incoming: Incoming, ctx: Context) -> Answer:
    """Set the time from which on nothing is booked."""
    time = ctx.directive.time
    if time is None:
        return answer(incoming, WHEN)
    group_buy = schedule_cutoff(running(ctx), time, ctx.now)
    await ctx.store.group_buys.save(group_buy)
    await record(incoming, ctx, "schedule_cutoff", time.isoformat())
    return answer(incoming, SCHEDULED.format(time=_clock(time, ctx)))


@router.on(Command.REMIND, role=Role.HELPER, summary="催单", examples=("催单",))
async def remind(incoming: Incoming, ctx: Context) -> Answer:
    """Tell the room that the cutoff is near, with what can still be had."""
    group_buy = running(ctx)
    if not group_buy.accepts_orders(ctx.now):
        return answer(incoming, CLOSED_ALREADY.format(title=group_buy.title))
    text = REMINDER.format(
        title=group_buy.title, when=_until(group_buy, ctx), lines=offer_text(group_buy, ctx.book)
    )
    return Reply(text=text)


def _as_it_stands(ctx: Context) -> str:
    group_buy = ctx.group_buy
    if group_buy is None:
        return HOW_TO_OPEN
    if not group_buy.accepts_orders(ctx.now):
        return CLOSED_ALREADY.format(title=group_buy.title)
    return ON_SALE.format(offer=_offer(group_buy, offer_text(group_buy, ctx.book), ctx))


def _read_back(ctx: Context, draft: OfferDraft, group_buy: GroupBuy) -> str:
    lines = "\n".join(_draft_line(sku) for sku in group_buy.catalogue)
    text = READ_BACK.format(offer=_offer(group_buy, lines, ctx))
    if draft.doubts:
        text += "\n" + DOUBTS.format(lines="；".join(draft.doubts))
    if ctx.group_buy is not None and ctx.group_buy.phase is Phase.OPEN:
        text += "\n" + REPLACES.format(title=ctx.group_buy.title)
    return text


def _draft_line(sku: Sku) -> str:
    limit = f"，限{sku.limit}{sku.unit}" if sku.limit else ""
    stock = f"，共{sku.stock}{sku.unit}" if sku.stock is not None else ""
    return f"{sku.code} {goods(sku)} {price_text(sku)}{limit}{stock}"


def _offer(group_buy: GroupBuy, lines: str, ctx: Context) -> str:
    facts = CUTOFF.format(time=_clock(group_buy.cutoff, ctx)) if group_buy.cutoff else ""
    points = pickup_text(group_buy)
    facts += PICKUP.format(points=points) if points else ""
    return OFFER.format(title=group_buy.title, lines=lines, facts=facts)


async def _open(incoming: Incoming, ctx: Context, group_buy: GroupBuy) -> Reply:
    """A room has one open group-buy: the one before is closed."""
    if ctx.group_buy is not None and ctx.group_buy.phase is Phase.OPEN:
        await ctx.store.group_buys.save(close(ctx.group_buy))
    added = await ctx.store.group_buys.add(ctx.room.id, group_buy)
    await record(incoming, ctx, "open", f"{added.number} {added.title}")
    return Reply(text=OPENED.format(offer=_offer(added, offer_text(added, Book()), ctx)))


def _until(group_buy: GroupBuy, ctx: Context) -> str:
    if group_buy.cutoff is None:
        return SOMETIME
    minutes = math.ceil((group_buy.cutoff - ctx.now).total_seconds() / 60)
    if minutes <= MINUTES:
        return SOON.format(minutes=minutes)
    return LATER.format(time=_clock(group_buy.cutoff, ctx))


def _clock(time: datetime, ctx: Context) -> str:
    """今天 20:00 without its date, another day with it."""
    local = time.astimezone(ZoneInfo(ctx.room.timezone))
    today = ctx.now.astimezone(ZoneInfo(ctx.room.timezone)).date()
    day = "今天" if local.date() == today else f"{local.month}月{local.day}日"
    return f"{day}{local:%H:%M}"
