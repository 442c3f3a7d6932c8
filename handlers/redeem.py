"""兑换: what points buy is the leader's to say, so the wish is handed over and nothing is spent yet."""

from bot.model import Incoming
from bot.routing import Answer, Context, Router
from bot.understanding import Intent
from handlers._people import answer
from handlers._questions import keep_open
from handlers._refusals import hand_to_leader
from shop.points import balance
from shop.review import ReviewKind

router = Router(__name__)

NONE_YET = "你还没有积分可以兑换哦，发“签到”每天都能领。"
HANDED_OVER = "你现有{points}分，想换的已经转给团长啦，团长确认后再扣分。"


@router.on(Intent.REDEEM, summary="用积分兑换", examples=("用50积分换券",))
async def redeem(incoming: Incoming, ctx: Context) -> Answer:
    """Say what there is to spend and hand the wish to the leader."""
    keep_open(ctx)
    points = balance(await ctx.store.points.of_room(ctx.room.id), ctx.sender.id)
    if points <= 0:
        return answer(incoming, NONE_YET)
    await hand_to_leader(incoming, ctx, ReviewKind.QUESTION)
    return answer(incoming, HANDED_OVER.format(points=points))
