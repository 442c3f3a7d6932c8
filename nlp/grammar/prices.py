"""Counts that are prices, or tell how much is in one."""

from collections.abc import Sequence

from nlp.grammar.token import Token
from nlp.grammar.words import Kind

_FEW = 3


def wanted(tokens: Sequence[Token]) -> bool:
    """一瓶要二十: a bare number that is wanted for a count."""
    for count, verb, price in zip(tokens, tokens[1:], tokens[2:], strict=False):
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
