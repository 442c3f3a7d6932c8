"""A rule: an intent that is plain to see from one sign of speech, unless another sign speaks against it."""

import re
from dataclasses import dataclass

from bot.understanding import Aspect, Intent

LONGEST = 60
"""Characters of a plain form up to which a rule trusts one sign: longer talk says many things."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Holds when `sign` is found and `unless` is not; `goods`: only with (True) or without (False) ◆."""

    name: str
    intent: Intent
    sign: re.Pattern[str]
    unless: re.Pattern[str]
    aspect: Aspect | None = None
    goods: bool | None = None
    sure: float = 0.9
    longest: int = LONGEST


def rule(
    name: str,
    intent: Intent,
    sign: str,
    unless: str = r"(?!)",
    *,
    aspect: Aspect | None = None,
    goods: bool | None = None,
    sure: float = 0.9,
    longest: int = LONGEST,
) -> Rule:
    """A rule from patterns as they are written."""
    return Rule(
        name=name,
        intent=intent,
        sign=re.compile(sign),
        unless=re.compile(unless),
        aspect=aspect,
        goods=goods,
        sure=sure,
        longest=longest,
    )
