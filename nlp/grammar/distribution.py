"""Distribution: one count for each of several goods; halves and doubles of what was ordered."""

from dataclasses import replace

from nlp.grammar.desk import Desk
from nlp.grammar.token import Token
from nlp.grammar.wishes import Act, Wish
from nlp.grammar.words import Kind
from nlp.quantities import Quantity


def each(desk: Desk, quantity: Quantity | None) -> None:
    """各来一份: every one of the goods named, or everything on sale."""
    spans = ((quantity.start, quantity.end),) if quantity else ()
    named = desk.open or (desk.topics if not desk.every else [])
    lone = len(named) == 1
    last = desk.done[-1] if desk.done else None
    if quantity and last and last.act is Act.SWAP and last.to_quantity is None and desk.open:
        desk.done[-1] = replace(last, to_quantity=quantity)  # 换成红的蓝的各一个
        lone = False
    for goods in named:
        spread = desk.every or lone
        desk.done.append(
            Wish(
                act=desk.act,
                goods=goods,
                quantity=quantity,
                spread=spread,
                more=desk.more,
                without=tuple(desk.without),
                spans=(*goods.spans, *spans),
            )
        )
    if not named:
        desk.done.append(
            Wish(
                act=desk.act,
                quantity=quantity,
                # 3和6各要两个, where there are no such codes: what is meant?
                everything=desk.pending is None,
                without=tuple(desk.without),
                spread=True,
                spans=spans,
            )
        )
    desk.open, desk.topics, desk.without = [], [], []
    desk.each = desk.every = desk.others = False


def share(desk: Desk, token: Token) -> None:
    """减一半, 翻倍: what was ordered says how many."""
    doubled = token.kind is Kind.DOUBLE
    if not doubled and desk.act is not Act.LESS:
        return
    goods = desk.open.pop() if desk.open else None
    desk.done.append(
        Wish(
            act=Act.ADD if doubled else Act.LESS,
            goods=goods,
            half=not doubled,
            double=doubled,
            more=doubled,
            spans=((token.start, token.end),),
        )
    )


def whole(desk: Desk, token: Token) -> None:
    """老样子; 剩下的我包了: all that is left of what is named, or of what the talk is about."""
    spans = ((token.start, token.end),)
    if token.kind is Kind.USUAL:
        desk.done.append(Wish(usual=True, spans=spans))
        return
    goods = desk.open.pop() if desk.open else None
    desk.done.append(Wish(goods=goods, rest=True, spans=spans))
