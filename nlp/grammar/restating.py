"""What is said again in the same message: a count repeated, put right, or left of what was given away."""

from collections.abc import Sequence
from dataclasses import replace

from bot.understanding import Situation
from nlp.grammar.chunks import Chunk
from nlp.grammar.desk import Desk
from nlp.grammar.lookahead import Parts, clause, goods_in
from nlp.grammar.references import Reference
from nlp.grammar.wishes import Act, Span, Wish
from nlp.grammar.words import Kind
from nlp.quantities import Quantity

_WAITS = frozenset(("等下", "等等", "等一下", "慢着"))


def met(before: Reference | None, spec: Reference) -> Reference:
    """Goods narrowed by a spec that was said later."""
    if before is None:
        return spec
    common = tuple(sku for sku in before.skus if sku in spec.skus)
    return replace(before, skus=common or before.skus, spans=(*before.spans, *spec.spans))


def restated(desk: Desk, quantity: Quantity) -> bool:
    """Take in a count said again right behind the first: 三瓶 嗯三瓶; or the one that counts: 2块改4块."""
    if not desk.done or desk.done[-1].quantity is None:
        return False
    if desk.own and desk.done[-1].goods is None and len(desk.done) == desk.fresh:
        return False  # 帮她带一盒, 我自己一盒
    last = desk.done[-1]
    if desk.act is Act.SET and last.act is Act.ADD and len(desk.done) > desk.fresh:
        desk.done[-1] = replace(last, act=Act.SET, quantity=quantity)
        return True
    same = last.quantity is not None and _alike(last.quantity, quantity)
    return same and desk.act is Act.ADD and not (desk.more or desk.wanted)


def left(desk: Desk, quantity: Quantity) -> bool:
    """Take in 我8根 behind 匀一根出来: what is left of what was given away is no further order."""
    if not desk.own or desk.open or not desk.done or desk.done[-1].act is not Act.LESS:
        return False
    desk.done[-1] = replace(desk.done[-1], act=Act.SET, quantity=quantity)
    return True


def retracted(
    desk: Desk, goods: Reference | None, quantity: Quantity | None, spans: tuple[Span, ...]
) -> bool:
    """Put right what was said wrong in this very message: 一袋 不对 来两袋."""
    desk.retracting = False
    wrong = desk.done[-1] if desk.done else None
    if wrong is None or wrong.act not in {Act.ADD, Act.SET} or wrong.goods is None:
        return False
    goods = goods or wrong.goods
    if not goods.named and set(goods.skus) & set(wrong.goods.skus):
        goods = met(wrong.goods, goods)
    quantity = quantity or wrong.quantity
    desk.done[-1] = replace(wrong, goods=goods, quantity=quantity, corrected=False, spans=wrong.spans + spans)
    return True


def told(desk: Desk, following: Parts) -> None:
    """我那两盒皮蛋减掉一盒: the count before was the one that is held, no order."""
    last = desk.done[-1] if desk.done else None
    if desk.open or desk.pending is not None or goods_in(clause(following)):
        return
    if last is not None and last.act is Act.ADD and last.goods and last.quantity and not last.more:
        desk.open.append(desk.done.pop().goods or last.goods)
        desk.fresh = min(desk.fresh, len(desk.done))


def _alike(one: Quantity, other: Quantity) -> bool:
    return (one.value, one.unit) == (other.value, other.unit)


def stays(code: str, situation: Situation) -> int:
    """再来两盒, 不对 三盒: what was ordered before the message that is put right stays."""
    last = situation.own_last
    wrong = last.lines.get(code, 0) if last else 0
    held = situation.own_order.get(code, 0)
    return held - wrong if 0 < wrong < held else 0


def replaces(wish: Wish, code: str, units: int, situation: Situation) -> bool:
    """Whether a count is what is wanted in all: of a correction, 等下 behind an order, 两盒就够."""
    last = situation.own_last
    waiting = wish.waiting and last is not None and code in last.lines
    settled = bool(wish.enough) and code not in situation.offered
    fewer = "够" in wish.enough or units < situation.own_order.get(code, 0)
    return wish.corrected or waiting or (settled and fewer)


def waits(chunks: Sequence[Chunk]) -> bool:
    """等下 草莓两盒: stops what was ordered just now, unless it says that it wants more."""
    first = chunks[0].tokens[0].text
    return first in _WAITS and not any(one.has(Kind.WANT, Kind.MORE, Kind.PLUS) for one in chunks)
