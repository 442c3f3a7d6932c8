"""Spoilt, missing or wrong goods: a case that the leader decides, kept with its photos."""

from datetime import timedelta

from bot.model import AttachmentKind, Incoming
from bot.routing import Answer, Context, Form, Router
from bot.understanding import Intent
from handlers._lines import goods_of, masked
from handlers._people import answer
from handlers._questions import keep_open
from shop.aftersale import Case

router = Router(__name__)

OPENED = "不好意思给你添麻烦了！{goods}的问题记下了(售后{number}号)，{next}"
SHOW_PHOTO = "拍张照片发来，团长看过就给你处理。"
PHOTO_KEPT = "照片也收好了，团长看过就给你处理。"
PHOTO_ADDED = "照片收到，和售后{number}号放在一起了，团长看过就给你处理。"
AWAITED = timedelta(minutes=30)
"""How long after a report its photos may come by themselves."""
KNOWN_ALREADY = "收到，已经记在你的售后{number}号里了，团长会尽快处理。"
GOODS = "商品"


@router.on(Intent.AFTERSALE, summary="坏了、少了、发错了", examples=("草莓坏了两盒", "少了一盒"))
async def aftersale(incoming: Incoming, ctx: Context) -> Answer:
    """Open a case, unless the member only says more of the open one."""
    keep_open(ctx)
    photos = _photos(incoming)
    known = await _same(ctx, photos)
    if known is not None:
        return answer(incoming, KNOWN_ALREADY.format(number=known.id))
    case = await ctx.store.cases.add(ctx.room.id, _case(incoming, ctx, photos))
    named = goods_of(case.skus, ctx.group_buy.catalogue) if ctx.group_buy else ""
    text = OPENED.format(goods=named or GOODS, number=case.id, next=PHOTO_KEPT if photos else SHOW_PHOTO)
    return answer(incoming, text)


@router.on(Form.PICTURES)
async def pictures(incoming: Incoming, ctx: Context) -> Answer:
    """Photos that come by themselves belong to what the member has just reported; others are talk."""
    keep_open(ctx)
    photos = _photos(incoming)
    cases = await ctx.store.cases.open_of(ctx.room.id) if photos else ()
    own = [one for one in cases if one.member_id == ctx.sender.id and ctx.now - one.opened_at <= AWAITED]
    if not own:
        return None
    await ctx.store.cases.add_photos(own[-1].id, photos)
    return None if own[-1].photos else answer(incoming, PHOTO_ADDED.format(number=own[-1].id))


def _photos(incoming: Incoming) -> tuple[str, ...]:
    return tuple(file.path for file in incoming.attachments if file.kind is AttachmentKind.IMAGE)


async def _same(ctx: Context, photos: tuple[str, ...]) -> Case | None:
    """The member's open case of this group-buy when nothing new is named or shown."""
    if photos:
        return None
    group_buy_id = ctx.group_buy.id if ctx.group_buy else None
    cases = await ctx.store.cases.open_of(ctx.room.id)
    own = (one for one in cases if one.member_id == ctx.sender.id and one.group_buy_id == group_buy_id)
    return next((one for one in own if set(ctx.understanding.skus) <= set(one.skus)), None)


def _case(incoming: Incoming, ctx: Context, photos: tuple[str, ...]) -> Case:
    return Case(
        group_buy_id=ctx.group_buy.id if ctx.group_buy else None,
        member_id=ctx.sender.id,
        message_id=incoming.id,
        text=masked(incoming.text),
        skus=ctx.understanding.skus,
        quantity=ctx.understanding.focus.quantity,
        photos=photos,
        opened_at=ctx.now,
    )
