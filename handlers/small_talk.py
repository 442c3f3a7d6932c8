"""What people say to the bot for fun: a kind word, and what it is here for."""

from bot.model import Incoming
from bot.routing import Answer, Context, Form, Router
from handlers._people import answer
from handlers._questions import keep_open

router = Router(__name__)

NOT_MINE = (
    "这个我可不会，我只会记单算账~发“帮助”看看我能做什么，要找团长就回“人工”。",
    "我是管团购的，别的真不懂~订货、查单、问几点取都可以找我；要找团长就回“人工”。",
)


@router.on(Form.SMALL_TALK)
async def small_talk(incoming: Incoming, ctx: Context) -> Answer:
    """One of several ways to say so, by the minute."""
    keep_open(ctx)
    return answer(incoming, NOT_MINE[ctx.now.minute % len(NOT_MINE)])
