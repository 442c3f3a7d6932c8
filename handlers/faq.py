"""Questions to the shop: entries of the FAQ, and what no entry answers."""

from bot.model import Incoming
from bot.routing import Answer, Context, Router
from bot.understanding import Intent
from handlers._facts import filled
from handlers._people import answer
from handlers._questions import keep_open
from handlers._refusals import hand_to_leader
from shop.review import ReviewKind

router = Router(__name__)

SAID_JUST_NOW = "刚在上面说过啦,往上翻一下哈~"
ASKED_LEADER = "这个我拿不准,已经帮你转给团长啦,稍等一下哈。"
COOLDOWN_SECONDS = 60


@router.on(Intent.FAQ, summary="问配送、自提、付款、售后这些", examples=("几点能取", "烂了怎么办"))
async def faq(incoming: Incoming, ctx: Context) -> Answer:
    """The entry's answer; within its cooldown others are pointed to it and the asker is not told again."""
    match = ctx.understanding.faq
    if match is None or not match.answer:
        return await question(incoming, ctx)
    keep_open(ctx)
    if match.handoff:
        await hand_to_leader(incoming, ctx, ReviewKind.QUESTION)
    cooldown = COOLDOWN_SECONDS if match.cooldown is None else match.cooldown
    told = await ctx.state.count(f"faq:{ctx.room.id}:{match.entry}", max(cooldown, 1))
    asked = await ctx.state.count(f"faq:{ctx.room.id}:{match.entry}:{ctx.sender.id}", max(cooldown, 1))
    if told <= 1 or not cooldown or ctx.situation.at_bot:
        return answer(incoming, await filled(match.answer, ctx))
    return answer(incoming, SAID_JUST_NOW) if asked <= 1 else None


@router.on(Intent.QUESTION)
async def question(incoming: Incoming, ctx: Context) -> Answer:
    """What no file answers goes to the leader, if the bot was asked; talk in the group is not its own."""
    keep_open(ctx)
    if not ctx.situation.at_bot:
        return None
    await hand_to_leader(incoming, ctx, ReviewKind.QUESTION)
    return answer(incoming, ASKED_LEADER)
