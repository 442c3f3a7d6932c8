"""What is said again in the same message: a count repeated, put right, or left of what was given away."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from nlp.grammar.desk import Desk
from nlp.grammar.references import Reference
from nlp.grammar.wishes import Act, Span
from nlp.quantities import Quantity
from shop.changes import Change, ChangeKind

_TAKES = frozenset((ChangeKind.SUBTRACT, ChangeKind.SET, ChangeKind.SWAP))


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


def stated(change: Change, changes: Sequence[Change], held: Mapping[str, int]) -> bool:
    """小芋艿两袋,减去一袋: the first count says what was ordered, not what is to come."""
    if change.kind is not ChangeKind.ADD or held.get(change.sku) != change.quantity:
        return False
    later = changes[changes.index(change) + 1 :]
    return any(one.sku == change.sku and one.kind in _TAKES for one in later)


def _alike(one: Quantity, other: Quantity) -> bool:
    return (one.value, one.unit) == (other.value, other.unit)
