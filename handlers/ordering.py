"""Orders, changes and cancellations in plain words."""

from collections.abc import Sequence

from bot.model import Incoming
from bot.routing import Answer, Context, Router
from bot.understanding import Intent
from handlers._booked import booked_text, promoted, whole_text
from handlers._desk import Desk
from handlers._lines import goods
from handlers._people import answer
from handlers._questions import ask, keep_open, settle_answered
from handlers._refusals import CLOSED, NO_ORDER, hand_to_leader, keep_refused, refusal_text
from handlers._sale import running
from shop.book import Book
from shop.catalogue import Catalogue
from shop.groupbuy import GroupBuy
from shop.ordering import Refusal, RefusalReason
from shop.review import ReviewKind
from shop.waiting import WaitingList, leave

router = Router(__name__)

UNCHANGED = "订单没有变化。"
WHICH = "想要哪个呀？在卖的有：{goods}。"
CHANGE_WHICH = "想改哪一个？"
LEFT_LIST = "好的，{goods}的候补取消啦。"


@router.on(
    Intent.ORDER,
    Intent.AMEND,
    Intent.CANCEL,
    summary="下单、改单、退单，照平常说话就行",
    examples=("苹果两箱", "A2 B1", "苹果改成1箱", "梨不要了"),
)
async def order(incoming: Incoming, ctx: Context) -> Answer:
    """Book what is clear, refuse what may not be, ask about the rest."""
    group_buy = running(ctx)
    if not group_buy.accepts_orders(ctx.now):
        await hand_to_leader(incoming, ctx, ReviewKind.AFTER_CUTOFF)
        return answer(incoming, CLOSED)
    desk = Desk(incoming, ctx, group_buy)
    decision = desk.book_for(ctx.sender.id, ctx.understanding.changes)
    granted = await desk.close()
    left = await _left_waiting(ctx, group_buy, decision.refusals)
    refusals = tuple(one for one in decision.refusals if one.sku not in left)
    await keep_refused(incoming, ctx, refusals)
    still_open = await settle_answered(ctx)
    question = await ask(incoming, ctx, (*ctx.understanding.unclear, *still_open), group_buy.catalogue)
    keep_open(ctx)
    rest = (_left_text(left, group_buy.catalogue), refusal_text(refusals, group_buy.catalogue), question)
    said = booked_text(decision.events, desk.book, ctx.sender.id, group_buy.catalogue)
    if not said and not any(rest):
        said = _nothing(ctx, desk.book, group_buy)
    return (answer(incoming, said, " ".join(filter(None, rest))), *await promoted(ctx, granted, group_buy))


async def _left_waiting(ctx: Context, group_buy: GroupBuy, refusals: Sequence[Refusal]) -> frozenset[str]:
    """Who drops what is not ordered but waited for leaves the waiting list."""
    dropped = {one.sku for one in refusals if one.reason is RefusalReason.NOT_ORDERED}
    if not dropped:
        return frozenset()
    before = WaitingList(wishes=await ctx.store.waiting.of(group_buy.id))
    own = frozenset(sku for sku in dropped if before.find(ctx.sender.id, sku))
    after = before
    for sku in own:
        after = leave(after, ctx.sender.id, sku)
    if own:
        await ctx.store.waiting.replace(group_buy.id, after.wishes)
    return own


def _left_text(left: frozenset[str], catalogue: Catalogue) -> str:
    return (
        LEFT_LIST.format(goods="、".join(goods(sku) for sku in catalogue if sku.code in left)) if left else ""
    )


def _nothing(ctx: Context, book: Book, group_buy: GroupBuy) -> str:
    """Nothing to book, refuse or ask: either all is so already, or no goods were named."""
    whole = whole_text(book, ctx.sender.id, group_buy.catalogue)
    if ctx.understanding.changes:
        return f"{UNCHANGED}{whole}" if whole else f"{NO_ORDER}~"
    if ctx.understanding.intent is Intent.ORDER:
        return WHICH.format(goods="、".join(goods(sku) for sku in group_buy.catalogue.on_sale))
    return f"{CHANGE_WHICH}{whole}" if whole else f"{NO_ORDER}~"
