"""Specs said behind a wish: they narrow its goods, or say how they should be."""

from nlp.grammar.desk import Desk
from nlp.grammar.lookahead import Parts, counted, goods_in
from nlp.grammar.references import Reference, family
from nlp.lexicon import Lexicon


def notes(desk: Desk, lexicon: Lexicon, goods: Reference, following: Parts) -> bool:
    """Whether a spec behind a whole wish is of another thing, and only says how the goods should be."""
    last = desk.done[-1] if len(desk.done) > desk.fresh else None
    if goods.named or last is None or last.goods is None or last.quantity is None or desk.open:
        return False
    kin = family(lexicon, last.goods.skus)
    alone = not counted(following) and not goods_in(following)
    return last.goods.single and not set(goods.skus) & set(kin) and alone


def refines(desk: Desk, goods: Reference, following: Parts) -> bool:
    """Whether a spec was said after the count: 两袋汤圆 黑芝麻的."""
    if goods.named or not desk.done or desk.open:
        return False
    if desk.done[-1].same:
        return desk.done[-1].goods is None and not counted(following)
    before = desk.done[-1].goods
    if before and before.single and desk.done[-1].quantity and before.skus[0] in goods.skus:
        return not counted(following)  # 男款来一件 我穿XL
    if before is None or before.single or not set(before.skus) & set(goods.skus):
        return desk.done[-1].me_too and before is None and not counted(following)
    return not counted(following)
