"""Everything that commits together."""

from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import Self

from bot import ports, repositories
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


class SqlUnitOfWork:
    """Implements bot.ports.UnitOfWork: undone unless committed; as new after a commit."""

    rooms: repositories.Rooms
    members: repositories.Members
    group_buys: repositories.GroupBuys
    ledger: repositories.Ledger
    waiting: repositories.Waiting
    fulfilments: repositories.Fulfilments
    points: repositories.Points
    cases: repositories.Cases
    reviews: repositories.Reviews
    solitaires: repositories.Solitaires
    audit: repositories.Audit
    consents: repositories.Consents
    inquiries: repositories.Inquiries
    replies: repositories.Replies
    marks: repositories.Marks
    exports: ports.Exporter

    def __init__(self, session: Session, exports: ports.Exporter) -> None:
        self.exports = exports
        self._session = session
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

    @property
    def busy(self) -> bool:
        """Whether it has the database, so that others wait."""
        return self._session.busy

    async def __aenter__(self) -> Self:
        """Begin."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Undo what was not committed and give the connection back."""
        await self._session.close()

    def attempt(self) -> AbstractAsyncContextManager[None]:
        """A block that is undone alone when it raises; not while busy."""
        return self._session.attempt()

    async def commit(self) -> None:
        """Make it durable, or raise Conflict or Unavailable and make nothing of it."""
        await self._session.commit()
