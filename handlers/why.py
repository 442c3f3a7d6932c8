"""为什么: what the member's last order was read from, word by word."""

from collections.abc import Iterable, Sequence

from bot.model import Incoming
from bot.routing import Answer, Context, Router
from bot.understanding import Command
from handlers._lines import goods, masked, quoted
from handlers._people import answer, names
from handlers._sale import running
from shop.book import EventKind, OrderEvent
from shop.groupbuy import GroupBuy

router = Router(__name__)

NOTHING = "最近没有记过你的单，所以没什么可解释的~"
READING = "“{text}”是这么记的：{lines}。"
FROM_WORDS = "“{words}”→{goods} {delta}"
WITHOUT_WORDS = "{goods} {delta}({kind})"
BY_ANOTHER = "(由{name}操作)"

_KINDS = {
    EventKind.ADD: "加",
    EventKind.SET: "改成",
    EventKind.SUBTRACT: "减",
    EventKind.DROP: "取消",
    EventKind.SWAP: "换",
    EventKind.UNDO: "撤销",
    EventKind.PROMOTE: "候补到了",
    EventKind.SHORTAGE: "缺货",
}


@router.on(Command.WHY, summary="看刚才那单是怎么读出来的", examples=("为什么",))
async def why(incoming: Incoming, ctx: Context) -> Answer:
    """The quoted message's reading, else that of the last one that changed the member's order."""
    group_buy = running(ctx)
    events = await _events(incoming, ctx, group_buy)
    if not events:
        return answer(incoming, NOTHING)
    said = await ctx.store.marks.text_of(incoming.address, events[0].message_id)
    text = said[1] if said else ""
    lines = "；".join(_line(event, text, group_buy) for event in events)
    return answer(incoming, READING.format(text=quoted(text), lines=lines) + await _actor(ctx, events))


async def _events(incoming: Incoming, ctx: Context, group_buy: GroupBuy) -> Sequence[OrderEvent]:
    quote = incoming.quote
    if quote is not None and quote.message_id:
        return await ctx.store.ledger.by_message(ctx.room.id, quote.message_id)
    own = [one for one in await ctx.store.ledger.events(group_buy.id) if one.member == ctx.sender.id]
    return [one for one in own if one.batch == own[-1].batch]


def _line(event: OrderEvent, text: str, group_buy: GroupBuy) -> str:
    named = goods(group_buy.catalogue[event.sku])
    delta = f"{event.delta:+d}".replace("-", "−")
    words = masked(" ".join(_words(event, text)))
    if words:
        return FROM_WORDS.format(words=words, goods=named, delta=delta)
    return WITHOUT_WORDS.format(goods=named, delta=delta, kind=_KINDS[event.kind])


def _words(event: OrderEvent, text: str) -> Iterable[str]:
    return (text[start:end] for start, end in event.spans if text[start:end])


async def _actor(ctx: Context, events: Sequence[OrderEvent]) -> str:
    actor = events[0].actor
    if actor in (events[0].member, 0):
        return ""
    return BY_ANOTHER.format(name=(await names(ctx)).get(actor, ""))
