"""The waiting list (候补): who wants units that are sold out, in the order in which they asked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from shop.book import Book, DraftEvent, EventKind
from shop.changes import Change, ChangeKind
from shop.groupbuy import GroupBuy
from shop.ordering import decide


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """`quantity` units of `sku` (its code) that `member` waits for since the message `message_id`."""

    member: int
    sku: str
    quantity: int
    since: datetime
    message_id: str = ""

    def __post_init__(self) -> None:
        if self.quantity < 1:
            raise ValueError(f"a wish for {self.quantity} units")


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingList:
    """All wishes of a group-buy, head first; a member has one wish for a SKU at most."""

    wishes: tuple[Wish, ...] = ()

    def of(self, sku: str) -> tuple[Wish, ...]:
        """Return the wishes for one SKU, head first."""
        return tuple(wish for wish in self.wishes if wish.sku == sku)

    def find(self, member: int, sku: str) -> Wish | None:
        """Return the member's wish for a SKU, None when there is none."""
        return next((wish for wish in self.of(sku) if wish.member == member), None)

    def place(self, member: int, sku: str) -> int | None:
        """Count from 1 where the member stands for a SKU, None when not on the list."""
        members = [wish.member for wish in self.of(sku)]
        return members.index(member) + 1 if member in members else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """`events` book the wishes in `granted`, whose members are to be told; `waiting` is what remains."""

    events: tuple[DraftEvent, ...]
    granted: tuple[Wish, ...]
    waiting: WaitingList


def join(waiting: WaitingList, wish: Wish) -> WaitingList:
    """Add a wish. One for the same SKU is replaced: in its place, or at the tail when it asks for more."""
    old = waiting.find(wish.member, wish.sku)
    if old is None or wish.quantity > old.quantity:
        return replace(waiting, wishes=(*_without(waiting, old), wish))
    kept = replace(old, quantity=wish.quantity)
    return replace(waiting, wishes=tuple(kept if one is old else one for one in waiting.wishes))


def leave(waiting: WaitingList, member: int, sku: str) -> WaitingList:
    """Take a wish off the list; nothing happens when there is none."""
    return replace(waiting, wishes=_without(waiting, waiting.find(member, sku)))


def settle(waiting: WaitingList, events: Iterable[DraftEvent]) -> WaitingList:
    """Take off the wishes of members who got some of the SKU by these events."""
    got = {(event.member, event.sku) for event in events if event.delta > 0}
    return replace(waiting, wishes=tuple(w for w in waiting.wishes if (w.member, w.sku) not in got))


def promote(
    book: Book, groupbuy: GroupBuy, waiting: WaitingList, *, now: datetime, actor: int, batch: str
) -> Promotion:
    """Book the wishes that the stock allows now, head first.

    A wish is booked whole or not at all; one that does not fit keeps its place and lets
    smaller ones behind it pass, since a unit held back would be sold to anybody who asks.
    """
    events: list[DraftEvent] = []
    granted: list[Wish] = []
    for wish in waiting.wishes:
        drafts = _booked(wish, book, groupbuy, now=now, actor=actor, batch=batch)
        if drafts:
            book = book.after(drafts)
            events += drafts
            granted.append(wish)
    return Promotion(events=tuple(events), granted=tuple(granted), waiting=settle(waiting, events))


def _booked(
    wish: Wish, book: Book, groupbuy: GroupBuy, *, now: datetime, actor: int, batch: str
) -> list[DraftEvent]:
    change = Change(kind=ChangeKind.ADD, sku=wish.sku, quantity=wish.quantity)
    decision = decide(
        book,
        groupbuy,
        wish.member,
        (change,),
        now=now,
        actor=actor,
        message_id=wish.message_id,
        batch=batch,
    )
    return [replace(draft, kind=EventKind.PROMOTE) for draft in decision.events]


def _without(waiting: WaitingList, wish: Wish | None) -> tuple[Wish, ...]:
    return tuple(one for one in waiting.wishes if one is not wish)
