"""What follows a word in a clause: goods, a count, or neither."""

from collections.abc import Sequence

from nlp.grammar.references import Reference
from nlp.grammar.token import Token
from nlp.grammar.words import Kind

Parts = Sequence[Token | Reference]


def next_word(following: Parts) -> Token | Reference | None:
    """What comes next, particles left out."""
    quiet = {Kind.SOFT, Kind.THAT, Kind.SELF, Kind.FOR, Kind.WANT, Kind.SPACE, Kind.MORE, Kind.KIN, Kind.IS}
    return next((one for one in following if isinstance(one, Reference) or one.kind not in quiet), None)


def counted(following: Parts, reach: int = 2) -> bool:
    """Whether a count comes before any other goods."""
    for one in following[:reach]:
        if isinstance(one, Reference):
            return False
        if one.kind is Kind.QUANTITY:
            return True
    return False


def counted_goods(following: Parts) -> bool:
    """Whether the goods that come next have a count of their own."""
    place = next((index for index, one in enumerate(following) if isinstance(one, Reference)), None)
    return place is not None and counted(following[place + 1 :], reach=3)


def any_count(following: Parts) -> bool:
    """Whether a count follows anywhere."""
    return any(not isinstance(one, Reference) and one.kind is Kind.QUANTITY for one in following)


def goods_in(following: Parts) -> bool:
    """Whether any goods follow."""
    return any(isinstance(one, Reference) for one in following)


def before_goods(following: Parts) -> bool:
    """Whether goods without a count of their own come next: 三包 饼干."""
    return goods_in(following[:1]) and not counted(following[1:], reach=3)


def spec_next(following: Parts) -> bool:
    """Whether a spec without a name comes next."""
    after = next_word(following)
    return isinstance(after, Reference) and not after.named


def clause(following: Parts, *ends: Kind) -> list[Token | Reference]:
    """What follows up to the next separator, or whatever else ends it."""
    parts: list[Token | Reference] = []
    for one in following:
        if not isinstance(one, Reference) and one.kind in {Kind.SEPARATOR, *ends}:
            break
        parts.append(one)
    return parts


_SLIPS = frozenset((Kind.REST, Kind.WRONG, Kind.FAULT))
_UNWANTED = frozenset(("送", "放", "用", "忘了", "忘记"))


def note_next(following: Parts) -> bool:
    """来一盒不要袋子: what is unwanted is none of the goods, but how they come."""
    if not following or goods_in(clause(following, Kind.SPACE)):
        return False
    after = following[0]
    return not isinstance(after, Reference) and (after.kind in _SLIPS or after.text in _UNWANTED)
