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
    by_clause: bool = False  # one clause alone may say it, whatever the others tell

    def holds(self, text: str) -> bool:
        """Whether the text, or a clause of it where one is enough, says so."""
        parts = (text, *text.split()) if self.by_clause else (text,)
        return any(
            len(part) <= self.longest and self.sign.search(part) and not self.unless.search(part)
            for part in parts
        )


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
    by_clause: bool = False,
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
        by_clause=by_clause,
    )
