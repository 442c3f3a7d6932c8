"""有用, 没用: what members say of the FAQ's last answer to them."""

from bot.model import Incoming
from bot.routing import Answer, Context, Router
from bot.understanding import Command
from handlers._people import answer

router = Router(__name__)

THANKS = "好嘞~"
SORRY = "记下啦，我请运营改改这条。要找团长就回“人工”。"


@router.on(Command.HELPFUL)
async def helpful(incoming: Incoming, ctx: Context) -> Answer:
    """Noted; said aloud only where the bot was spoken to."""
    await _judge(ctx, useful=True)
    return answer(incoming, THANKS) if ctx.situation.at_bot else None


@router.on(Command.UNHELPFUL)
async def unhelpful(incoming: Incoming, ctx: Context) -> Answer:
    """Noted with the question, so that operators see what the entry should not have answered."""
    await _judge(ctx, useful=False)
    ctx.aside.asked = ctx.situation.asked  # 人工 may follow
    return answer(incoming, SORRY)


async def _judge(ctx: Context, *, useful: bool) -> None:
    asked = ctx.situation.asked
    if asked is not None and asked.entry:
        text = "" if useful else asked.text
        await ctx.store.inquiries.judge(ctx.room.id, ctx.sender.id, asked.entry, useful=useful, text=text)
