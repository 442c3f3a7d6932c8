"""Yes and no. A yes comes as the command that was asked about, so only what is left over lands here."""

from bot.model import Incoming
from bot.routing import Answer, Context, Router
from bot.understanding import Command
from handlers._people import answer

router = Router(__name__)

DROPPED = "好的，那就不动了。"
NOTHING_ASKED = "没有在等确认的事哦。"


@router.on(Command.DECLINE)
async def decline(incoming: Incoming, ctx: Context) -> Answer:
    """What was asked about is dropped: nothing carries it into the next message."""
    return answer(incoming, DROPPED if ctx.situation.confirming else NOTHING_ASKED)


@router.on(Command.CONFIRM)
async def confirm(incoming: Incoming, ctx: Context) -> Answer:
    """A yes that comes too late."""
    return answer(incoming, NOTHING_ASKED) if ctx.situation.at_bot else None
