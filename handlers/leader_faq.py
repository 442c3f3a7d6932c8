"""回滚FAQ: an earlier version of the FAQ files comes back into force."""

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.model import FaqVersion, Incoming, Role
from bot.routing import Answer, Context, Router
from bot.understanding import Command
from handlers._audit import record
from handlers._people import answer

router = Router(__name__)

SURE = "要把 FAQ 从第{now}版换回第{wanted}版（{time}）吗？第{now}版的改动是：{difference}。确定请回“是”。"
DONE = "好的，FAQ 正在换回第{wanted}版，一两秒后生效。"
NOTHING_BEFORE = "FAQ 还没有更早的版本可以回滚。"
NO_SUCH_VERSION = "没有第{wanted}版，现在有第{first}到第{last}版。"
FIRST = "最初的版本"


@router.on(
    Command.FAQ_ROLLBACK, role=Role.LEADER, summary="FAQ 改坏了换回上一版", examples=("回滚FAQ", "回滚FAQ到3")
)
async def roll_back(incoming: Incoming, ctx: Context) -> Answer:
    """Asks once; the version stands in the question, so that a yes means the same when read again."""
    versions = ctx.faq.versions()
    wanted = _wanted(versions, ctx.directive.quantity)
    if not ctx.directive.confirmed:
        ctx.aside.confirming = replace(ctx.directive, quantity=wanted.id)
        return answer(incoming, _question(versions[-1], wanted, ctx))
    ctx.faq.roll_back(wanted.id, ctx.sender.name)
    await record(incoming, ctx, "faq_rollback", f"version {wanted.id}")
    return answer(incoming, DONE.format(wanted=wanted.id))


def _wanted(versions: Sequence[FaqVersion], number: int | None) -> FaqVersion:
    """The version of that number, else the last but one. UserError where there is none."""
    if number is None:
        if len(versions) <= 1:
            raise UserError("no-faq-version", NOTHING_BEFORE)
        return versions[-2]
    found = next((version for version in versions if version.id == number), None)
    if found is None and not versions:
        raise UserError("no-faq-version", NOTHING_BEFORE)
    if found is None:
        text = NO_SUCH_VERSION.format(wanted=number, first=versions[0].id, last=versions[-1].id)
        raise UserError("no-faq-version", text)
    return found


def _question(now: FaqVersion, wanted: FaqVersion, ctx: Context) -> str:
    time = wanted.time.astimezone(ZoneInfo(ctx.room.timezone))
    return SURE.format(
        now=now.id, wanted=wanted.id, time=f"{time:%m-%d %H:%M}", difference=now.difference or FIRST
    )
