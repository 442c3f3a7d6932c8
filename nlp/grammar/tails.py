"""What is told behind a whole order without a pause: for whom it is, why, and when it will be fetched."""

from collections.abc import Sequence
from itertools import pairwise

from nlp.grammar.token import Token
from nlp.grammar.words import Kind

_ASKS_FOR = frozenset(
    (Kind.WANT, Kind.MORE, Kind.LESS, Kind.SET, Kind.DROP, Kind.ME_TOO, Kind.PLUS, Kind.REQUEST, Kind.FOR)
)
_TELLERS = frozenset(
    (Kind.OTHER, Kind.SELF, Kind.KIN, Kind.ABLE, Kind.PLACE, Kind.PAST, Kind.FOR, Kind.HABIT, Kind.REST)
)
"""What a tale begins with: who it is about, what is done with the goods, when."""
_OF_THE_ORDER = frozenset(
    (
        Kind.ITEM,
        Kind.QUANTITY,
        Kind.SIZE,
        Kind.PRICE,
        Kind.QUESTION,
        Kind.TAG,
        Kind.IF,
        Kind.COND,
        Kind.SHARE,
        Kind.FAULT,
        Kind.POINTS,
        Kind.DROP,
        Kind.NOT,
        Kind.WRONG,
        Kind.LESS,
        Kind.SET,
        Kind.SWAP,
        Kind.EXCEPT,
        Kind.EACH,
        Kind.EVERY,
        Kind.HALF,
    )
)
"""What a tail may not hold if it is to change nothing of what was ordered."""


_TOO_MANY = ("多了", "多了点", "多了些")


def denied(tokens: Sequence[Token]) -> bool:
    """我没带, 她没买: a deed that was not done; 五根多了: a count that is not wanted."""
    return any(
        (one.kind is Kind.REST and one.text[-1] in "没未冇" and two.kind in {Kind.WANT, Kind.MORE})
        or (one.kind is Kind.QUANTITY and two.kind is Kind.EXCESS and two.text.endswith(_TOO_MANY))
        for one, two in pairwise(tokens)
    )


def tells(order: Sequence[Token], tail: Sequence[Token]) -> bool:
    """Whether an order is whole and what stands behind it only tells: 带一把菜薹 | 她不会搞手机."""
    kinds = [token.kind for token in order]
    first = tail[0]
    if Kind.QUANTITY not in kinds or not _ASKS_FOR.intersection(kinds):
        return False
    wanted = kinds[-1] is Kind.QUANTITY and first.kind is Kind.FOR and Kind.WANT in kinds
    if Kind.ITEM not in kinds and not wanted:
        return False  # 先拿一斤 | 给小囡包馄饨
    if kinds[-1] in {Kind.THAT, Kind.OTHER} or first.text[0] == "的" or first.kind not in _TELLERS:
        return False  # 下单两板鸡蛋的那个人出来
    if denied(tail) or any(token.kind in _OF_THE_ORDER for token in tail):
        return False
    if first.kind is Kind.REST and kinds[-1] in {Kind.ITEM, Kind.DROP}:
        return False  # 来一瓶不要 发票
    return first.kind is Kind.ABLE or any(token.kind in {Kind.REST, Kind.PAST} for token in tail)
