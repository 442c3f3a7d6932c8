"""After-sale cases: what a member reported and what the leader decided."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shop.money import Fen


class CaseStatus(StrEnum):
    """The life of a case."""

    OPEN = "open"
    REFUNDED = "refunded"
    RESENT = "resent"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One report of spoilt, missing or wrong goods; `photos` are paths, `refund` is what was granted."""

    id: int = 0
    group_buy_id: int | None
    member_id: int
    message_id: str
    text: str
    skus: tuple[str, ...] = ()
    quantity: int | None = None
    photos: tuple[str, ...] = ()
    status: CaseStatus = CaseStatus.OPEN
    refund: Fen = Fen(0)
    opened_at: datetime
