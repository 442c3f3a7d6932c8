"""Questions to the shop: entries of the FAQ, suggestions, and what no entry answers."""

from bot.model import Incoming
from bot.routing import Answer, Context, Router
from bot.understanding import Asked, FaqMatch, Intent
from handlers._facts import filled, personal
from handlers._inquiries import call_leader, keep, plain_text
from handlers._people import answer
from handlers._questions import keep_open

router = Router(__name__)

SAID_JUST_NOW = "刚在上面说过啦，往上翻一下哈~"
SUGGESTED = "您是不是想问："
CHOICE = "{number}. {title}"
HOW_TO_CHOOSE = "回数字就行，都不是就回“都不是”。"
MISSED = "这个我还答不上来，换个说法再问一次试试；要找团长就回“人工”。"
ASKED_LEADER = "这个我拿不准，已经帮你转给团长啦，稍等一下哈。"
BOTH = "{before}；{now}"
COOLDOWN_SECONDS = 60
MOST_MISSED = 2


@router.on(Intent.FAQ, summary="问配送、自提、付款、售后这些", examples=("几点能取", "烂了怎么办"))
async def faq(incoming: Incoming, ctx: Context) -> Answer:
    """The entry's answer; within its cooldown others are pointed to it and the asker is not told again."""
    match = ctx.understanding.faq
    if match is None or not match.answer:
        return await question(incoming, ctx)
    keep_open(ctx)
    await keep(ctx, "", match)
    ctx.aside.asked = Asked(text=await plain_text(incoming, ctx), entry=match.entry)
    said = await _said(incoming, ctx, match)
    if not match.handoff:
        return said
    return [*([said] if said else ()), *await call_leader(incoming, ctx, incoming.text)]


@router.on(Intent.QUESTION)
async def question(incoming: Incoming, ctx: Context) -> Answer:
    """What no entry answers: suggestions, then another try, then the leader, if the bot was asked at all."""
    keep_open(ctx)
    text = await plain_text(incoming, ctx)
    match = ctx.understanding.faq
    before = ctx.situation.asked or Asked()
    if ctx.understanding.answering:
        return await _handed_over(incoming, ctx, before.text or text)
    await keep(ctx, text, match)
    if not ctx.situation.at_bot:
        return None
    if match is not None and match.suggested:
        ids = tuple(name for name, _ in match.suggested)
        ctx.aside.asked = Asked(text=text, suggested=ids, missed=before.missed)
        return answer(incoming, *_offer(match))
    if before.missed + 1 >= MOST_MISSED:
        both = BOTH.format(before=before.text, now=incoming.text)
        return await _handed_over(incoming, ctx, incoming.text if text == before.text else both)
    ctx.aside.asked = Asked(text=text, missed=before.missed + 1)
    return answer(incoming, MISSED)


async def _handed_over(incoming: Incoming, ctx: Context, text: str) -> Answer:
    called = await call_leader(incoming, ctx, text)
    return [answer(incoming, ASKED_LEADER), *called]


def _offer(match: FaqMatch) -> list[str]:
    titles = [title for _, title in match.suggested]
    choices = [CHOICE.format(number=number, title=title) for number, title in enumerate(titles, 1)]
    return [SUGGESTED, *choices, HOW_TO_CHOOSE]


async def _said(incoming: Incoming, ctx: Context, match: FaqMatch) -> Answer:
    """The answer, once within its cooldown; what differs by person is told to each of them."""
    cooldown = COOLDOWN_SECONDS if match.cooldown is None else match.cooldown
    own = f"faq:{ctx.room.id}:{match.entry}:{ctx.sender.id}"
    told = own if personal(match.answer) else f"faq:{ctx.room.id}:{match.entry}"
    if await _first(incoming, ctx, told, cooldown) or ctx.situation.at_bot:
        await _first(incoming, ctx, own, cooldown)
        return answer(incoming, await filled(match.answer, ctx))
    return answer(incoming, SAID_JUST_NOW) if await _first(incoming, ctx, own, cooldown) else None


async def _first(incoming: Incoming, ctx: Context, key: str, seconds: int) -> bool:
    """Whether this message is the first within the time; still so when it has to be handled again."""
    if not seconds:
        return True
    first = await ctx.state.get(key)
    if first is None:
        await ctx.state.put(key, incoming.id, seconds)
    return first in (None, incoming.id)
