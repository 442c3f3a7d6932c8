"""签到: points once a day, more for a streak."""

from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.model import Incoming
from bot.routing import Answer, Context, Router
from bot.understanding import Intent
from handlers._people import answer
from handlers._questions import keep_open
from shop.points import PointsRules, balance, check_in

router = Router(__name__)

RULES = PointsRules()
DONE = "签到成功，+{points}分！连签{streak}天，现有{balance}分。"


@router.on(Intent.CHECKIN, summary="每天签到领积分", examples=("签到",))
async def checkin(incoming: Incoming, ctx: Context) -> Answer:
    """Mark the day in the room's zone and give the points."""
    keep_open(ctx)
    today = ctx.now.astimezone(ZoneInfo(ctx.room.timezone)).date()
    days = await ctx.store.points.checkins(ctx.sender.id)
    done = check_in(ctx.sender.id, days, today, RULES, time=ctx.now, message_id=incoming.id)
    if not await ctx.store.points.check_in(ctx.sender.id, today, incoming.id):
        raise UserError("checked-in-already", "今天已经签到过啦，明天再来~")
    await ctx.store.points.append(ctx.room.id, done.events)
    points = balance(await ctx.store.points.of_room(ctx.room.id), ctx.sender.id)
    return answer(incoming, DONE.format(points=done.points, streak=done.streak, balance=points))
