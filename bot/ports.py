"""Protocols between the way of a message and the things that it needs. No implementation lives here."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from bot.model import Address, Attachment, Backlog, FaqVersion, Incoming, Outgoing, Pasted, Role
from bot.repositories import (
    Audit,
    Cases,
    Consents,
    Fulfilments,
    GroupBuys,
    Inquiries,
    Ledger,
    Marks,
    Members,
    Points,
    Replies,
    Reviews,
    Rooms,
    Solitaires,
    Waiting,
)
from bot.understanding import FaqMatch, Paste, Situation, Understanding
from shop.groupbuy import GroupBuy
from shop.sheet import SheetKind, SheetRow


class Clock(Protocol):
    """Where the time comes from; replay sets it by the messages."""

    def now(self) -> datetime:
        """The present, aware, UTC."""
        ...


class Channel(Protocol):
    """A network on which the bot hears and speaks."""

    name: str

    async def run(self, heard: Callable[[Incoming], Awaitable[None]]) -> None:
        """Hand over every message until cancelled; reconnects by itself."""
        ...

    async def send(self, outgoing: Outgoing) -> None:
        """Say it once. Raises Unavailable when it surely was not sent; any other error means nobody knows."""
        ...


class Understander(Protocol):
    """Text to meaning; pure, CPU only."""

    def understand(self, text: str, situation: Situation) -> Understanding:
        """Read one message; never raises on any text."""
        ...


class FaqFinder(Protocol):
    """The answers that are in force."""

    def find(self, text: str, *, room: str, role: Role, now: datetime, group_buy: str = "") -> FaqMatch:
        """The entry that answers the text, or a match without entry; `group_buy` is a title."""
        ...

    def chosen(
        self, entry: str, *, room: str, role: Role, now: datetime, group_buy: str = ""
    ) -> FaqMatch | None:
        """The answer of an entry that was suggested; None when it is not given any more, or not to them."""
        ...


class FaqKeeper(Protocol):
    """The versions of the FAQ that were live."""

    def versions(self) -> Sequence[FaqVersion]:
        """Oldest first; none where the FAQ does not follow files."""
        ...

    def roll_back(self, number: int, author: str) -> None:
        """Write a version's files back, in force within a second. LookupError for no such version."""
        ...


class PasteReader(Protocol):
    """Reads pasted lists, chat logs and order sheets on a store that is thrown away."""

    async def read(self, paste: Paste, group_buy: GroupBuy) -> Pasted:
        """What comes of it when this is on sale. Raises UserError for more than can be read."""
        ...


class Exporter(Protocol):
    """Files for leaders, written below the data folder."""

    async def orders(self, name: str, rows: Sequence[SheetRow], kind: SheetKind) -> Attachment:
        """Write an order sheet called `name`."""
        ...


class UnitOfWork(Protocol):
    """Everything that commits together. Leaving without `commit` undoes all of it; after it, it is as new."""

    rooms: Rooms
    members: Members
    group_buys: GroupBuys
    ledger: Ledger
    waiting: Waiting
    fulfilments: Fulfilments
    points: Points
    cases: Cases
    reviews: Reviews
    solitaires: Solitaires
    audit: Audit
    consents: Consents
    inquiries: Inquiries
    replies: Replies
    marks: Marks
    exports: Exporter

    async def __aenter__(self) -> Self:
        """Begin."""
        ...

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Undo what was not committed and give the connection back."""
        ...

    @property
    def busy(self) -> bool:
        """Whether it has asked the database for something, which makes others wait until it ends."""
        ...

    def attempt(self) -> AbstractAsyncContextManager[None]:
        """A block that is undone alone when it raises; not while busy."""
        ...

    async def commit(self) -> None:
        """Make it durable, or raise Conflict, AlreadyHandled or Unavailable and make nothing of it."""
        ...


class Units(Protocol):
    """Where units of work come from."""

    def __call__(self, *, trusting: bool = False) -> UnitOfWork:
        """A new one; `trusting`: what is known of a room is believed, and the commit tells if it is wrong."""
        ...


class InboxStore(Protocol):
    """Where messages are written down before anything is done."""

    async def accept(self, incoming: Incoming) -> bool:
        """Write it down durably; False when it was here before."""
        ...

    async def accept_all(self, messages: Sequence[Incoming]) -> Sequence[bool]:
        """What `accept` says of each, in one commit; of two that are the same the first counts."""
        ...

    def unhandled(self) -> AsyncIterator[Incoming]:
        """Accepted messages that are not marked, in the order of their coming."""
        ...


class OutboxStore(Protocol):
    """Replies that were committed and wait to be sent."""

    async def due(self, now: datetime) -> Sequence[Outgoing]:
        """Unsent ones that may be tried now, oldest first."""
        ...

    async def sent(self, keys: Sequence[str], now: datetime) -> None:
        """They went out."""
        ...

    async def retry(self, key: str, at: datetime) -> None:
        """Try it again later."""
        ...

    async def give_up(self, key: str, reason: str) -> None:
        """Never try it again, and show it to the leader."""
        ...

    async def sent_since(self, address: Address, since: datetime) -> int:
        """How many went out to the conversation."""
        ...

    async def backlog(self) -> Backlog:
        """What waits and what was given up."""
        ...


class State(Protocol):
    """Short-lived conversation state. Losing it costs a repeated question, never an order."""

    async def get(self, key: str) -> str | None:
        """The value, or None when there is none or the store is away."""
        ...

    async def get_all(self, keys: Sequence[str]) -> Sequence[str | None]:
        """What `get` gives for each."""
        ...

    async def put(self, key: str, value: str, seconds: int) -> None:
        """Keep a value for so long."""
        ...

    async def put_all(self, values: Mapping[str, str], seconds: int) -> None:
        """Keep values by key for so long."""
        ...

    async def drop(self, key: str) -> None:
        """Forget it."""
        ...

    async def count(self, key: str, seconds: int) -> int:
        """Add one to a counter that starts anew after so long; 0 when the store is away."""
        ...
