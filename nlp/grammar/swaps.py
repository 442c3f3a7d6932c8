"""Swaps: A换成B, and the counts of either."""

from collections.abc import Sequence

from nlp.grammar.desk import Desk
from nlp.grammar.lookahead import Parts, clause, goods_in, next_word
from nlp.grammar.references import Reference
from nlp.grammar.token import Token
from nlp.grammar.wishes import Act, Wish
from nlp.grammar.words import Kind
from nlp.quantities import Quantity

_OWN_TURN = frozenset((Kind.QUANTITY, Kind.SWAP, Kind.SET, Kind.LESS, Kind.DROP, Kind.PLUS))
"""Words by which goods are changed for themselves."""
_SEVERAL = 2


def begin(desk: Desk, following: Parts) -> None:
    """A换成B, 换成B, 改3袋: with a count right behind it and no goods after that it sets."""
    following = clause(following)
    after = next_word(following)
    if isinstance(after, Token) and after.kind in {Kind.QUANTITY, Kind.SIZE} and not _comes_in(following):
        desk.act, desk.wanted = Act.SET, True
        return
    if (
        isinstance(after, Token)
        and after.kind is Kind.QUANTITY
        and desk.done
        and desk.done[-1].act in {Act.DROP, Act.LESS}
    ):
        return  # 柿子不要了 换两斤尖椒
    if not goods_in(following):
        return
    if desk.open and (part := _part_of_it(following)):
        desk.swap.append((desk.open.pop(), part))
        desk.swapping = True
        return
    source = together(desk.open)
    desk.open.clear()
    count = desk.pending
    if source is None and count is None:
        source = _given_up(desk)
    count = count or (_part_of_it(following) if source is None else None)
    near = len(desk.done) > desk.fresh or count is not None
    instead = bool(desk.done) and desk.done[-1].act in {Act.ADD, Act.LESS} and desk.done[-1].goods is not None
    if source is None and near and instead:
        last = desk.done.pop()  # 两盒鸡肉的里拿一盒换三文鱼, 红的退一件改成蓝的
        source, count = last.goods, count or last.quantity
        desk.fresh = min(desk.fresh, len(desk.done))
    desk.swap.append((source, count))
    desk.swapping, desk.pending = True, None


def together(goods: Sequence[Reference]) -> Reference | None:
    """Several goods as one source: 草莓玉米都换成梨."""
    if len(goods) < _SEVERAL:
        return goods[0] if goods else None
    skus = tuple(dict.fromkeys(code for one in goods for code in one.skus))
    return Reference(skus=skus, named=True, spans=tuple(span for one in goods for span in one.spans))


def _given_up(desk: Desk) -> Reference | None:
    """柿子不要了,换成尖椒: what was given up right before is what is exchanged."""
    dropped: list[Reference] = []
    while desk.done and desk.done[-1].act is Act.DROP and (goods := desk.done[-1].goods):
        dropped.insert(0, goods)
        desk.done.pop()
    return together(dropped)


def choose(desk: Desk, *, last: bool = False) -> None:
    """还是蓝的吧: another spec of what was ordered, if any was; `last`: 不对 是草莓, for what came last."""
    desk.swap.append((None, None))
    desk.swapping = desk.choosing = True
    desk.instead = last


def target(desk: Desk, goods: Reference) -> None:
    """The goods that come in place of those named before."""
    source, count = desk.swap[-1]
    spans = (source.spans if source else ()) + goods.spans
    desk.done.append(
        Wish(
            act=Act.SWAP,
            goods=source,
            quantity=count,
            to=goods,
            to_quantity=desk.pending,
            corrected=desk.choosing,
            instead=desk.choosing and desk.instead,
            spans=spans,
        )
    )
    desk.swapping, desk.choosing, desk.pending = False, False, None


def awaits_count(desk: Desk) -> bool:
    """香蕉换成香梨 一箱: the count behind a swap is the target's."""
    last = desk.done[-1] if desk.done else None
    return not desk.open and last is not None and last.act is Act.SWAP and last.to_quantity is None


def _comes_in(following: Parts) -> bool:
    """Whether goods behind the count come in place of others; in 5号改两袋 2号改两瓶 they do not."""
    place = next((index for index, one in enumerate(following) if isinstance(one, Reference)), None)
    if place is None:
        return False
    own = next_word(following[place + 1 :])
    return not isinstance(own, Token) or own.kind not in _OWN_TURN


def _part_of_it(following: Parts) -> Quantity | None:
    """白茶换一饼成龙井: how many of the goods are given for the others."""
    count, into = (*following[:2], None, None)[:2]
    if not isinstance(count, Token) or not isinstance(into, Token) or into.text[0] not in "成做为":
        return None
    return count.quantity
