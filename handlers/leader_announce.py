"""公告."""

from bot.model import Incoming, Reply, Role
from bot.routing import Answer, Context, Router
from bot.understanding import Command
from handlers._audit import record
from handlers._people import answer

router = Router(__name__)

ANNOUNCEMENT = "【公告】{text}"
WHAT = "要公告什么？比如：公告 今晚8点截单"


@router.on(Command.ANNOUNCE, role=Role.HELPER, summary="发公告", examples=("公告 今晚8点截单",))
async def announce(incoming: Incoming, ctx: Context) -> Answer:
    """Say it to the whole room in the bot's name."""
    said = ctx.understanding.text[slice(*ctx.directive.words)]
    text = (said or ctx.directive.text).strip()
    if not text:
        return answer(incoming, WHAT)
    await record(incoming, ctx, "announce", text)
    return Reply(text=ANNOUNCEMENT.format(text=text), urgent=True)
