"""What is said when rules allow a wish not to be booked, and what is kept for the leader and for 候补."""

import json
from collections.abc import Iterable, Sequence

from bot.model import Incoming
from bot.routing import Context
from handlers._lines import goods, quoted
from shop.catalogue import Catalogue, Sku
from shop.changes import Change, ChangeKind
from shop.groupbuy import GroupBuy
from shop.ordering import Refusal, RefusalReason
from shop.review import ReviewItem, ReviewKind

CLOSED = "已经截单啦，这条先没记，转给团长看看能不能加~"
LIMIT_LEFT = "{goods}每人限{limit}{unit}，你最多还能加{left}{unit}，这次先没记哦"
LIMIT_FULL = "{goods}每人限{limit}{unit}，你已经订满啦"
STOCK_LEFT = "{goods}只剩{left}{unit}了，这次先没记；要{left}{unit}就再说一声，想排队回“候补”"
STOCK_OUT = "{goods}订完啦，想排队回“候补”，有人退就给你留"
DELISTED = "{goods}已经下架啦"
UNKNOWN = "这次没有这个商品哦"
NOT_ORDERED = "你没有订{goods}哦"
NO_ORDER = "你现在还没有订单哦"
NOTHING_TO_UNDO = "没有可以撤销的订单哦"
WANTED_SECONDS = 600


def refusal_text(refusals: Iterable[Refusal], catalogue: Catalogue) -> str:
    """One sentence for each different refusal, in one line."""
    said = dict.fromkeys(_said(refusal, catalogue) for refusal in refusals)
    return "；".join(said).removesuffix("~") + "~" if said else ""


def _said(refusal: Refusal, catalogue: Catalogue) -> str:
    sku = catalogue.get(refusal.sku) if refusal.sku else None
    match refusal.reason:
        case RefusalReason.CLOSED:
            return CLOSED
        case RefusalReason.NOTHING_TO_UNDO:
            return NOTHING_TO_UNDO
    if sku is None:
        return NO_ORDER if refusal.reason is RefusalReason.NOT_ORDERED else UNKNOWN
    return _about(sku, refusal)


def _about(sku: Sku, refusal: Refusal) -> str:
    left = refusal.left or 0
    text = {
        RefusalReason.LIMIT: LIMIT_LEFT if left else LIMIT_FULL,
        RefusalReason.STOCK: STOCK_LEFT if left else STOCK_OUT,
        RefusalReason.NOT_ON_SALE: DELISTED,
    }.get(refusal.reason, NOT_ORDERED)
    return text.format(goods=goods(sku), unit=sku.unit, limit=sku.limit, left=left)


async def hand_to_leader(incoming: Incoming, ctx: Context, kind: ReviewKind, text: str = "") -> None:
    """Put a message on the review list."""
    item = ReviewItem(
        group_buy_id=ctx.group_buy.id if ctx.group_buy else None,
        member_id=ctx.sender.id,
        message_id=incoming.id,
        kind=kind,
        text=quoted(text or incoming.text, 100),
        opened_at=ctx.now,
    )
    await ctx.store.reviews.add(ctx.room.id, item)


async def keep_refused(incoming: Incoming, ctx: Context, refusals: Sequence[Refusal]) -> None:
    """What was refused after the cutoff goes to the leader; what is sold out may be waited for.

    What is left is on offer to the sender's next words.
    """
    ctx.aside.offered = {refusal.sku: refusal.left for refusal in refusals if refusal.sku and refusal.left}
    if any(refusal.reason is RefusalReason.CLOSED for refusal in refusals):
        await hand_to_leader(incoming, ctx, ReviewKind.AFTER_CUTOFF)
    wanted = {
        refusal.sku: units
        for refusal in refusals
        if refusal.reason is RefusalReason.STOCK and (units := _units(ctx, refusal)) > 0
    }
    if wanted:
        await ctx.state.put(_key(ctx), json.dumps(wanted), WANTED_SECONDS)


def _units(ctx: Context, refusal: Refusal) -> int:
    """Units that the refused wish would have added."""
    change: Change | None = refusal.change
    if change is None:
        return 0
    held = ctx.book.quantity(ctx.sender.id, refusal.sku) if change.kind is ChangeKind.SET else 0
    moved = ctx.book.quantity(ctx.sender.id, change.sku) if change.kind is ChangeKind.SWAP else 0
    return (change.to_quantity or change.quantity or moved) - held


async def take_refused(ctx: Context, group_buy: GroupBuy) -> dict[str, int]:
    """What the sender was refused for want of stock within the last minutes: SKU codes to units."""
    text = await ctx.state.get(_key(ctx))
    wanted = json.loads(text) if text else {}
    return {sku: units for sku, units in wanted.items() if group_buy.catalogue.get(sku) is not None}


def _key(ctx: Context) -> str:
    return f"refused:{ctx.room.id}:{ctx.sender.id}:{ctx.group_buy.id if ctx.group_buy else 0}"
