"""Protocols between the way of a message and the things that it needs. No implementation lives here."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from types import TracebackType
from typing import Protocol, Self

from bot.model import Address, Attachment, Backlog, FaqVersion, Incoming, Member, Outgoing, Reply, Role, Room
from bot.understanding import Booked, FaqMatch, Situation, SolitaireList, Understanding
from shop.aftersale import Case, CaseStatus
from shop.book import Book, DraftEvent, OrderEvent
from shop.fulfilment import Fulfilment
from shop.groupbuy import GroupBuy
from shop.inquiry import EntryUse, Inquiry, Unanswered
from shop.money import Fen
from shop.points import PointsEvent
from shop.review import ReviewItem
from shop.sheet import SheetKind, SheetRow
from shop.waiting import Wish


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


class Rooms(Protocol):
    """Rooms by address."""

    async def seen(self, address: Address) -> Room:
        """The room of the address, made when it is new."""
        ...

    async def all(self) -> Sequence[Room]:
        """Every room that was ever seen, without private chats, oldest first."""
        ...

    async def of_group_buy(self, group_buy_id: int) -> Room:
        """The room of a group-buy; LookupError where there is no such group-buy."""
        ...


class Members(Protocol):
    """People by room: by their account on the network, or by name only."""

    async def seen(self, room_id: int, account_id: str, name: str) -> Member:
        """The member of the account; takes over the one known by this name only; keeps the newest name."""
        ...

    async def introduce(self, room_id: int, names: Mapping[str, str]) -> None:
        """Make members of accounts that are new, given with their names, in a few statements."""
        ...

    async def named(self, room_id: int, name: str) -> Member:
        """The member who is or was called so, made (without account) when there is none."""
        ...

    async def all_named(self, room_id: int, names: Iterable[str]) -> Mapping[str, Member]:
        """What `named` gives for each of many names, by name, in a few statements."""
        ...

    async def of_room(self, room_id: int) -> Sequence[Member]:
        """Everybody, oldest first."""
        ...

    async def names(self, room_id: int, *, least: Role = Role.MEMBER) -> tuple[str, ...]:
        """What everybody of at least this role is called and was called before."""
        ...

    async def grant(self, channel: str, room: str, account_id: str, role: Role) -> None:
        """Give an account, seen yet or not, a role in a room of a network ("*": in all of them)."""
        ...

    async def withdraw_all(self) -> None:
        """Take every role back, before those that hold now are granted."""
        ...

    async def save(self, member: Member) -> None:
        """Keep a changed pickup point."""
        ...

    async def forget(self, member: Member) -> None:
        """Take off all that tells who the member is, what was written included; the ledger keeps numbers."""
        ...


class GroupBuys(Protocol):
    """Group-buys of a room."""

    async def current(self, room_id: int) -> GroupBuy | None:
        """The latest one that was not cancelled, locked until the unit of work ends."""
        ...

    async def earlier(self, room_id: int, *, before: int, limit: int) -> Sequence[GroupBuy]:
        """Those that came before the one of this id and were not cancelled, latest first."""
        ...

    async def add(self, room_id: int, group_buy: GroupBuy) -> GroupBuy:
        """Keep a new one; gives it its id and its number in the room."""
        ...

    async def save(self, group_buy: GroupBuy) -> None:
        """Keep a changed one with its catalogue."""
        ...

    async def due(self, now: datetime) -> Sequence[GroupBuy]:
        """Open ones whose cutoff has passed, of all rooms; not locked."""
        ...


class Ledger(Protocol):
    """The order book's events; only ever appended."""

    async def book(self, group_buy_id: int) -> Book:
        """The fold of all its events."""
        ...

    async def append(self, group_buy_id: int, drafts: Sequence[DraftEvent]) -> tuple[OrderEvent, ...]:
        """Number and keep events; raises Conflict when somebody else appended since `book` was read."""
        ...

    async def events(self, group_buy_id: int) -> tuple[OrderEvent, ...]:
        """All events, oldest first."""
        ...

    async def recent(self, group_buy_id: int, limit: int) -> tuple[Booked, ...]:
        """What the last messages booked, net, latest first; those without net gain are left out."""
        ...

    async def by_message(self, room_id: int, message_id: str) -> tuple[OrderEvent, ...]:
        """Events that this message of the room caused."""
        ...

    async def history(self, room_id: int, *, before: int) -> Sequence[Book]:
        """Books of the room's earlier group-buys, latest first; `before` is a group-buy id."""
        ...


class Waiting(Protocol):
    """Waiting lists of a group-buy."""

    async def of(self, group_buy_id: int) -> tuple[Wish, ...]:
        """All wishes in the order of their coming."""
        ...

    async def replace(self, group_buy_id: int, wishes: Sequence[Wish]) -> None:
        """Keep exactly these wishes."""
        ...


class Fulfilments(Protocol):
    """Arrived, paid, picked up."""

    async def of(self, group_buy_id: int) -> tuple[Fulfilment, ...]:
        """All facts, oldest first."""
        ...

    async def append(self, group_buy_id: int, facts: Sequence[Fulfilment]) -> None:
        """Keep facts."""
        ...


class Points(Protocol):
    """Points and check-ins of a room's members."""

    async def of_room(self, room_id: int) -> tuple[PointsEvent, ...]:
        """All events, oldest first."""
        ...

    async def append(self, room_id: int, events: Sequence[PointsEvent]) -> None:
        """Keep events."""
        ...

    async def checkins(self, member_id: int) -> frozenset[date]:
        """Days, in the room's zone, on which the member checked in."""
        ...

    async def check_in(self, member_id: int, day: date, message_id: str) -> bool:
        """Mark a day; False when it is marked already."""
        ...


class Cases(Protocol):
    """After-sale cases."""

    async def add(self, room_id: int, case: Case) -> Case:
        """Open a case."""
        ...

    async def open_of(self, room_id: int) -> Sequence[Case]:
        """Undecided cases, oldest first."""
        ...

    async def decide(self, case_id: int, status: CaseStatus, refund: Fen) -> None:
        """Close a case."""
        ...


class Reviews(Protocol):
    """The leader's review list."""

    async def add(self, room_id: int, item: ReviewItem) -> None:
        """Put a matter on the list."""
        ...

    async def open_of(self, room_id: int) -> Sequence[ReviewItem]:
        """Open matters, oldest first."""
        ...

    async def close(self, item_ids: Sequence[int]) -> None:
        """Take matters off the list."""
        ...


class Solitaires(Protocol):
    """Versions of solitaire lists."""

    async def recent(self, group_buy_id: int) -> tuple[SolitaireList, ...]:
        """The last versions, latest first."""
        ...

    async def add(self, group_buy_id: int, version: SolitaireList) -> None:
        """Keep a version."""
        ...


class Audit(Protocol):
    """Who did what to whom and why; only ever appended."""

    async def record(self, room_id: int, actor_id: int, action: str, detail: str, message_id: str) -> None:
        """Keep one act."""
        ...


class Consents(Protocol):
    """What a member agreed to, and took back."""

    async def given(self, member_id: int, purpose: str) -> bool:
        """Whether the latest word on the purpose is yes."""
        ...

    async def record(self, member_id: int, purpose: str, *, given: bool, time: datetime) -> None:
        """Keep a yes or a no."""
        ...


class Inquiries(Protocol):
    """Questions to the FAQ, kept for a time so that it gets better."""

    async def add(self, room_id: int, inquiry: Inquiry) -> None:
        """Keep a question."""
        ...

    async def judge(self, room_id: int, member_id: int, entry: str, *, useful: bool, text: str = "") -> bool:
        """Note what a member said of the entry's last answer to them; False when there is none."""
        ...

    async def uses(self) -> Sequence[EntryUse]:
        """How every entry fared that answered or came nearest, by id."""
        ...

    async def unanswered(self, since: datetime) -> Sequence[Unanswered]:
        """Questions since then that nothing answered, or with an answer that was of no use, oldest first."""
        ...

    async def prune(self, before: datetime) -> int:
        """Delete questions that are older; returns how many."""
        ...


class Replies(Protocol):
    """The outbox as a unit of work sees it."""

    async def put(self, incoming: Incoming, replies: Sequence[Reply]) -> None:
        """Keep what must be said because of a message; the same message never twice."""
        ...

    async def announce(self, address: Address, key: str, text: str, *, urgent: bool = False) -> bool:
        """Keep what is said to a room unasked, once for a key; False when it was kept before."""
        ...


class Marks(Protocol):
    """The inbox as a unit of work sees it."""

    async def handled(self, incoming: Incoming, understanding: Understanding | None, route: str) -> None:
        """Mark the message as done; the commit raises AlreadyHandled when it is marked already."""
        ...

    async def text_of(self, address: Address, message_id: str) -> tuple[str, str] | None:
        """Sender name and text of an earlier message of the conversation."""
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
