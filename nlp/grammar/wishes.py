"""Wishes: what a member wants done with which goods, as far as the message says so."""

from dataclasses import dataclass
from enum import StrEnum

from nlp.grammar.references import Reference
from nlp.quantities import Quantity

Span = tuple[int, int]


class Act(StrEnum):
    """What a wish does."""

    ADD = "add"
    SET = "set"
    LESS = "less"
    DROP = "drop"
    SWAP = "swap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One wish, its goods and count as said; what was left out (None, empty) the situation has to tell.

    `spread`: each of the SKUs meant, not one of them. `everything`: all that is on sale, or all that was
    ordered, but for `without`. `same`: what somebody else's message ordered, `me_too`: its goods only.
    """

    act: Act = Act.ADD
    goods: Reference | None = None
    quantity: Quantity | None = None
    to: Reference | None = None
    to_quantity: Quantity | None = None
    spread: bool = False
    everything: bool = False
    without: tuple[Reference, ...] = ()
    same: bool = False
    me_too: bool = False
    usual: bool = False
    more: bool = False
    corrected: bool = False
    dropping: bool = False  # the words were those of dropping
    own: bool = False  # 我的: all of the sender's
    half: bool = False  # half of what was ordered
    enough: str = ""  # 两盒就够: no more than that
    waiting: bool = False  # 等下: may put right what was ordered last
    instead: bool = False  # 不对 是草莓: comes for what was ordered last
    double: bool = False  # as many again as were ordered
    rest: bool = False  # all that is not sold yet
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """The wishes of a message, the goods it names without wanting them, and whether it corrects itself."""

    wishes: tuple[Wish, ...] = ()
    topics: tuple[Reference, ...] = ()
    correcting: bool = False
