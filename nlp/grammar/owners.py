"""Whose goods a chunk speaks of: handed to the sender, or somebody else's."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from nlp.grammar.chunks import Chunk
from nlp.grammar.token import Token
from nlp.grammar.words import Kind

_TO_ME = frozenset(("给我", "给俺", "给咱"))
_PERSONS = frozenset(("她", "他", "佢", "伊", "她们", "他们", "她家", "他家", "人家", "别人", "别个"))
_OF = frozenset(("的", "那份", "那个", "那些", "那盒", "那箱", "那袋", "那单", "这份", "嘅", "额"))


def handed(tokens: Sequence[Token]) -> bool:
    """那盒给我: ends with a count, or goods, that come to the sender."""
    said = [token for token in tokens if token.kind is not Kind.SOFT]
    if not said or said[-1].kind is not Kind.SELF or said[-1].text not in _TO_ME:
        return False
    return any(token.kind is Kind.QUANTITY for token in said)


def anothers(tokens: Iterable[Token]) -> bool:
    """她的肉包, 她那份: goods that are not the sender's to change."""
    return any(one.text in _PERSONS and two.text in _OF for one, two in pairwise(tokens))


def given_out(part: Chunk, *, told: bool) -> bool:
    """一箱是对门的, 一箱给俺妹, 一把放店里: where counted goods go, of which the order was told before."""
    if part.has(Kind.ITEM) or (part.has(Kind.WANT) and not told):
        return False
    for count, after in pairwise(part.tokens):
        if count.kind is not Kind.QUANTITY:
            continue
        given = after.text in {"给", "帮"} and part.has(Kind.KIN, Kind.REST)
        put = told and after.text in {"放", "搁", "摆"} and part.has(Kind.PLACE, Kind.KIN, Kind.REST)
        if after.kind is Kind.IS or given or put:
            return True
    return False
