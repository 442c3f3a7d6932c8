"""积分调整: a leader gives or takes points, with the reason kept."""

from bot.model import Incoming, Member, Role
from bot.routing import Answer, Context, Router
from bot.understanding import Command
from handlers._audit import record
from handlers._people import answer, found, listed
from shop.points import PointsEvent, PointsKind, adjust, balance

router = Router(__name__)

HOW = "给谁加(减)几分？比如：积分调整 王姐 +10"
DONE = "{name}积分{delta:+d}，现有{balance}分。"
UNKNOWN = "没找到{people}，名字再核对一下哈。"


@router.on(Command.POINTS_ADJUST, role=Role.LEADER, summary="加减积分", examples=("积分调整 王姐 +10",))
async def adjust_points(incoming: Incoming, ctx: Context) -> Answer:
    """The same number of points for everybody named."""
    delta = ctx.directive.quantity
    if not delta or not ctx.directive.members:
        return answer(incoming, HOW)
    members, unknown = await found(ctx, ctx.directive.members)
    lines = [await _adjusted(incoming, ctx, member, delta) for member in members]
    if unknown:
        lines.append(UNKNOWN.format(people=listed(unknown)))
    return answer(incoming, *lines)


async def _adjusted(incoming: Incoming, ctx: Context, member: Member, delta: int) -> str:
    events = await ctx.store.points.of_room(ctx.room.id)
    change = PointsEvent(
        member=member.id,
        delta=delta,
        kind=PointsKind.ADJUST,
        time=ctx.now,
        actor=ctx.sender.id,
        message_id=incoming.id,
        reason=ctx.directive.text,
    )
    await ctx.store.points.append(ctx.room.id, [adjust(events, change)])
    await record(incoming, ctx, "points_adjust", f"{member.name} {delta:+d} {ctx.directive.text}".strip())
    return DONE.format(name=member.name, delta=delta, balance=balance(events, member.id) + delta)
