"""Counts that a sentence states and does not ask for: contents, prices, what there is, what was had."""

from collections.abc import Iterator

from nlp.grammar import prices
from nlp.grammar.chunks import Chunk
from nlp.grammar.tails import denied
from nlp.grammar.token import Token
from nlp.grammar.words import Kind

Reason = tuple[str, float]
"""What was seen, and how much it speaks for an order (above zero) or for talk (below)."""
CHANGES = (Kind.SET, Kind.LESS, Kind.DROP, Kind.SWAP)
_THERE_IS = frozenset(("有", "还有", "仲有", "就有", "剩"))
PUT_RIGHT = frozenset(("应该是", "应该系", "应是"))
"""Words before how many it should have been, by who ordered: of anything else they guess."""

_MEANS = frozenset(("就是", "意思是", "也就是", "就是说", "也就是说"))
"""Words that explain what somebody else said."""


def stated(part: Chunk, *, corrects: bool) -> Iterator[Reason]:
    """Counts that a sentence states and does not ask for: 装了5个, 还有2袋, 39一包, 我那两盒."""
    corrects = corrects or part.has(*CHANGES)
    for before, token in zip(part.tokens, part.tokens[1:], strict=False):
        if token.kind is not Kind.QUANTITY or token.quantity is None:
            continue
        if before.kind is Kind.QUANTITY and before.end == token.start:
            yield from _two_counts(before, token)
        elif _tells(before) and part.count(Kind.QUANTITY) == 1 and not part.has(Kind.SWAP):
            yield "there is", -3.0
        elif not corrects:
            yield from _told(before)
    if prices.wanted(part.tokens):
        yield "price", -2.5
    if any(
        verb.kind is Kind.SET and price.kind is Kind.PRICE
        for verb, price in zip(part.tokens, part.tokens[1:], strict=False)
    ):
        yield "sets a price", -6.0
    if any(token.quantity and token.quantity.approximate for token in part.tokens):
        yield "about", -2.0


def tale(part: Chunk, *, corrects: bool) -> Iterator[Reason]:
    """What a chunk tells of goods: 一板鸡蛋三十个, 我没买两箱, 我那板鸡蛋给我放好."""
    if prices.holds(part.tokens):
        yield "what one holds", -3.0
    if denied(part.tokens):
        yield "not done", -3.0
    if part.tokens[0].text in _MEANS and not corrects and not part.has(Kind.ITEM):
        yield "definition", -6.0
    corrects = corrects or part.has(*CHANGES)
    if not corrects and any(token.kind is Kind.THAT and token.text[0] in "我俺" for token in part.tokens):
        yield "mine", -2.0


def _tells(before: Token) -> bool:
    """还有2袋; not 有2袋的话."""
    return before.text in _THERE_IS and before.kind is not Kind.COND


def _told(before: Token) -> Iterator[Reason]:
    """What stands before a count that is a fact."""
    if before.text[-1] in "了咗过" and before.kind in {Kind.SOFT, Kind.REST} and before.text != "不过":
        yield "perfective", -3.0
    elif before.text in {"我那", "我这", "我嗰"}:
        yield "mine", -2.0
    elif before.kind is Kind.IS:
        yield "statement", -2.0 if before.text in PUT_RIGHT else -1.5


def _two_counts(before: Token, token: Token) -> Iterator[Reason]:
    if prices.is_price(before, token):
        yield "price", -2.0
    elif prices.is_content(before, token):
        yield "what one holds", -3.0
