"""Questions to the FAQ, with what became of them."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from shop.inquiry import EntryUse, Inquiry, Unanswered
from storage.session import Session
from storage.tables import faq_questions as kept

NAMED = sa.case((kept.c.entry != "", kept.c.entry), else_=kept.c.nearest)
USES = (
    sa.select(
        NAMED.label("named"),
        sa.func.sum(sa.case((kept.c.entry != "", 1), else_=0)).label("hits"),
        sa.func.sum(sa.case((kept.c.entry != "", 0), else_=1)).label("misses"),
        sa.func.sum(sa.case((kept.c.useful.is_(True), 1), else_=0)).label("useful"),
        sa.func.sum(sa.case((kept.c.useful.is_(False), 1), else_=0)).label("useless"),
        sa.func.max(sa.case((kept.c.entry != "", kept.c.asked_at))).label("last_hit"),
    )
    .where(NAMED != "")
    .group_by(NAMED)
    .order_by(NAMED)
)


class SqlInquiries:
    """Implements bot.repositories.Inquiries. What members wrote is sealed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, room_id: int, inquiry: Inquiry) -> None:
        """Keep a question."""
        values = {
            "room_id": room_id,
            "member_id": inquiry.member_id or None,
            "asked_at": inquiry.asked_at,
            "entry": inquiry.entry,
            "nearest": inquiry.nearest,
            "rule": inquiry.rule,
            "text": self._sealed(inquiry.text),
            "useful": None,
        }
        self._session.add(kept, [values])

    async def judge(self, room_id: int, member_id: int, entry: str, *, useful: bool, text: str = "") -> bool:
        """Note what a member said of the entry's last answer to them; False when there is none."""
        row = await self._session.first(
            sa.select(kept.c.id)
            .where(kept.c.room_id == room_id, kept.c.member_id == member_id, kept.c.entry == entry)
            .order_by(kept.c.id.desc())
            .limit(1)
        )
        if row is None:
            return False
        values = {"useful": useful, "text": self._sealed(text)}
        await self._session.change(sa.update(kept).where(kept.c.id == row.id).values(values))
        return True

    async def uses(self) -> Sequence[EntryUse]:
        """How every entry fared that answered or came nearest, by id."""
        return [
            EntryUse(
                entry=row.named,
                hits=row.hits,
                misses=row.misses,
                useful=row.useful,
                useless=row.useless,
                last_hit=row.last_hit,
            )
            for row in await self._session.rows(USES)
        ]

    async def unanswered(self, since: datetime) -> Sequence[Unanswered]:
        """Questions since then that nothing answered, or with an answer that was of no use, oldest first."""
        rows = await self._session.rows(
            sa.select(kept.c.text, kept.c.asked_at, kept.c.entry)
            .where(
                kept.c.asked_at >= since, kept.c.text != "", (kept.c.entry == "") | kept.c.useful.is_(False)
            )
            .order_by(kept.c.id)
        )
        return [
            Unanswered(text=self._session.secrets.open(row.text), asked_at=row.asked_at, entry=row.entry)
            for row in rows
        ]

    async def prune(self, before: datetime) -> int:
        """Delete questions that are older; returns how many."""
        return await self._session.change(sa.delete(kept).where(kept.c.asked_at < before))

    def _sealed(self, text: str) -> str:
        return self._session.secrets.seal(text) if text else ""
