"""Asking back: one line with the choices numbered, kept for the answer and on the review list until then."""

from collections.abc import Iterator, Sequence
from itertools import count

from bot.model import Incoming
from bot.routing import Context
from bot.understanding import Choice, Pending, Unclear, UnclearReason
from handlers._lines import goods, quoted
from handlers._refusals import hand_to_leader
from shop.catalogue import Catalogue, Sku
from shop.review import ReviewKind

SPEC = "{goods}要哪一种？"
ITEM = "“{text}”是要哪个？"
WEIGHT = "{goods}按{unit}卖，“{text}”是要几{unit}？"
HALF = "{goods}要整{unit}订哦，“{text}”是要几{unit}？"
UNIT = "{goods}按{unit}卖，“{text}”是要几{unit}？"
QUANTITY = "{goods}要几{unit}？"
NO_GOODS = "“{text}”没太看明白，要哪个、要几份？"
SHOWN_CHOICES = 10

_QUESTIONS = {
    UnclearReason.WEIGHT: WEIGHT,
    UnclearReason.HALF: HALF,
    UnclearReason.UNIT: UNIT,
    UnclearReason.QUANTITY: QUANTITY,
}


def question_text(unclear: Sequence[Unclear], catalogue: Catalogue) -> str:
    """All questions in one line; the choices are numbered through from 1."""
    numbers = count(1)
    return " ".join(_question(one, catalogue) + _choices(one.choices, numbers) for one in unclear)


def _question(one: Unclear, catalogue: Catalogue) -> str:
    text = quoted(one.text, 20)
    sku = catalogue.get(one.sku) if one.sku else None
    if one.reason is UnclearReason.SPEC:
        which = SPEC if one.choices else NO_GOODS
        return which.format(goods=_common_name(one, catalogue) or text, text=text)
    if one.reason is UnclearReason.ITEM:
        return ITEM.format(text=text)
    if sku is None:
        sku = _only(one, catalogue)
    if sku is None:
        return NO_GOODS.format(text=text)
    return _QUESTIONS[one.reason].format(goods=goods(sku), unit=sku.unit, text=text)


def _offered(one: Unclear, catalogue: Catalogue) -> list[Sku]:
    codes = [change.to or change.sku for choice in one.choices for change in choice.changes]
    return [sku for code in dict.fromkeys(codes) if (sku := catalogue.get(code)) is not None]


def _common_name(one: Unclear, catalogue: Catalogue) -> str:
    names = {sku.name for sku in _offered(one, catalogue)}
    return names.pop() if len(names) == 1 else ""


def _only(one: Unclear, catalogue: Catalogue) -> Sku | None:
    offered = _offered(one, catalogue)
    return offered[0] if len(offered) == 1 else None


def _choices(choices: Sequence[Choice], numbers: Iterator[int]) -> str:
    numbered = [f"{next(numbers)}.{choice.label}" for choice in choices]
    more = " …" if len(numbered) > SHOWN_CHOICES else ""
    return "".join(f" {one}" for one in numbered[:SHOWN_CHOICES]) + more


async def ask(incoming: Incoming, ctx: Context, unclear: Sequence[Unclear], catalogue: Catalogue) -> str:
    """The question; the sender's next words may answer it, and until then it stands on the review list."""
    if not unclear:
        return ""
    ctx.aside.pending = Pending(unclear=tuple(unclear), message_id=incoming.id, member=ctx.sender.id)
    await hand_to_leader(incoming, ctx, ReviewKind.UNCLEAR)
    return question_text(unclear, catalogue)


def keep_open(ctx: Context) -> None:
    """Leave open what was asked before, since this message is about something else."""
    pending = ctx.situation.pending
    if pending is None or ctx.understanding.answering or ctx.aside.pending is not None:
        return
    open_ones = tuple(one for one in pending.unclear if not _named(ctx) & _codes(one))
    if len(open_ones) == len(pending.unclear):
        ctx.aside.pending = pending


def _named(ctx: Context) -> set[str]:
    return {change.to or change.sku for change in ctx.understanding.changes}


async def settle_answered(ctx: Context) -> tuple[Unclear, ...]:
    """When the message answers what was asked: take that off the review list; returns what is still open."""
    pending = ctx.situation.pending
    if pending is None or not ctx.understanding.answering:
        return ()
    matters = await ctx.store.reviews.open_of(ctx.room.id)
    await ctx.store.reviews.close(
        [
            item.id
            for item in matters
            if item.kind is ReviewKind.UNCLEAR and item.message_id == pending.message_id
        ]
    )
    return _unanswered(ctx, pending)


def _unanswered(ctx: Context, pending: Pending) -> tuple[Unclear, ...]:
    """Questions whose goods the answer does not name, unless it names none of those asked about."""
    if ctx.understanding.unclear:
        return ()
    open_ones = tuple(one for one in pending.unclear if not _named(ctx) & _codes(one))
    return () if len(open_ones) == len(pending.unclear) else open_ones


def _codes(one: Unclear) -> set[str]:
    return {one.sku} | {change.to or change.sku for choice in one.choices for change in choice.changes}
