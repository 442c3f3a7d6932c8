"""The leader's review list (待确认): what the bot could not or may not settle by itself."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ReviewKind(StrEnum):
    """Why something waits for the leader."""

    UNCLEAR = "unclear"
    AFTER_CUTOFF = "after_cutoff"
    OVERWRITTEN = "overwritten"
    QUESTION = "question"
    DELISTED = "delisted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One open matter: whose message, what it says, what the leader should know about it."""

    id: int = 0
    group_buy_id: int | None
    member_id: int
    message_id: str
    kind: ReviewKind
    text: str
    opened_at: datetime
