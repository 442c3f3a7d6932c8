"""The desk on which a message is put together: what has been said and not yet become a wish."""

from dataclasses import dataclass, field

from nlp.grammar.references import Reference
from nlp.grammar.token import Token
from nlp.grammar.wishes import Act, Wish
from nlp.grammar.words import Kind
from nlp.quantities import Quantity

_FLAGS = {
    Kind.MORE: "more",
    Kind.EACH: "each",
    Kind.EVERY: "every",
    Kind.ALL: "all",
    Kind.EXCEPT: "excepting",
    Kind.SELF: "own",
}
_LONGINGS = frozenset(("想买", "想要", "想订", "想拿", "想定"))
"""Wishes that want no more than that, unless they say how many."""


@dataclass(slots=True)
class Desk:
    """What has been said and not yet been put together."""

    done: list[Wish] = field(default_factory=list)
    open: list[Reference] = field(default_factory=list)
    topics: list[Reference] = field(default_factory=list)
    pending: Quantity | None = None
    act: Act = Act.ADD
    swap: list[tuple[Reference | None, Quantity | None]] = field(default_factory=list)
    swapping: bool = False
    choosing: bool = False  # 还是蓝的: only of what was ordered
    instead: bool = False  # 不对 是草莓: for what was ordered last
    each: bool = False
    every: bool = False
    all: bool = False
    more: bool = False
    wanted: bool = False
    me_too: bool = False
    own: bool = False
    without: list[Reference] = field(default_factory=list)
    excepting: bool = False
    others: bool = False
    denied: tuple[str, ...] = ()  # 不要白心的, beside others that are wanted
    negated: bool = False
    dropped: bool = False
    retracting: bool = False  # 不对: what was said last gives way to what comes now
    enough: str = ""  # the pending count is all that is wanted
    keeping: bool = False  # 只留: what comes now is kept, the rest is given up
    fresh: int = 0  # wishes done before this chunk
    earlier: bool = False  # the goods that are open were named before this chunk

    @property
    def content(self) -> bool:
        """Whether the last wish was for no more than that."""
        return bool(self.done and self.done[-1].enough) and not self.open

    def marked(self, token: Token) -> bool:
        """Note what a word says about those after it; False when there is more to it than that."""
        match token.kind:
            case Kind.WANT:
                self.wanted = self.wanted or token.text not in _LONGINGS
                self.each = self.each or (token.text[0] == "都" and len(self.open) > 1)
            case Kind.PLUS | Kind.ME_TOO:
                self.wanted, self.me_too = True, self.me_too or not self.open
            case Kind.OTHERS:
                self.others, self.excepting = True, False
            case _:
                flag = _FLAGS.get(token.kind)
                if flag is None:
                    return False
                setattr(self, flag, True)
        return True
