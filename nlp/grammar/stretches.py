"""Neighbouring chunks that order, read as one; those that only talk between them."""

from collections.abc import Iterable, Iterator, Sequence

from nlp.grammar.evidence import Verdict
from nlp.grammar.token import Token
from nlp.grammar.words import Kind

_BEGINNINGS = (Kind.WRONG, Kind.NOT, Kind.SAME, Kind.MORE, Kind.WANT)
"""Words that may stand alone before what they belong to."""
_SHORT = 4
"""Characters of an unknown name behind 除了."""
_NOTHING_AGAINST = 0.5


def stretches(verdicts: Sequence[Verdict]) -> Iterator[tuple[bool, list[Token]]]:
    """Neighbouring chunks of one kind; a space between those that order may join a spec to its name."""
    current: list[Token] = []
    for verdict in verdicts:
        neutral = not verdict.orders and _neutral(verdict)
        orders = verdict.orders or neutral
        if not orders:
            if current:
                yield True, current
            current = []
            yield False, list(verdict.chunk.tokens)
            continue
        if current:
            start = current[-1].end
            kind = Kind.SEPARATOR if verdict.chunk.hard else Kind.SPACE
            current.append(Token(kind=kind, start=start, end=start + 1, text=" "))
        current += _lent(verdict.chunk.tokens) if neutral else verdict.chunk.tokens
    if current:
        yield True, current


def _lent(tokens: Sequence[Token]) -> Iterable[Token]:
    """Of a chunk that does not order by itself its goods, not its verbs."""
    if not any(token.kind is Kind.ITEM for token in tokens):
        return tokens
    return [token for token in tokens if token.kind is not Kind.WANT]


def _neutral(verdict: Verdict) -> bool:
    """Goods alone, or an operator alone, without a word against them: they may belong to what follows."""
    chunk = verdict.chunk
    if chunk.has(Kind.QUANTITY, Kind.QUESTION, Kind.IF, Kind.SHARE):
        return False
    if chunk.has(Kind.EXCEPT) and chunk.rest <= _SHORT:
        return True
    if chunk.rest or verdict.score < 0:
        return False
    return verdict.score >= _NOTHING_AGAINST or chunk.has(*_BEGINNINGS)
