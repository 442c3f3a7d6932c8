"""Counts that are prices, or tell how much is in one."""

from collections.abc import Sequence

from nlp.grammar.token import Token
from nlp.grammar.words import Kind

_FEW = 3
_BOTH = 2


def wanted(tokens: Sequence[Token]) -> bool:
    """一瓶要二十: a bare number that is wanted for a count."""
    said = [token for token in tokens if token.kind is not Kind.ITEM]
    for count, verb, price in zip(said, said[1:], said[2:], strict=False):
        if not (count.quantity and price.quantity and verb.kind is Kind.WANT):
            continue
        if count.quantity.unit and not price.quantity.unit:
            return True
    return False


def is_price(before: Token, token: Token) -> bool:
    """39一包: a bare number right before one of a unit."""
    price, count = before.quantity, token.quantity
    if price is None or count is None or price.unit or not count.unit:
        return False
    return count.value <= _FEW


def is_content(before: Token, token: Token) -> bool:
    """三斤一份: how much is in one."""
    much, one = before.quantity, token.quantity
    return bool(much and one and much.unit and one.unit and much.unit != one.unit and one.value == 1)


def holds(tokens: Sequence[Token]) -> bool:
    """一板鸡蛋三十个: how much is in one, and no second count."""
    counts = [index for index, token in enumerate(tokens) if token.kind is Kind.QUANTITY]
    if len(counts) != _BOTH or counts[1] != len(tokens) - 1:
        return False
    one, much = (tokens[index].quantity for index in counts)
    between = tokens[counts[0] + 1 : counts[1]]
    if one is None or much is None or any(token.kind is not Kind.ITEM for token in between):
        return False
    wanted_too = any(token.kind not in {Kind.ITEM, Kind.QUANTITY, Kind.THAT, Kind.SOFT} for token in tokens)
    return not wanted_too and one.value == 1 and one.unit not in {"", much.unit} and much.value > _FEW
