"""售后 for the leader: what members reported, and what becomes of it."""

from pathlib import Path

from bot.errors import UserError
from bot.model import Attachment, AttachmentKind, Incoming, Reply, Role
from bot.routing import Answer, Context, Router
from bot.understanding import Command
from handlers._audit import record
from handlers._lines import goods_of, quoted
from handlers._people import answer, names
from shop.aftersale import Case, CaseStatus
from shop.money import Fen, format_yuan
from shop.shortage import refund

router = Router(__name__)

NONE = "没有等着处理的售后。"
COUNT = "等着处理的售后{count}个："
LINE = "{number}号 {name}：{text}"
PHOTOS = "(照片{count}张)"
HOW = "看照片回“售后{number}号”，处理回“售后{number}号退款20元”“售后{number}号补发”“售后{number}号不退”。"
UNKNOWN = "没有售后{number}号，或者已经处理过了。发“售后”看还有哪些。"
HOW_MUCH = "售后{number}号退多少？比如：售后{number}号退款20元"
SETTLED = {
    CaseStatus.REFUNDED: "售后{number}号处理好啦：{goods}退款{refund}，团长会转给你。",
    CaseStatus.RESENT: "售后{number}号处理好啦：{goods}给你补发，到了会喊你。",
    CaseStatus.REFUSED: "售后{number}号团长看过了，这次没法退，有疑问直接找团长说哈。",
}
SHOWN = 20


@router.on(Command.CASES, role=Role.HELPER, summary="看售后", examples=("售后", "售后1号"))
async def cases(incoming: Incoming, ctx: Context) -> Answer:
    """Every open case, or one with its photos."""
    waiting = await ctx.store.cases.open_of(ctx.room.id)
    if ctx.directive.quantity is not None:
        return await _one(incoming, ctx, await _known(ctx))
    if not waiting:
        return answer(incoming, NONE)
    called = await names(ctx)
    lines = [_line(case, called.get(case.member_id, "")) for case in waiting[:SHOWN]]
    return answer(incoming, COUNT.format(count=len(waiting)), *lines, HOW.format(number=waiting[0].id))


@router.on(
    Command.SETTLE,
    role=Role.LEADER,
    summary="处理售后",
    examples=("售后1号退款20元", "售后1号补发", "售后1号不退"),
)
async def settle(incoming: Incoming, ctx: Context) -> Answer:
    """Decide a case and tell whoever reported it."""
    case, status = await _known(ctx), CaseStatus(ctx.directive.view)
    given = Fen(0)
    if status is CaseStatus.REFUNDED:
        amount = ctx.directive.price if ctx.directive.price is not None else _worth(ctx, case)
        if amount is None:
            return answer(incoming, HOW_MUCH.format(number=case.id))
        given = amount
    await ctx.store.cases.decide(case.id, status, given)
    await record(incoming, ctx, f"case_{status}", f"{case.id} {given}")
    text = SETTLED[status].format(number=case.id, goods=_goods(ctx, case), refund=format_yuan(given))
    return Reply(text=text, to=(await names(ctx)).get(case.member_id, ""), urgent=True)


async def _known(ctx: Context) -> Case:
    """The open case that is meant. Raises UserError where there is none."""
    number = ctx.directive.quantity
    found = next((one for one in await ctx.store.cases.open_of(ctx.room.id) if one.id == number), None)
    if found is None:
        raise UserError("no-such-case", UNKNOWN.format(number=number))
    return found


async def _one(incoming: Incoming, ctx: Context, case: Case) -> Answer:
    line = _line(case, (await names(ctx)).get(case.member_id, ""))
    photos = tuple(
        Attachment(kind=AttachmentKind.IMAGE, path=photo, name=Path(photo).name) for photo in case.photos
    )
    text = "\n".join((line, HOW.format(number=case.id)))
    return Reply(text=text, to=incoming.sender_name, attachments=photos)


def _line(case: Case, name: str) -> str:
    photos = PHOTOS.format(count=len(case.photos)) if case.photos else ""
    return LINE.format(number=case.id, name=name, text=quoted(case.text, 60)) + photos


def _goods(ctx: Context, case: Case) -> str:
    same = ctx.group_buy is not None and ctx.group_buy.id == case.group_buy_id
    return goods_of(case.skus, ctx.group_buy.catalogue) if same and ctx.group_buy else ""


def _worth(ctx: Context, case: Case) -> Fen | None:
    """What was paid for what was reported, where it was said which and how many."""
    if ctx.group_buy is None or ctx.group_buy.id != case.group_buy_id or len(case.skus) != 1:
        return None
    sku = ctx.group_buy.catalogue.get(case.skus[0])
    if sku is None or not case.quantity:
        return None
    ordered = max(ctx.book.quantity(case.member_id, sku.code), case.quantity)
    return refund(sku, ordered, ordered - case.quantity)
