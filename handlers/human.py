"""人工: the leader takes over."""

from bot.model import Incoming
from bot.routing import Answer, Context, Router
from bot.understanding import Command
from handlers._inquiries import call_leader
from handlers._people import answer

router = Router(__name__)

CALLED = "好的，已经转给团长啦，稍等一下哈。"


@router.on(Command.HUMAN, summary="我答不了的，转给团长", examples=("人工",))
async def human(incoming: Incoming, ctx: Context) -> Answer:
    """The leader gets the question that was asked before, where there is one."""
    asked = ctx.situation.asked
    called = await call_leader(incoming, ctx, asked.text if asked else "")
    return [answer(incoming, CALLED), *called]
