"""Questions to the FAQ as they are kept: which entry answered, which was nearest, whether it was of use."""

from dataclasses import dataclass
from datetime import datetime

KEPT_DAYS = 180
"""After which a question is deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """One question. `entry` answered it or `nearest` came closest; `rule` is the step that decided.

    `text` is masked, and "" where an entry answered: only what has to be learnt from is kept.
    """

    member_id: int
    rule: str
    asked_at: datetime
    entry: str = ""
    nearest: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryUse:
    """How an entry fared: times it answered, and it came nearest without answering; what was said of it."""

    entry: str
    hits: int = 0
    misses: int = 0
    useful: int = 0
    useless: int = 0
    last_hit: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A masked question that nothing answered, or whose answer (by `entry`) was of no use."""

    text: str
    asked_at: datetime
    entry: str = ""
