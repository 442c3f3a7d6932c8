"""One for each of several people: 我跟室友一人一盒 are two, 我们六个人 一人一个 are six."""

import re
from collections.abc import Iterator
from dataclasses import replace

from nlp.grammar.token import Token
from nlp.grammar.words import Kind
from nlp.numerals import whole
from nlp.quantities import Quantity

_A_HEAD = frozenset(("一人", "每人", "一个人", "每个人", "每位"))
_ONE_A_HEAD = "一人一"
_THREE = {"仨": 3}
"""Three people in one word, which counts nothing else."""
_NUMBER = "[0-9]{1,2}|[两二三四五六七八九十俩仨]"
_PEOPLE = re.compile(
    f"(?P<count>{_NUMBER})(?:个|口)?(?:大?人)(?!份)"
    f"|(?:我们|她们|他们|咱们|咱|我哋|佢哋)(?P<some>{_NUMBER})个"
    "|(?P<pair>两口子|小两口)"
)
_WITH = re.compile("我们?(?:跟|和|同|与)[^ ,，。!?0-9]{1,6}$")


def shared(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens with a count for each head as the count of all, where it is said how many there are."""
    if not any(token.text in _A_HEAD or token.text == _ONE_A_HEAD for token in tokens):
        return tokens
    return list(_multiplied(text, tokens))


def _multiplied(text: str, tokens: list[Token]) -> Iterator[Token]:
    heads = 0
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        if heads and token.quantity is not None:
            yield replace(token, quantity=replace(token.quantity, value=heads * token.quantity.value))
            heads = 0
            continue
        heads = _heads(text, token.start) if after and _for_each(token, after) else 0
        if heads and token.text == _ONE_A_HEAD:
            yield _all(token, heads)
            heads = 0
        elif heads:
            yield replace(token, kind=Kind.SOFT)
        else:
            yield token


def _for_each(token: Token, after: Token) -> bool:
    if token.text == _ONE_A_HEAD:  # before a measure word that the shop does not have: 一人一樽
        return after.kind is Kind.REST
    return token.text in _A_HEAD and after.quantity is not None and after.quantity.upper is None


def _all(token: Token, heads: int) -> Token:
    count = Quantity(token.start, token.end, heads, "")
    return replace(token, kind=Kind.QUANTITY, quantity=count)


def _heads(text: str, position: int) -> int:
    if _WITH.search(text, 0, position):
        return 2
    match = _PEOPLE.search(text)
    if match is None:
        return 0
    number = match["count"] or match["some"] or "两"
    return whole(number) or _THREE.get(number, 0)
