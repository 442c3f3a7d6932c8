"""Protocols of what a unit of work keeps, one for each aggregate. Implemented in storage."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.model import Address, Incoming, Member, Reply, Role, Room
from bot.understanding import Booked, SolitaireList, Understanding
from shop.aftersale import Case, CaseStatus
from shop.book import Book, DraftEvent, OrderEvent
from shop.fulfilment import Fulfilment
from shop.groupbuy import GroupBuy
from shop.inquiry import EntryUse, Inquiry, Unanswered
from shop.money import Fen
from shop.points import PointsEvent
from shop.review import ReviewItem
from shop.waiting import Wish


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

    async def called(self, room_id: int, members: Iterable[int]) -> Mapping[int, str]:
        """What these members are called now, by id."""
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

    async def add_photos(self, case_id: int, paths: Sequence[str]) -> None:
        """Keep more photos of a case, behind those that it has."""
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
