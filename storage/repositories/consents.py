"""What a member agreed to, and took back."""

from datetime import datetime

import sqlalchemy as sa

from storage.session import Session
from storage.tables import consents


class SqlConsents:
    """Implements bot.repositories.Consents."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def given(self, member_id: int, purpose: str) -> bool:
        """Whether the latest word on the purpose is yes."""
        row = await self._session.first(
            sa.select(consents.c.given)
            .where(consents.c.member_id == member_id, consents.c.purpose == purpose)
            .order_by(consents.c.id.desc())
            .limit(1)
        )
        return row is not None and bool(row.given)

    async def record(self, member_id: int, purpose: str, *, given: bool, time: datetime) -> None:
        """Keep a yes or a no."""
        values = {"member_id": member_id, "purpose": purpose, "given": given, "time": time}
        self._session.add(consents, [values])
