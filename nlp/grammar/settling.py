"""Tokens settled by their neighbours: what is a name, a verb or a question only beside what belongs to it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from nlp.grammar.chunks import GIVEN_UP
from nlp.grammar.persons import shared
from nlp.grammar.token import Token
from nlp.grammar.words import Kind
from nlp.surfaces import SHORT

_LISTED = 2
_PAUSES = frozenset((Kind.SPACE, Kind.SEPARATOR, Kind.STICKER))


def settled(text: str, tokens: list[Token]) -> Iterator[Token]:
    """The tokens of a text, each as what it is in its place."""
    return _merged(text, _unnumbered(shared(text, tokens)))


def _unnumbered(tokens: list[Token]) -> list[Token]:
    """1 花茶2 2 坚果1: numbers of a list before goods that have their own counts are no counts."""
    numbers = [
        index
        for index, (token, after) in enumerate(pairwise(tokens))
        if after.kind is Kind.ITEM and token.quantity is not None and not token.quantity.unit
    ]
    values = [tokens[index].quantity for index in numbers]
    if len(numbers) < _LISTED or [one.value for one in values if one] != list(range(1, len(numbers) + 1)):
        return tokens
    last = tokens[numbers[-1] + 2 :]
    if not any(token.kind is Kind.QUANTITY for token in last):
        return tokens
    for index in numbers:
        token = tokens[index]
        tokens[index] = Token(kind=Kind.SPACE, start=token.start, end=token.end, text=token.text)
    return tokens


def _merged(text: str, tokens: Sequence[Token]) -> Iterator[Token]:
    """Neighbouring unexplained characters as one token; short names inside other words given up."""
    pending: Token | None = None
    for index in range(len(tokens)):
        current = _given_up(tokens, index)
        if current.kind is Kind.REST and pending is not None:
            pending = Token(
                kind=Kind.REST, start=pending.start, end=current.end, text=text[pending.start : current.end]
            )
            continue
        if pending is not None:
            yield pending
            pending = None
        if current.kind is Kind.REST:
            pending = current
        else:
            yield current
    if pending is not None:
        yield pending


def _given_up(tokens: Sequence[Token], index: int) -> Token:
    """A piece of a name with an unexplained character on its open side is no name: 手工 in 手工馒头."""
    token = tokens[index]
    topical = token.text == "么" and token.kind is Kind.QUESTION and _topical(tokens, index)
    if topical or (token.text in GIVEN_UP and _resolves(tokens, index)):
        return Token(kind=Kind.SOFT, start=token.start, end=token.end, text=token.text)
    if token.kind is Kind.DROP and token.text.endswith("掉") and _counts(tokens, index + 1):
        return Token(kind=Kind.LESS, start=token.start, end=token.end, text=token.text)
    if token.kind is Kind.WANT and token.text.endswith("来") and not _takes_object(tokens, index):
        return Token(kind=Kind.SOFT, start=token.start, end=token.end, text=token.text)
    if token.kind is Kind.WANT and token.text.endswith("要") and _wants_deed(tokens, index):
        return Token(kind=Kind.SOFT, start=token.start, end=token.end, text=token.text)
    if token.mention is None or token.mention.how != SHORT:
        return token
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is not None and after.kind is Kind.REST and "\u4e00" <= after.text[0] <= "\u9fff":
        return Token(kind=Kind.REST, start=token.start, end=token.end, text=token.text)
    return token


def _resolves(tokens: Sequence[Token], index: int) -> bool:
    """算了中果吧 两箱: before goods it gives up nothing but the hesitation."""
    if index and tokens[index - 1].kind not in _PAUSES:
        return False
    clause = list(takewhile(lambda token: token.kind not in _PAUSES, tokens[index + 1 :]))
    wanted = any(token.kind is Kind.ITEM for token in clause)
    return wanted and not any(token.kind in {Kind.DROP, Kind.LESS} for token in clause)


def _counts(tokens: Sequence[Token], index: int) -> bool:
    """Whether a count stands there: 抹掉一斤 leaves the rest."""
    return index < len(tokens) and tokens[index].kind is Kind.QUANTITY


def _topical(tokens: Sequence[Token], index: int) -> bool:
    """肉包么一袋: between goods and what is said of them 么 asks nothing."""
    before, after = tokens[max(index - 1, 0)], tokens[index + 1 : index + 2]
    return before.kind in {Kind.ITEM, Kind.REST} and bool(after) and after[0].kind in _OBJECTS | {Kind.WANT}


_OBJECTS = frozenset(
    (Kind.ITEM, Kind.QUANTITY, Kind.SIZE, Kind.EACH, Kind.EVERY, Kind.MORE, Kind.SELF, Kind.THAT, Kind.PLUS)
)

_TOWARDS = frozenset(("到", "去", "过", "上"))


def _wants_deed(tokens: Sequence[Token], index: int) -> bool:
    """要处理, 要过节, 要到货了: what is wanted is something that is done, not goods."""
    behind = index + 1
    if behind + 1 < len(tokens) and tokens[behind].text in _TOWARDS:
        behind += 1
    if behind >= len(tokens):
        return False
    after = tokens[behind]
    return after.kind is Kind.REST and "\u4e00" <= after.text[0] <= "\u9fff"


def _takes_object(tokens: Sequence[Token], index: int) -> bool:
    """Whether 来 has something to bring: 来两箱, 来苹果; 夏天来了 has not."""
    after = next((token for token in tokens[index + 1 :] if token.kind is not Kind.SPACE), None)
    return after is not None and after.kind in _OBJECTS
