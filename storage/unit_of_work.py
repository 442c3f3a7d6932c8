"""Everything that commits together."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import Self

from bot import ports
from storage.repositories.audit import SqlAudit
from storage.repositories.cases import SqlCases
from storage.repositories.consents import SqlConsents
from storage.repositories.fulfilments import SqlFulfilments
from storage.repositories.group_buys import SqlGroupBuys
from storage.repositories.inquiries import SqlInquiries
from storage.repositories.ledger import SqlLedger
from storage.repositories.marks import SqlMarks
from storage.repositories.members import SqlMembers
from storage.repositories.points import SqlPoints
from storage.repositories.replies import SqlReplies
from storage.repositories.reviews import SqlReviews
from storage.repositories.rooms import SqlRooms
from storage.repositories.solitaires import SqlSolitaires
from storage.repositories.waiting import SqlWaiting
from storage.session import Session

Sessions = Callable[[], AbstractAsyncContextManager[Session]]


class SqlUnitOfWork:
    """Implements bot.ports.UnitOfWork: one transaction, used once; undone unless committed."""

    rooms: ports.Rooms
    members: ports.Members
    group_buys: ports.GroupBuys
    ledger: ports.Ledger
    waiting: ports.Waiting
    fulfilments: ports.Fulfilments
    points: ports.Points
    cases: ports.Cases
    reviews: ports.Reviews
    solitaires: ports.Solitaires
    audit: ports.Audit
    consents: ports.Consents
    inquiries: ports.Inquiries
    replies: ports.Replies
    marks: ports.Marks

    def __init__(self, sessions: Sessions, exports: ports.Exporter) -> None:
        self.exports = exports
        self._opening = sessions()
        self._session: Session | None = None

    async def __aenter__(self) -> Self:
        """Begin."""
        self._session = session = await self._opening.__aenter__()
        self.rooms = SqlRooms(session)
        self.members = SqlMembers(session)
        self.group_buys = SqlGroupBuys(session)
        self.ledger = SqlLedger(session)
        self.waiting = SqlWaiting(session)
        self.fulfilments = SqlFulfilments(session)
        self.points = SqlPoints(session)
        self.cases = SqlCases(session)
        self.reviews = SqlReviews(session)
        self.solitaires = SqlSolitaires(session)
        self.audit = SqlAudit(session)
        self.consents = SqlConsents(session)
        self.inquiries = SqlInquiries(session)
        self.replies = SqlReplies(session)
        self.marks = SqlMarks(session)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Undo what was not committed and give the connection back."""
        await self._opening.__aexit__(kind, error, trace)

    async def commit(self) -> None:
        """Make it durable, or raise Conflict or Unavailable and make nothing of it."""
        if self._session is None:
            raise RuntimeError("the unit of work has not begun")
        await self._session.commit()
